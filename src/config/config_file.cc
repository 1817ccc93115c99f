#include "config/config_file.h"

#include <toml++/toml.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

#include "base/status_macros.h"
#include "config/config_options.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxFileBytes = 1'000'000;

std::string as_written(const toml::node& node) {
  if (const auto text = node.value<std::string>()) return "\"" + *text + "\"";
  std::ostringstream out;
  if (node.is_table()) {
    out << "a table";
  } else if (node.is_array()) {
    out << *node.as_array();
  } else {
    node.visit([&out](const auto& value) {
      if constexpr (toml::is_value<decltype(value)>) out << value.get();
    });
  }
  return out.str();
}

// The value as set_config_option() reads it; nullopt for one of another type.
std::optional<std::string> text_of(const NumberOption&, const toml::node& node) {
  if (!node.is_integer()) return std::nullopt;
  return std::to_string(node.as_integer()->get());
}

std::optional<std::string> text_of(const FlagOption&, const toml::node& node) {
  if (!node.is_boolean()) return std::nullopt;
  return node.as_boolean()->get() ? "true" : "false";
}

std::optional<std::string> text_of(const TextOption&, const toml::node& node) {
  if (!node.is_string()) return std::nullopt;
  return node.as_string()->get();
}

std::optional<std::string> text_of(const ListOption&, const toml::node& node) {
  const toml::array* list = node.as_array();
  if (list == nullptr) return std::nullopt;
  std::string text;
  for (const toml::node& part : *list) {
    const std::optional<std::string> one = part.value<std::string>();
    if (!part.is_string() || one->find(',') != std::string::npos) return std::nullopt;
    text += (text.empty() ? "" : ",") + *one;
  }
  return text;
}

void read_entry(std::string_view name, const toml::node& node, ServerConfig& config,
                std::vector<std::string>& problems) {
  const std::string line = "line " + std::to_string(node.source().begin.line) + ": ";
  const ConfigOption* option = find_config_option(name);
  if (option == nullptr) {
    problems.push_back(line + unknown_option(name).explanation());
    return;
  }
  const auto text =
      std::visit([&node](const auto& kind) { return text_of(kind, node); }, option->kind);
  if (!text) {
    problems.push_back(line + std::string(name) + ": " + accepted_values(*option) +
                       " is expected, not " + as_written(node));
    return;
  }
  const Status set = set_config_option(config, *option, *text);
  if (!set.ok()) problems.push_back(line + set.explanation());
}

void read_text(std::string_view text, ServerConfig& config, std::vector<std::string>& problems) {
  try {
    const toml::table table = toml::parse(text);
    for (const auto& [key, node] : table) read_entry(key.str(), node, config, problems);
  } catch (const toml::parse_error& error) {
    problems.push_back("line " + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description()));
  }
}

Result<std::string> file_text(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    const Code code = errno == ENOENT ? Code::kFileMissing : Code::kFileUnreadable;
    return Status(code, path + ": " + std::strerror(errno));
  }
  std::string text(kMaxFileBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) return Status(Code::kFileUnreadable, path + ": cannot be read");
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxFileBytes) {
    return Status(Code::kBadParameter, path + ": more than 1 MB is no configuration");
  }
  return text;
}

std::string joined(const std::vector<std::string>& problems) {
  std::string text;
  for (const std::string& problem : problems) text += (text.empty() ? "" : "; ") + problem;
  return text;
}

void read_environment(const ConfigSources& sources, ServerConfig& config,
                      std::vector<std::string>& problems) {
  if (!sources.environment) return;
  for (const ConfigOption& option : config_options()) {
    const std::optional<std::string> text = sources.environment(environment_name(option));
    if (!text) continue;
    const Status set = set_config_option(config, option, *text);
    if (!set.ok()) problems.push_back(environment_name(option) + ": " + set.explanation());
  }
}

void read_flags(const ConfigSources& sources, ServerConfig& config,
                std::vector<std::string>& problems) {
  for (const auto& [name, text] : sources.flags) {
    const ConfigOption* option = find_config_option(name);
    if (option == nullptr) {
      problems.push_back(unknown_option(name).explanation());
      continue;
    }
    const Status set = set_config_option(config, *option, text);
    if (!set.ok()) problems.push_back(flag_name(*option) + ": " + set.explanation());
  }
}

}  // namespace

Status apply_config_text(std::string_view text, ServerConfig& config) {
  std::vector<std::string> problems;
  read_text(text, config, problems);
  return problems.empty() ? Status() : Status(Code::kBadParameter, joined(problems));
}

Result<ServerConfig> load_server_config(const ConfigSources& sources) {
  ServerConfig config;
  std::vector<std::string> problems;
  if (!sources.file.empty()) {
    ASSIGN_OR_RETURN(const std::string text, file_text(sources.file));
    read_text(text, config, problems);
    for (std::string& problem : problems) problem = sources.file + ": " + problem;
  }
  read_environment(sources, config, problems);
  read_flags(sources, config, problems);
  // A refused value has left the default in place, so that no mistake is named twice.
  for (const Status& problem : validate(config)) problems.push_back(problem.explanation());
  if (!problems.empty()) return Status(Code::kBadParameter, joined(problems));
  return config;
}

std::optional<std::string> process_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

}  // namespace saywell
