// The options of the program and of its sub-commands, in front of CLI11: its headers take 15 s of
// compiling wherever they are included, so options.cc alone includes them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace saywell::cli {

// One option that was added; a handle, valid as long as the CommandLine.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option required();
  Option show_default();  // in the help: the value that the target has now
  Option one_of(std::vector<std::string> values);
  template <class T>  // double or std::size_t
  Option in_range(T first, T last);
  Option environment(const std::string& variable);  // gives the value where the line does not
  Option needs(Option other);
  Option excludes(Option other);
  Option heading(const std::string& text);        // that it is listed under in the help
  Option shown_default(const std::string& text);  // in the help, whatever the target has
  // "--x" alone means `value`; `shown` is what the help says of its values.
  Option value_may_be_absent(const std::string& value, const std::string& shown);

 private:
  CLI::Option* option_;
};

// The options of the program, of a sub-command or of a group; a handle, valid as long as the
// CommandLine.
class OptionSet {
 public:
  explicit OptionSet(CLI::App* app) : app_(app) {}

  // `names` such as "--output,-o", or "NAME" for an argument that stands by its place. `target` is
  // written when the line is parsed, and must outlive that. T is one of those that options.cc
  // lists.
  template <class T>
  Option add_option(const std::string& names, T& target, const std::string& help = {});
  Option add_flag(const std::string& names, bool& target, const std::string& help = {});
  // `take` is called with each value.
  Option add_option_function(const std::string& names, std::function<void(const std::string&)> take,
                             const std::string& help);

  OptionSet add_subcommand(const std::string& name, const std::string& help);
  OptionSet add_group(const std::string& name, const std::string& help);
  void require_one_option();
  void require_subcommand();
  // An option that this set does not know may be its parent's; sub-commands added later inherit it.
  void accept_options_of_parent();
  void hide();  // from the help
  void footer(const std::string& text);

  bool parsed() const;  // whether the line names this sub-command

 private:
  CLI::App* app_;
};

// The whole command line.
class CommandLine {
 public:
  // Has --help and --version, and needs a sub-command.
  CommandLine(const std::string& title, const std::string& version);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  OptionSet options() { return OptionSet(app_.get()); }

  // Whether the program goes on: false when help or version were asked for, nullopt when the line
  // is wrong. Both have then been printed.
  std::optional<bool> parse(int argc, const char* const* argv);

 private:
  const std::unique_ptr<CLI::App> app_;
};

}  // namespace saywell::cli
