// The one table of the server's options. The configuration file, the flags, the environment, the
// checks, config/saywell.toml and docs/configuration.md all come from it.
//
// The option `http_port` is the key http_port of the file, the flag --http-port, and the variable
// SAYWELL_HTTP_PORT. Every function may be called from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/server_config.h"
#include "saywell/status.h"

namespace saywell {

struct NumberOption {
  std::int64_t& (*of)(ServerConfig&);
  std::int64_t min, max;  // both allowed
};
struct FlagOption {
  bool& (*of)(ServerConfig&);
};
struct TextOption {
  std::string& (*of)(ServerConfig&);
  std::span<const std::string_view> choices;  // empty: any text
};
struct ListOption {
  std::vector<std::string>& (*of)(ServerConfig&);
};

struct ConfigOption {
  std::string_view heading;   // of its group, in the file and on the page
  std::string_view name;      // http_port
  std::string_view unit;      // "ms", "bytes", …; empty where there is none
  std::string_view sentence;  // its meaning, and that of special values
  std::variant<NumberOption, FlagOption, TextOption, ListOption> kind;
  bool by_application = false;  // an application may have its own value
};

// In the order of the file. Valid for the life of the process.
std::span<const ConfigOption> config_options();

// nullptr for a name that is not in the table.
const ConfigOption* find_config_option(std::string_view name);

// Code 40031 naming it, and the option that may be meant: "htp_port: unknown option; is 'http_port'
// meant?"
Status unknown_option(std::string_view name);

std::string flag_name(const ConfigOption& option);         // "--http-port"
std::string environment_name(const ConfigOption& option);  // "SAYWELL_HTTP_PORT"

// "a whole number from 1 to 65535", "true or false", "off, error, … or debug", "a text".
std::string accepted_values(const ConfigOption& option);

// Reads a value as written in a flag, a variable or `saywell app set` (a list: parts separated by
// commas). Code 40031 names the option, the values it accepts and the value given; the
// configuration is then unchanged.
Status set_config_option(ServerConfig& config, const ConfigOption& option, std::string_view text);

// The value as set_config_option() reads it.
std::string config_option_text(const ServerConfig& config, const ConfigOption& option);

struct AddressAndPort {
  std::string address;  // IPv4, or IPv6 without brackets
  std::uint16_t port = 0;
};

// The value of metrics_bind: "10.0.0.5:9090", "[::1]:9090"; nullopt for other texts.
std::optional<AddressAndPort> parse_address_and_port(std::string_view text);

// One status (code 40031) per mistake, naming the option, with the value given and the values
// accepted: ranges, choices, and options that contradict each other. Empty: none.
std::vector<Status> validate(const ServerConfig& config);

}  // namespace saywell
