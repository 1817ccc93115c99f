// saywell app add|list|set|secret|remove: the applications that may use the server. The server may
// run meanwhile.
#include <array>
#include <boost/json.hpp>
#include <ctime>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/service/config_flags.h"
#include "store/store.h"

namespace saywell::cli {
namespace {

struct AppOptions {
  std::shared_ptr<ConfigSources> sources;
  std::string name_or_id;
  std::vector<std::string> limits;  // OPTION=VALUE
  bool rotate = false;
  bool with_recordings = false;
  std::string format = "table";

  bool json() const { return format == "json"; }
};

using Action = std::function<Status(Store&, const AppOptions&)>;

std::string date(std::int64_t at_ms) {
  const std::time_t at_s = at_ms / 1000;
  std::tm parts{};
  gmtime_r(&at_s, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts);
  return text.data();
}

Status set_limits(Store& store, const std::string& id, const std::vector<std::string>& limits) {
  for (const std::string& limit : limits) {
    const std::size_t equals = limit.find('=');
    if (equals == std::string::npos) {
      return Status(Code::kBadParameter, limit + ": OPTION=VALUE is expected");
    }
    RETURN_IF_ERROR(
        store.applications().set_limit(id, limit.substr(0, equals), limit.substr(equals + 1)));
  }
  return Status();
}

Status add(Store& store, const AppOptions& options) {
  ASSIGN_OR_RETURN(const Application application, store.applications().add(options.name_or_id));
  const Status set = set_limits(store, application.id, options.limits);
  if (!set.ok()) {
    const Status removed = store.applications().remove(application.id);
    return removed.ok() ? set : removed;
  }
  if (options.json()) {
    std::cout << boost::json::object{{"applicationId", application.id},
                                     {"name", application.name},
                                     {"secret", application.secret}}
              << '\n';
  } else {
    std::cout << "applicationId  " << application.id << "\nsecret         " << application.secret
              << '\n';
  }
  return Status();
}

boost::json::object to_json(const Application& application, std::int64_t storage_bytes) {
  boost::json::object limits;
  for (const auto& [option, value] : application.own_limits) limits[option] = value;
  return {{"applicationId", application.id},
          {"name", application.name},
          {"createdMs", application.created_ms},
          {"storageBytes", storage_bytes},
          {"limits", std::move(limits)}};
}

Status list(Store& store, const AppOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<Application> applications, store.applications().list());
  boost::json::array rows;
  for (const Application& application : applications) {
    ASSIGN_OR_RETURN(const std::int64_t bytes, store.recordings().storage_bytes(application.id));
    if (options.json()) {
      rows.push_back(to_json(application, bytes));
      continue;
    }
    std::cout << application.id << '\t' << application.name << '\t' << date(application.created_ms)
              << '\t' << bytes << " bytes";
    for (const auto& [option, value] : application.own_limits) {
      std::cout << '\t' << option << '=' << value;
    }
    std::cout << '\n';
  }
  if (options.json()) std::cout << rows << '\n';
  return Status();
}

Status set(Store& store, const AppOptions& options) {
  return set_limits(store, options.name_or_id, options.limits);
}

Status secret(Store& store, const AppOptions& options) {
  Result<std::string> secret(std::string{});
  if (options.rotate) {
    secret = store.applications().rotate_secret(options.name_or_id);
  } else {
    ASSIGN_OR_RETURN(const Application application, store.applications().find(options.name_or_id));
    secret = application.secret;
  }
  if (!secret.ok()) return secret.status();
  std::cout << *secret << '\n';
  return Status();
}

Status remove(Store& store, const AppOptions& options) {
  ASSIGN_OR_RETURN(const Application application, store.applications().find(options.name_or_id));
  if (options.with_recordings) {
    ASSIGN_OR_RETURN(const std::int64_t removed,
                     store.recordings().remove_of_application(application.id));
    std::cout << removed << " recordings removed\n";
  }
  return store.applications().remove(application.id);
}

int run_app(const AppOptions& options, const Action& action) {
  const Result<ServerConfig> config = load_server_config(*options.sources);
  if (!config.ok()) return report(config.status());
  StoreOptions store_options;
  store_options.data_dir = config->data_dir;
  const Result<std::unique_ptr<Store>> store = Store::open(store_options);
  if (!store.ok()) return report(store.status());
  const Status done = action(**store, options);
  return done.ok() ? kDone : report(done);
}

class AppCommand {
 public:
  explicit AppCommand(OptionSet program)
      : options_(std::make_shared<AppOptions>()),
        app_(program.add_subcommand("app", "The applications that may use the server")) {
    constexpr std::array<std::string_view, 1> kDataDir = {"data_dir"};
    options_->sources = add_config_flags(app_, kDataDir);
    app_.require_subcommand();
    app_.accept_options_of_parent();
  }

  OptionSet sub_command(const char* name, const char* help, Action action) {
    OptionSet sub = app_.add_subcommand(name, help);
    actions_.emplace_back(sub, std::move(action));
    return sub;
  }

  AppOptions& options() { return *options_; }

  Command command() const {
    return {app_, [options = options_, actions = actions_] {
              for (const auto& [sub, action] : actions) {
                if (sub.parsed()) return run_app(*options, action);
              }
              return int{kUsage};
            }};
  }

 private:
  std::shared_ptr<AppOptions> options_;
  OptionSet app_;
  std::vector<std::pair<OptionSet, Action>> actions_;
};

void add_format(OptionSet sub, AppOptions& options) {
  sub.add_option("--format", options.format, "table or json")
      .one_of({"table", "json"})
      .show_default();
}

void add_id(OptionSet sub, AppOptions& options) {
  sub.add_option("ID", options.name_or_id, "The application's id").required();
}

}  // namespace

Command add_app_command(OptionSet program, const GlobalOptions&) {
  AppCommand app(program);
  AppOptions& options = app.options();

  OptionSet add_sub = app.sub_command("add", "Add one; prints its id and secret", add);
  add_sub.add_option("NAME", options.name_or_id, "A name for people").required();
  add_sub.add_option(
      "--set", options.limits,
      "A limit of this application, OPTION=VALUE (docs/configuration.md); repeatable");
  add_format(add_sub, options);

  OptionSet list_sub = app.sub_command("list", "List them, without secrets", list);
  add_format(list_sub, options);

  OptionSet set_sub = app.sub_command("set", "Set limits of one application", set);
  add_id(set_sub, options);
  set_sub
      .add_option("LIMITS", options.limits,
                  "OPTION=VALUE (docs/configuration.md); an empty value restores the server's")
      .required();

  OptionSet secret_sub = app.sub_command("secret", "Print a secret", secret);
  add_id(secret_sub, options);
  secret_sub.add_flag("--rotate", options.rotate,
                      "Make a new secret first; the old one, sessions and tokens end at once");

  OptionSet remove_sub = app.sub_command("remove", "Remove one, its sessions and tokens", remove);
  add_id(remove_sub, options);
  remove_sub.add_flag(
      "--with-recordings", options.with_recordings,
      "Delete its recordings and results too; without this an application that has any is kept");
  return app.command();
}

}  // namespace saywell::cli
