#include "format/pronunciations_json.h"

#include <boost/json/array.hpp>
#include <utility>

namespace saywell {
namespace {

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

}  // namespace

boost::json::object reference_text_to_json(const ReferenceText& text, Alphabet alphabet) {
  const bool ipa = alphabet == Alphabet::kIpa;
  boost::json::array tokens;
  for (const Token& token : text.tokens) tokens.push_back(to_json(token, ipa));
  return {{"alphabet", ipa ? "ipa" : "arpabet"}, {"tokens", std::move(tokens)}};
}

}  // namespace saywell
