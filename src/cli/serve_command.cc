// `saywell serve`: the HTTP, WebSocket and RTMP server.
#include <sys/resource.h>

#include <csignal>
#include <iostream>
#include <memory>
#include <string>

#include "base/log.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/model_dir.h"
#include "cli/service/config_flags.h"
#include "config/config_file.h"
#include "server/server.h"

namespace saywell::cli {
namespace {

constexpr char kExamples[] =
    "Every option is also a key of the configuration file (docs/configuration.md) and a variable of\n"
    "the environment. Flags count before variables, variables before the file.\n"
    "Examples:\n"
    "  saywell serve\n"
    "  saywell serve --http-port 443 --tls-cert cert.pem --tls-key key.pem --data-dir /var/lib/saywell\n"
    "Ctrl-C or SIGTERM finishes running work and ends the server; SIGHUP reloads the certificate,\n"
    "allowed_hosts and cors_origins.";

sigset_t served_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

// A connection that records needs two descriptors; systems allow 1024 unless asked for more.
void allow_many_descriptors() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);  // accept() reports a refusal
}

Status reload(Server& server, const ConfigSources& sources) {
  ASSIGN_OR_RETURN(const ServerConfig config, load_server_config(sources));
  return server.reload(config);
}

// Returns at the first SIGINT or SIGTERM.
void wait_for_the_end(Server& server, const ConfigSources& sources) {
  const sigset_t signals = served_signals();
  while (true) {
    int signal = 0;
    sigwait(&signals, &signal);
    if (signal != SIGHUP) return;
    const Status reloaded = reload(server, sources);
    log_line(reloaded.ok() ? LogLevel::kInfo : LogLevel::kError,
             reloaded.ok() ? "certificate, allowed_hosts and cors_origins reloaded"
                           : "reload: " + reloaded.message());
  }
}

int run_serve(const ConfigSources& sources, const std::string& model_dir) {
  Result<ServerConfig> config = load_server_config(sources);
  if (!config.ok()) return report(config.status());
  if (config->web_dir.empty()) config->web_dir = find_web_dir();
  log_to_stderr(parse_log_level(config->log_level).value_or(LogLevel::kInfo));
  // Blocked before any thread starts, so that all inherit the mask and only sigwait() gets them.
  const sigset_t signals = served_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes counts as a full disk
  allow_many_descriptors();
  Result<std::unique_ptr<Server>> server = Server::start(*config, model_dir);
  if (!server.ok()) return report(server.status());
  std::cout << (*server)->greeting() << std::flush;
  wait_for_the_end(**server, sources);
  // A second signal ends the program at once.
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  std::cout << "Finishing running work …" << std::endl;
  (*server)->stop();
  return kDone;
}

}  // namespace

Command add_serve_command(OptionSet program, const GlobalOptions& globals) {
  OptionSet app =
      program.add_subcommand("serve", "Serve assessments over HTTP, WebSocket and RTMP");
  const std::shared_ptr<ConfigSources> sources = add_config_flags(app);
  app.footer(kExamples);
  return {app, [sources, &globals] { return run_serve(*sources, resolve_model_dir(globals)); }};
}

}  // namespace saywell::cli
