// Reference text to the phones of every way to say it: the room's whole work in one call.
//
//   const auto front_end = TextFrontEnd::load(model_dir);
//   const auto text = front_end->text_to_pronunciations("We'd like 2 tickets.");
//
// Words come from the CMU dictionary with all their variants, British ones it lists included;
// others are guessed from their spelling.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "saywell/status.h"
#include "text/lexicon.h"
#include "text/normalise.h"
#include "text/reference_text.h"

namespace saywell {

inline constexpr std::size_t kMaxGivenPhones = 200;  // a token

class TextFrontEnd {
 public:
  // Reads the dictionary `cmudict.js` of the model directory. Code 40051 naming the file when it is
  // missing or damaged.
  static Result<TextFrontEnd> load(const std::string& model_dir);

  // The tokens of `ref_text` with their pronunciations. Code 40031 as split_reference_text(), 20301
  // naming the first token that can't become phones. Thread-safe.
  Result<ReferenceText> text_to_pronunciations(std::string_view ref_text) const;

  // The same with the pronunciations given by the caller: `phones` has one list of phones (ARPAbet
  // or IPA) a token, which is then its only reading. Where a list has no stress digits, the stress
  // is taken from the closest pronunciation that the text itself has. A token may be one that has
  // none (no 20301). Code 40031 when the numbers of tokens and lists differ, naming both, for an
  // unknown phone and an empty or endless list, naming the token. Thread-safe.
  Result<ReferenceText> text_with_given_phones(
      std::string_view ref_text, const std::vector<std::vector<std::string>>& phones) const;

 private:
  explicit TextFrontEnd(Lexicon lexicon);
  std::vector<Token> read_tokens(const std::vector<WrittenToken>& written) const;
  std::vector<std::vector<SpokenWord>> spoken_readings(const std::string& folded,
                                                       const TokenContext& context) const;

  std::shared_ptr<const Lexicon> lexicon_;
};

}  // namespace saywell
