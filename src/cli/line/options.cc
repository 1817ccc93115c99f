#include "cli/line/options.h"

#include <CLI/CLI.hpp>
#include <cstddef>

namespace saywell::cli {

Option Option::required() {
  option_->required();
  return *this;
}

Option Option::show_default() {
  option_->capture_default_str();
  return *this;
}

Option Option::one_of(std::vector<std::string> values) {
  option_->check(CLI::IsMember(std::move(values)));
  return *this;
}

template <class T>
Option Option::in_range(T first, T last) {
  option_->check(CLI::Range(first, last));
  return *this;
}
template Option Option::in_range(double, double);
template Option Option::in_range(std::size_t, std::size_t);

Option Option::environment(const std::string& variable) {
  option_->envname(variable);
  return *this;
}

Option Option::needs(Option other) {
  option_->needs(other.option_);
  return *this;
}

Option Option::excludes(Option other) {
  option_->excludes(other.option_);
  return *this;
}

Option Option::heading(const std::string& text) {
  option_->group(text);
  return *this;
}

Option Option::shown_default(const std::string& text) {
  option_->default_str(text);
  return *this;
}

// CLI11's default is the meaning of the option alone.
Option Option::value_may_be_absent(const std::string& value, const std::string& shown) {
  option_->expected(0, 1)->default_str(value)->option_text(shown);
  return *this;
}

template <class T>
Option OptionSet::add_option(const std::string& names, T& target, const std::string& help) {
  return Option(app_->add_option(names, target, help));
}
#define SAYWELL_OPTION_TYPE(...) \
  template Option OptionSet::add_option(const std::string&, __VA_ARGS__&, const std::string&)
SAYWELL_OPTION_TYPE(std::string);
SAYWELL_OPTION_TYPE(int);
SAYWELL_OPTION_TYPE(double);
SAYWELL_OPTION_TYPE(std::size_t);
SAYWELL_OPTION_TYPE(std::optional<std::string>);
SAYWELL_OPTION_TYPE(std::optional<int>);
SAYWELL_OPTION_TYPE(std::optional<double>);
SAYWELL_OPTION_TYPE(std::vector<std::string>);
#undef SAYWELL_OPTION_TYPE

Option OptionSet::add_flag(const std::string& names, bool& target, const std::string& help) {
  return Option(app_->add_flag(names, target, help));
}

Option OptionSet::add_option_function(const std::string& names,
                                      std::function<void(const std::string&)> take,
                                      const std::string& help) {
  return Option(app_->add_option_function<std::string>(names, std::move(take), help));
}

OptionSet OptionSet::add_subcommand(const std::string& name, const std::string& help) {
  return OptionSet(app_->add_subcommand(name, help));
}

OptionSet OptionSet::add_group(const std::string& name, const std::string& help) {
  return OptionSet(app_->add_option_group(name, help));
}

void OptionSet::require_one_option() { app_->require_option(1); }
void OptionSet::require_subcommand() { app_->require_subcommand(1); }
void OptionSet::accept_options_of_parent() { app_->fallthrough(); }
void OptionSet::hide() { app_->group(""); }
void OptionSet::footer(const std::string& text) { app_->footer(text); }
bool OptionSet::parsed() const { return app_->parsed(); }

CommandLine::CommandLine(const std::string& title, const std::string& version)
    : app_(std::make_unique<CLI::App>(title)) {
  app_->set_version_flag("--version", version);
  app_->require_subcommand(1);
}

CommandLine::~CommandLine() = default;

std::optional<bool> CommandLine::parse(int argc, const char* const* argv) {
  try {
    app_->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (app_->exit(error) == 0) return false;
    return std::nullopt;
  }
  return true;
}

}  // namespace saywell::cli
