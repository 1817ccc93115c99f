// saywell phones TEXT: the tokens of a text and the pronunciations in use for each.
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <iostream>
#include <memory>

#include "cli/command.h"
#include "cli/model_dir.h"
#include "format/pronunciations_json.h"
#include "text/text_front_end.h"

namespace saywell::cli {
namespace {

struct PhonesOptions {
  std::string text;
  std::string alphabet = "arpabet";
  std::string format = "table";

  bool ipa() const { return alphabet == "ipa"; }
};

std::string written(const Pronunciation& pronunciation, bool ipa) {
  return ipa ? ipa_text(pronunciation) : arpabet_text(pronunciation);
}

std::string marks_of(const Token& token) {
  std::string marks;
  const auto add = [&marks](const std::optional<bool>& mark, std::string_view name) {
    if (!mark) return;
    if (!marks.empty()) marks += ", ";
    marks += *mark ? name : "not " + std::string(name);
  };
  add(token.stressed, "stressed");
  add(token.rising, "rising");
  add(token.pause_after, "pause after");
  add(token.linked, "linked");
  if (token.forced) marks += marks.empty() ? "given" : ", given";
  return marks;
}

// One line per spoken word and variant; the token is on its first line, "or" before a further
// expansion.
void print_token(const Token& token, bool ipa) {
  std::string left = token.display;
  std::string marks = marks_of(token);
  for (std::size_t reading = 0; reading < token.readings.size(); ++reading) {
    if (reading > 0) left = "  or";
    for (const SpokenWord& word : token.readings[reading]) {
      std::string text = word.text;
      for (const Pronunciation& variant : word.variants) {
        const bool guessed = !word.from_dictionary && !token.forced && !text.empty();
        std::cout << left << '\t' << text << '\t' << written(variant, ipa)
                  << (guessed ? "\tguessed" : "") << (marks.empty() ? "" : "\t" + marks) << '\n';
        left.clear();
        text.clear();
        marks.clear();
      }
    }
  }
}

void print_json(const ReferenceText& text, const PhonesOptions& options) {
  std::cout << reference_text_to_json(text, options.ipa() ? Alphabet::kIpa : Alphabet::kArpabet)
            << '\n';
}

int run_phones(const PhonesOptions& options, const GlobalOptions& globals) {
  const auto front_end = TextFrontEnd::load(resolve_model_dir(globals));
  if (!front_end.ok()) return report(front_end.status());
  const auto text = front_end->text_to_pronunciations(options.text);
  if (!text.ok()) return report(text.status());
  if (options.format == "json") {
    print_json(*text, options);
  } else {
    for (const Token& token : text->tokens) print_token(token, options.ipa());
  }
  std::cout.flush();
  if (!std::cout) return report(Status(Code::kFileUnreadable, "standard output cannot be written"));
  return kDone;
}

}  // namespace

Command add_phones_command(OptionSet program, const GlobalOptions& globals) {
  OptionSet app = program.add_subcommand("phones", "The pronunciations in use for a text");
  const auto options = std::make_shared<PhonesOptions>();
  app.add_option("TEXT", options->text, "Reference text, marks such as word(s:1) included")
      .required();
  app.add_option("--alphabet", options->alphabet, "arpabet or ipa")
      .one_of({"arpabet", "ipa"})
      .show_default();
  app.add_option("--format", options->format, "table (tab-separated) or json")
      .one_of({"table", "json"})
      .show_default();
  return {app, [options, &globals] { return run_phones(*options, globals); }};
}

}  // namespace saywell::cli
