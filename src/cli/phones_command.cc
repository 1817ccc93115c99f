// saywell phones TEXT: the tokens of a text and the pronunciations in use for each.
#include <boost/json.hpp>
#include <cstdio>
#include <iostream>
#include <memory>

#include "cli/command.h"
#include "cli/model_dir.h"
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

// One line a spoken word and variant; the token stands on its first line, "or" before a further
// reading.
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

boost::json::object to_json(const Pronunciation& pronunciation, bool ipa) {
  boost::json::array phones, stress;
  for (std::size_t i = 0; i < pronunciation.phones.size(); ++i) {
    phones.emplace_back(ipa ? phone_ipa(pronunciation.phones[i])
                            : phone_lower(pronunciation.phones[i]));
    stress.emplace_back(static_cast<int>(pronunciation.stress[i]));
  }
  return {{"phones", std::move(phones)}, {"stress", std::move(stress)}};
}

boost::json::array to_json(const std::vector<std::vector<SpokenWord>>& readings, bool ipa) {
  boost::json::array all;
  for (const std::vector<SpokenWord>& reading : readings) {
    boost::json::array words;
    for (const SpokenWord& word : reading) {
      boost::json::array variants;
      for (const Pronunciation& variant : word.variants) variants.push_back(to_json(variant, ipa));
      words.push_back(boost::json::object{{"text", word.text},
                                          {"dictionary", word.from_dictionary},
                                          {"variants", std::move(variants)}});
    }
    all.push_back(std::move(words));
  }
  return all;
}

boost::json::object to_json(const Token& token, bool ipa) {
  boost::json::object object{{"char", token.display}, {"begin", token.begin},
                             {"end", token.end},      {"sentenceEnd", token.sentence_end},
                             {"given", token.forced}, {"readings", to_json(token.readings, ipa)}};
  if (token.stressed) object["stressed"] = *token.stressed;
  if (token.rising) object["rising"] = *token.rising;
  if (token.pause_after) object["pauseAfter"] = *token.pause_after;
  if (token.linked) object["linked"] = *token.linked;
  return object;
}

void print_json(const ReferenceText& text, const PhonesOptions& options) {
  boost::json::array tokens;
  for (const Token& token : text.tokens) tokens.push_back(to_json(token, options.ipa()));
  std::cout << boost::json::object{{"alphabet", options.alphabet}, {"tokens", std::move(tokens)}}
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

Command add_phones_command(CLI::App& program, const GlobalOptions& globals) {
  CLI::App* app = program.add_subcommand("phones", "The pronunciations in use for a text");
  const auto options = std::make_shared<PhonesOptions>();
  app->add_option("TEXT", options->text, "Reference text, marks such as word(s:1) included")
      ->required();
  app->add_option("--alphabet", options->alphabet, "arpabet or ipa")
      ->check(CLI::IsMember({"arpabet", "ipa"}))
      ->capture_default_str();
  app->add_option("--format", options->format, "table (tab-separated) or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  return {app, [options, &globals] { return run_phones(*options, globals); }};
}

}  // namespace saywell::cli
