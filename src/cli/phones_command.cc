// saywell phones TEXT: the tokens of a text and the pronunciations in use for each; of a Mandarin
// text the syllables, before and after sandhi.
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>

#include "base/core_type.h"
#include "cli/command.h"
#include "cli/model_dir.h"
#include "format/mandarin_text_json.h"
#include "format/pronunciations_json.h"
#include "mandarin/mandarin_front_end.h"
#include "text/text_front_end.h"

namespace saywell::cli {
namespace {

struct PhonesOptions {
  std::string text;
  std::string core_type;
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

// One line per syllable: characters, pinyin, pinyin after sandhi, initial and final, other tones
// that are accepted.
void print_syllable(const MandarinSyllable& syllable) {
  std::string sounds, accepted;
  for (const std::string_view sound : sounds_of(syllable.written)) {
    if (!sounds.empty()) sounds += ' ';
    sounds += sound;
  }
  for (int tone = 0; tone < kToneCount; ++tone) {
    if (tone == syllable.tone || !syllable.accepted[static_cast<std::size_t>(tone)]) continue;
    accepted += accepted.empty() ? "\tor tone " : ", ";
    accepted += std::to_string(tone);
  }
  std::cout << syllable.hanzi << '\t' << pinyin_of(syllable.written) << '\t'
            << pinyin_of(syllable.spoken()) << '\t' << sounds << accepted << '\n';
}

Status print_mandarin(const PhonesOptions& options, const MandarinTextKind& kind,
                      const std::string& model_dir) {
  const MandarinFrontEnd front_end(model_dir);
  const auto text = front_end.read_text(options.text, kind);
  if (!text.ok()) return text.status();
  if (options.format == "json") {
    std::cout << mandarin_text_to_json(*text) << '\n';
  } else {
    for (const MandarinSyllable& syllable : text->syllables) print_syllable(syllable);
  }
  return {};
}

Status print_english(const PhonesOptions& options, const std::string& model_dir) {
  const auto front_end = TextFrontEnd::load(model_dir);
  if (!front_end.ok()) return front_end.status();
  const auto text = front_end->text_to_pronunciations(options.text);
  if (!text.ok()) return text.status();
  if (options.format == "json") {
    print_json(*text, options);
  } else {
    for (const Token& token : text->tokens) print_token(token, options.ipa());
  }
  return {};
}

int run_phones(const PhonesOptions& options, const GlobalOptions& globals) {
  std::optional<MandarinTextKind> kind = mandarin_text_kind(options.core_type);
  if (options.core_type.empty() && has_hanzi(options.text)) {
    kind = mandarin_text_kind("cn.pred.raw");
  } else if (!kind && !options.core_type.empty()) {
    if (const Status known = check_core_type(options.core_type); !known.ok()) return report(known);
  }
  const std::string model_dir = resolve_model_dir(globals);
  const Status printed =
      kind ? print_mandarin(options, *kind, model_dir) : print_english(options, model_dir);
  if (!printed.ok()) return report(printed);
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
  app.add_option("--core-type", options->core_type,
                 "e.g. cn.sent.score (pinyin) or cn.sent.raw (characters); by default English, or "
                 "Mandarin where the text has Chinese characters");
  app.add_option("--alphabet", options->alphabet, "arpabet or ipa")
      .one_of({"arpabet", "ipa"})
      .show_default();
  app.add_option("--format", options->format, "table (tab-separated) or json")
      .one_of({"table", "json"})
      .show_default();
  return {app, [options, &globals] { return run_phones(*options, globals); }};
}

}  // namespace saywell::cli
