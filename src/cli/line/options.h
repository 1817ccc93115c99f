// The options of the program and of its sub-commands, in front of CLI11. Its headers take 15 s to
// compile, so only options.cc includes them.
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
  Option show_default();  // in the help: the target's present value
  Option one_of(std::vector<std::string> values);
  template <class T>  // double or std::size_t
  Option in_range(T first, T last);
  Option environment(const std::string& variable);  // has the value if the line has none
  Option needs(Option other);
  Option excludes(Option other);
  Option heading(const std::string& text);        // of its group in the help
  Option shown_default(const std::string& text);  // in the help, instead of the target's value
  // "--x" alone means `value`; the help shows `shown` for its values.
  Option value_may_be_absent(const std::string& value, const std::string& shown);

 private:
  CLI::Option* option_;
};

// The options of the program, of a sub-command or of a group; a handle, valid as long as the
// CommandLine.
class OptionSet {
 public:
  explicit OptionSet(CLI::App* app) : app_(app) {}

  // `names` such as "--output,-o", or "NAME" for a positional argument. `target` is written when
  // the line is parsed, and must outlive that. options.cc lists the possible T.
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
  // An unknown option may be the parent's; sub-commands added later inherit this.
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

  // Whether the program continues: false after help or version, nullopt when the line is wrong.
  // Their text has then been printed.
  std::optional<bool> parse(int argc, const char* const* argv);

 private:
  const std::unique_ptr<CLI::App> app_;
};

}  // namespace saywell::cli
