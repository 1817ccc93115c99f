// Turns a reference text into all its pronunciations: the work of this room in one call.
//
//   const auto front_end = TextFrontEnd::load(model_dir);
//   const auto text = front_end->text_to_pronunciations("We'd like 2 tickets.");
//
// Words have all variants of the CMU dictionary, including the British ones it lists. Other words
// are guessed from their spelling.
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

inline constexpr std::size_t kMaxGivenPhones = 200;  // per token

class TextFrontEnd {
 public:
  // Reads the dictionary `cmudict.js` of the model directory. Code 40051 names the file when it is
  // missing or damaged.
  static Result<TextFrontEnd> load(const std::string& model_dir);

  // The tokens of `ref_text` with their pronunciations. Code 40031 as split_reference_text(); 20301
  // names the first token without a pronunciation. Thread-safe.
  Result<ReferenceText> text_to_pronunciations(std::string_view ref_text) const;

  // The same with pronunciations from the caller: `phones` has one list of phones (ARPAbet or IPA)
  // per token, which is then its only reading. A list without stress digits takes its stress from
  // the closest pronunciation of the text itself. A token may lack one (no 20301). Code 40031 when
  // the numbers of tokens and lists differ, and for an unknown phone or an empty or too long list,
  // whose token it names. Thread-safe.
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
