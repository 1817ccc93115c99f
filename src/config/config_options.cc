#include "config/config_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <utility>

#include "base/nearest_name.h"
#include "config/ip_network.h"

namespace saywell {
namespace {

template <auto Member>
auto& of(ServerConfig& config) {
  return config.*Member;
}
template <auto Member>
auto& of_limits(ServerConfig& config) {
  return config.limits.*Member;
}

constexpr std::int64_t kMostBytes = 1'000'000'000'000'000;
constexpr std::int64_t kMostMs = 86'400'000;
constexpr std::int64_t kMostS = 31'536'000;
constexpr std::array<std::string_view, 5> kLogLevels = {"off", "error", "warning", "info", "debug"};

constexpr std::string_view kListen = "Listening";
constexpr std::string_view kWrite = "Files and log";
constexpr std::string_view kScoring = "Scoring";
constexpr std::string_view kDecoding = "Decoding of recordings, in helper processes";
constexpr std::string_view kSignIn = "Sessions, tokens, signatures";
constexpr std::string_view kConnections = "Connections";
constexpr std::string_view kRtmp = "RTMP";
constexpr std::string_view kKept = "Retention";
constexpr std::string_view kLimits = "Limits by application (`saywell app set` gives one its own)";

using Config = ServerConfig;
using Limits = ApplicationLimits;

constexpr ConfigOption kOptions[] = {
    {kListen, "http_port", "", "Port of HTTP and WebSocket; 0: one the system chooses.",
     NumberOption{of<&Config::http_port>, 0, 65'535}},
    {kListen, "rtmp_port", "", "Port of RTMP and RTMPS; 0: one the system chooses.",
     NumberOption{of<&Config::rtmp_port>, 0, 65'535}},
    {kListen, "bind", "",
     "Address to listen on. "
     "\"auto\": only the loopback while there is no application; then every address.",
     TextOption{of<&Config::bind>, {}}},
    {kListen, "tls_cert", "", "PEM file of the certificate chain; empty: no TLS.",
     TextOption{of<&Config::tls_cert>, {}}},
    {kListen, "tls_key", "", "PEM file of the certificate's private key.",
     TextOption{of<&Config::tls_key>, {}}},
    {kListen, "tls_self", "",
     "Make and keep a certificate authority, for a school's network; instead of tls_cert.",
     FlagOption{of<&Config::tls_self>}},
    {kListen, "web_dir", "",
     "Folder of the practice page; empty: web beside the program, or ../share/saywell/web.",
     TextOption{of<&Config::web_dir>, {}}},
    {kListen, "allowed_hosts", "",
     "Accepted in Host, besides localhost and IP addresses (\"speech.school.example\"). Checked "
     "without applications, or once it lists names. Reloaded by SIGHUP.",
     ListOption{of<&Config::allowed_hosts>}},
    {kListen, "trusted_proxies", "",
     "Addresses and networks (\"10.0.0.0/8\") of proxies whose X-Forwarded-For names the client.",
     ListOption{of<&Config::trusted_proxies>}},
    {kListen, "metrics_bind", "",
     "Address and port (\"10.0.0.5:9090\") that serves /metrics to everyone and nothing else; "
     "empty: none.",
     TextOption{of<&Config::metrics_bind>, {}}},
    {kListen, "metrics_token_file", "",
     "File whose first line is the token that opens /metrics to other machines; empty: this machine "
     "only.",
     TextOption{of<&Config::metrics_token_file>, {}}},

    {kWrite, "data_dir", "", "Folder of everything the server writes.",
     TextOption{of<&Config::data_dir>, {}}},
    {kWrite, "log_level", "",
     "Least serious lines to log. Text of learners is logged at debug only, secrets never.",
     TextOption{of<&Config::log_level>, kLogLevels}},

    {kScoring, "worker_threads", "", "Threads that compute; 0: one per core.",
     NumberOption{of<&Config::worker_threads>, 0, 1024}},
    {kScoring, "queue_length", "assessments",
     "Number that may wait for a thread; further ones are answered with 503 at once.",
     NumberOption{of<&Config::queue_length>, 1, 100'000}},
    {kScoring, "deadline_ms", "ms",
     "Longest time of an assessment, waiting included; longer ones are answered with 503.",
     NumberOption{of<&Config::deadline_ms>, 100, kMostMs}},
    {kScoring, "end_of_speech_ms", "ms",
     "Silence behind the speech that ends a recording with vadEnable.",
     NumberOption{of<&Config::end_of_speech_ms>, 200, 60'000}},

    {kDecoding, "decoder_timeout_ms", "ms",
     "Longest time of decoding a recording; longer ones are refused with 40003.",
     NumberOption{of<&Config::decoder_timeout_ms>, 100, kMostMs}},
    {kDecoding, "decoder_memory_bytes", "bytes",
     "Address space of a helper, with about 300 MB of libraries. "
     "A recording that needs more is refused with 40003.",
     NumberOption{of<&Config::decoder_memory_bytes>, 100'000'000, kMostBytes}},
    {kDecoding, "live_decoders", "streams",
     "Encoded recordings followed at a time while they arrive (vadEnable, en.rltm.score); "
     "further ones are answered with 503.",
     NumberOption{of<&Config::live_decoders>, 0, 10'000}},

    {kSignIn, "session_idle_s", "s", "Idle time after which a session of the 2011 interface ends.",
     NumberOption{of<&Config::session_idle_s>, 10, kMostS}},
    {kSignIn, "token_default_s", "s", "Life of a token when its request names none.",
     NumberOption{of<&Config::token_default_s>, 10, kMostS}},
    {kSignIn, "token_max_s", "s", "Longest life that a request may ask for.",
     NumberOption{of<&Config::token_max_s>, 10, kMostS}},
    {kSignIn, "signature_window_s", "s",
     "Largest distance of a signature's timestamp from the server's clock; "
     "within it a signature can be used again.",
     NumberOption{of<&Config::signature_window_s>, 10, 86'400}},
    {kSignIn, "refused_sign_ins_per_minute", "refusals",
     "Answered to one address, after ten at once; further ones are delayed, then answered with 503.",
     NumberOption{of<&Config::refused_sign_ins_per_minute>, 1, 1'000'000}},

    {kConnections, "max_connections", "connections",
     "Open at a time; further ones are closed at once.",
     NumberOption{of<&Config::max_connections>, 1, 1'000'000}},
    {kConnections, "max_buffered_bytes", "bytes",
     "Unsent bytes of one connection; a connection with more is closed.",
     NumberOption{of<&Config::max_buffered_bytes>, 65'536, 1'073'741'824}},
    {kConnections, "header_timeout_ms", "ms", "For the header of a request to arrive.",
     NumberOption{of<&Config::header_timeout_ms>, 100, kMostMs}},
    {kConnections, "body_timeout_ms", "ms", "For the body of a request to arrive.",
     NumberOption{of<&Config::body_timeout_ms>, 100, kMostMs}},
    {kConnections, "idle_timeout_ms", "ms", "Between two requests of one HTTP connection.",
     NumberOption{of<&Config::idle_timeout_ms>, 100, kMostMs}},
    {kConnections, "websocket_idle_timeout_ms", "ms", "Without a frame on a WebSocket connection.",
     NumberOption{of<&Config::websocket_idle_timeout_ms>, 1000, kMostMs}},
    {kConnections, "shutdown_timeout_ms", "ms", "For running work when the server is stopped.",
     NumberOption{of<&Config::shutdown_timeout_ms>, 0, kMostMs}},

    {kRtmp, "rtmp_plain", "", "With a certificate: whether the port also serves RTMP without TLS.",
     FlagOption{of<&Config::rtmp_plain>}},
    {kRtmp, "rtmp_handshake_timeout_ms", "ms",
     "For the handshake, from the connection's first byte.",
     NumberOption{of<&Config::rtmp_handshake_timeout_ms>, 100, kMostMs}},
    {kRtmp, "rtmp_connect_timeout_ms", "ms", "From the handshake to connect.",
     NumberOption{of<&Config::rtmp_connect_timeout_ms>, 100, kMostMs}},
    {kRtmp, "rtmp_first_audio_timeout_ms", "ms", "From publish to the first audio.",
     NumberOption{of<&Config::rtmp_first_audio_timeout_ms>, 100, kMostMs}},
    {kRtmp, "rtmp_audio_timeout_ms", "ms",
     "Between two audio messages of a publisher; then the audio received is assessed.",
     NumberOption{of<&Config::rtmp_audio_timeout_ms>, 100, kMostMs}},
    {kRtmp, "rtmp_idle_timeout_ms", "ms", "Without a byte either way, while nothing is published.",
     NumberOption{of<&Config::rtmp_idle_timeout_ms>, 100, kMostMs}},
    {kRtmp, "rtmp_max_message_bytes", "bytes",
     "Longer messages are skipped; twice as much may be partly received at a time.",
     NumberOption{of<&Config::rtmp_max_message_bytes>, 4096, 16'777'215}},
    {kRtmp, "rtmp_max_chunk_streams", "chunk streams",
     "Of one connection; a connection with more is closed.",
     NumberOption{of<&Config::rtmp_max_chunk_streams>, 8, 65'599}},
    {kRtmp, "rtmp_max_streams", "streams", "Open at a time on one connection.",
     NumberOption{of<&Config::rtmp_max_streams>, 1, 1000}},
    {kRtmp, "rtmp_chunk_rate", "chunks/s",
     "Chunks read per second of one connection, after a burst of twice as many; others wait.",
     NumberOption{of<&Config::rtmp_chunk_rate>, 100, 100'000'000}},
    {kRtmp, "rtmp_read_rate", "reads/s",
     "Reads per second of all publishers together; beyond it audio waits up to 0.4 s, "
     "to be read with the next.",
     NumberOption{of<&Config::rtmp_read_rate>, 1, 100'000'000}},

    {kKept, "audit_days", "days", "Age at which entries of the audit log are deleted; 0: never.",
     NumberOption{of<&Config::audit_days>, 0, 36'500}},

    {kLimits, "assessments_per_minute", "assessments", "In any 60 seconds.",
     NumberOption{of_limits<&Limits::assessments_per_minute>, 1, 1'000'000}, true},
    {kLimits, "assessments_at_a_time", "assessments", "Being recorded, waiting or computed.",
     NumberOption{of_limits<&Limits::assessments_at_a_time>, 1, 1'000'000}, true},
    {kLimits, "word_max_s", "s", "Length of a recording of the word kinds.",
     NumberOption{of_limits<&Limits::word_max_s>, 1, 20}, true},
    {kLimits, "sentence_max_s", "s", "Length of a recording of the sentence kinds.",
     NumberOption{of_limits<&Limits::sentence_max_s>, 1, 40}, true},
    {kLimits, "paragraph_max_s", "s", "Length of a recording of the paragraph kinds.",
     NumberOption{of_limits<&Limits::paragraph_max_s>, 1, 180}, true},
    {kLimits, "recording_max_bytes", "bytes", "Size of a recording.",
     NumberOption{of_limits<&Limits::recording_max_bytes>, 1000, 1'000'000'000}, true},
    {kLimits, "storage_max_bytes", "bytes",
     "All recordings together; 0: as much as the disk holds.",
     NumberOption{of_limits<&Limits::storage_max_bytes>, 0, kMostBytes}, true},
    {kLimits, "retention_days", "days",
     "Age at which recordings and results are deleted; 0: never by themselves.",
     NumberOption{of_limits<&Limits::retention_days>, 0, 36'500}, true},
    {kLimits, "store", "",
     "false: results are answered, and neither they nor audio and text are written.",
     FlagOption{of_limits<&Limits::store>}, true},
    {kLimits, "cors_origins", "",
     "Origins of pages that may call the server from a browser (\"https://school.example\"); \"*\": any. "
     "Reloaded by SIGHUP.",
     ListOption{of_limits<&Limits::cors_origins>}, true},
};

std::string upper(std::string_view name) {
  std::string text(name);
  for (char& letter : text) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return text;
}

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

std::vector<std::string> parts(std::string_view text) {
  std::vector<std::string> list;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) list.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return list;
}

bool in_range(const NumberOption& option, std::int64_t number) {
  return number >= option.min && number <= option.max;
}

bool is_choice(const TextOption& option, std::string_view text) {
  return option.choices.empty() ||
         std::find(option.choices.begin(), option.choices.end(), text) != option.choices.end();
}

bool set(ServerConfig& config, const NumberOption& option, std::string_view text) {
  const std::optional<std::int64_t> number = whole_number(text);
  if (!number || !in_range(option, *number)) return false;
  option.of(config) = *number;
  return true;
}

bool set(ServerConfig& config, const FlagOption& option, std::string_view text) {
  const bool yes = text == "true" || text == "1";
  if (!yes && text != "false" && text != "0") return false;
  option.of(config) = yes;
  return true;
}

bool set(ServerConfig& config, const TextOption& option, std::string_view text) {
  if (!is_choice(option, text)) return false;
  option.of(config) = text;
  return true;
}

bool set(ServerConfig& config, const ListOption& option, std::string_view text) {
  option.of(config) = parts(text);
  return true;
}

std::string describe(const NumberOption& option) {
  return "a whole number from " + std::to_string(option.min) + " to " + std::to_string(option.max);
}
std::string describe(const FlagOption&) { return "true or false"; }
std::string describe(const TextOption& option) {
  return option.choices.empty() ? "a text" : joined(option.choices);
}
std::string describe(const ListOption&) { return "a list of texts"; }

std::string written(std::int64_t number) { return std::to_string(number); }
std::string written(bool flag) { return flag ? "true" : "false"; }
std::string written(const std::string& text) { return text; }
std::string written(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& part : list) text += (text.empty() ? "" : ",") + part;
  return text;
}

bool is_allowed(ServerConfig& config, const ConfigOption& option) {
  if (const auto* number = std::get_if<NumberOption>(&option.kind)) {
    return in_range(*number, number->of(config));
  }
  if (const auto* text = std::get_if<TextOption>(&option.kind)) {
    return is_choice(*text, text->of(config));
  }
  return true;
}

bool is_origin(std::string_view origin) {
  if (origin == "*") return true;
  const bool scheme = origin.starts_with("https://") || origin.starts_with("http://");
  if (!scheme) return false;
  const std::string_view host = origin.substr(origin.find("//") + 2);
  return !host.empty() && host.find_first_of("/ ?#\"\\") == std::string_view::npos;
}

bool is_host_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_';
  });
}

bool is_network(std::string_view text) { return IpNetwork::parse(text).has_value(); }

// `what` is expected of every part of the list.
void check_list(std::string_view option, const std::vector<std::string>& list,
                const std::pair<bool (*)(std::string_view), std::string_view>& check,
                std::vector<Status>& problems) {
  const auto& [accepts, what] = check;
  for (const std::string& part : list) {
    if (accepts(part)) continue;
    problems.emplace_back(Code::kBadParameter, std::string(option),
                          std::string(what) + " is expected, not '" + part + "'");
  }
}

}  // namespace

std::optional<AddressAndPort> parse_address_and_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view address = text.substr(0, colon);
  const bool brackets = address.starts_with('[') && address.ends_with(']');
  if (brackets) address = address.substr(1, address.size() - 2);
  const std::optional<std::int64_t> port = whole_number(text.substr(colon + 1));
  const bool v6 = address.find(':') != std::string_view::npos;
  if (v6 != brackets || !parse_ip_address(address) || !port || *port < 0 || *port > 65'535) {
    return std::nullopt;
  }
  return AddressAndPort{std::string(address), static_cast<std::uint16_t>(*port)};
}

std::span<const ConfigOption> config_options() { return kOptions; }

const ConfigOption* find_config_option(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(kOptions), std::end(kOptions),
                   [name](const ConfigOption& option) { return option.name == name; });
  return found == std::end(kOptions) ? nullptr : found;
}

Status unknown_option(std::string_view name) {
  std::vector<std::string_view> known;
  for (const ConfigOption& option : kOptions) known.push_back(option.name);
  return Status(Code::kBadParameter, std::string(name),
                "unknown option" + nearest_name_hint(name, known));
}

std::string flag_name(const ConfigOption& option) {
  std::string flag = "--" + std::string(option.name);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

std::string environment_name(const ConfigOption& option) { return "SAYWELL_" + upper(option.name); }

std::string accepted_values(const ConfigOption& option) {
  return std::visit([](const auto& kind) { return describe(kind); }, option.kind);
}

Status set_config_option(ServerConfig& config, const ConfigOption& option, std::string_view text) {
  const bool understood =
      std::visit([&](const auto& kind) { return set(config, kind, text); }, option.kind);
  if (understood) return Status();
  return Status(Code::kBadParameter, std::string(option.name),
                accepted_values(option) + " is expected, not '" + std::string(text) + "'");
}

std::string config_option_text(const ServerConfig& config, const ConfigOption& option) {
  ServerConfig copy = config;
  return std::visit([&copy](const auto& kind) { return written(kind.of(copy)); }, option.kind);
}

std::vector<Status> validate(const ServerConfig& config) {
  std::vector<Status> problems;
  const auto refuse = [&problems](std::string_view option, std::string why) {
    problems.emplace_back(Code::kBadParameter, std::string(option), std::move(why));
  };
  ServerConfig copy = config;
  for (const ConfigOption& option : kOptions) {
    if (is_allowed(copy, option)) continue;
    refuse(option.name, accepted_values(option) + " is expected, not '" +
                            config_option_text(config, option) + "'");
  }
  if (config.data_dir.empty()) refuse("data_dir", "a folder is expected, not ''");
  if (config.bind.empty()) refuse("bind", "an address or auto is expected, not ''");
  if (config.tls_cert.empty() != config.tls_key.empty()) {
    refuse("tls_cert", "give both tls_cert and tls_key, or neither");
  }
  if (config.tls_self && !config.tls_cert.empty()) {
    refuse("tls_self", "give tls_self or tls_cert, not both");
  }
  if (config.token_default_s > config.token_max_s) {
    refuse("token_default_s", "at most token_max_s (" + std::to_string(config.token_max_s) +
                                  ") is expected, not '" + std::to_string(config.token_default_s) +
                                  "'");
  }
  if (config.http_port == config.rtmp_port && config.http_port != 0) {
    refuse("http_port", "rtmp_port is " + std::to_string(config.http_port) + " too");
  }
  if (!config.metrics_bind.empty() && !parse_address_and_port(config.metrics_bind)) {
    refuse("metrics_bind", "an address and a port such as 127.0.0.1:9090 is expected, not '" +
                               config.metrics_bind + "'");
  }
  check_list("cors_origins", config.limits.cors_origins,
             {is_origin, "an origin such as https://school.example"}, problems);
  check_list("allowed_hosts", config.allowed_hosts,
             {is_host_name, "a name such as speech.school.example, without port,"}, problems);
  check_list("trusted_proxies", config.trusted_proxies,
             {is_network, "an address or network such as 10.0.0.0/8"}, problems);
  return problems;
}

}  // namespace saywell
