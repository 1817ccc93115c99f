#include "recognise/token_vocabulary.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/model_file.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr std::size_t kPieceCount = 32000;
constexpr std::size_t kFirstByteToken = 3, kByteTokens = 256;
constexpr std::string_view kVocabularyName = "llama_vocab_base64";
constexpr std::string_view kBlank = "▁";

std::optional<std::string> decode_base64(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<int, 256> values;
  values.fill(-1);
  for (std::size_t i = 0; i < kDigits.size(); ++i) {
    values[static_cast<unsigned char>(kDigits[i])] = static_cast<int>(i);
  }
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int bit_count = 0;
  for (const char c : text) {
    if (c == '=') break;
    const int value = values[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    bit_count += 6;
    if (bit_count < 8) continue;
    bit_count -= 8;
    bytes.push_back(static_cast<char>((bits >> bit_count) & 0xFF));
  }
  return bytes;
}

// The string that the script assigns to its vocabulary.
std::optional<std::string_view> find_vocabulary(std::string_view script) {
  for (std::size_t at = script.find(kVocabularyName); at != std::string_view::npos;
       at = script.find(kVocabularyName, at + 1)) {
    const std::string_view rest = script.substr(at + kVocabularyName.size());
    const std::size_t quote = rest.find_first_not_of(" =");
    if (quote == std::string_view::npos || quote == 0) continue;
    const char delimiter = rest[quote];
    if (delimiter != '"' && delimiter != '\'' && delimiter != '`') continue;
    const std::size_t end = rest.find(delimiter, quote + 1);
    if (end == std::string_view::npos) return std::nullopt;
    return rest.substr(quote + 1, end - quote - 1);
  }
  return std::nullopt;
}

std::size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xF0) return 4;
  return lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
}

// `text` without the bytes that are no UTF-8.
std::string keep_utf8(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = utf8_length(lead);
    bool whole = i + length <= text.size() && (lead < 0x80 || lead >= 0xC0);
    for (std::size_t k = 1; whole && k < length; ++k) {
      whole = (static_cast<unsigned char>(text[i + k]) & 0xC0) == 0x80;
    }
    if (whole) kept += text.substr(i, length);
    i += whole ? length : 1;
  }
  return kept;
}

std::string with_blanks(std::string_view pieces) {
  std::string text;
  while (true) {
    const std::size_t at = pieces.find(kBlank);
    text += pieces.substr(0, at);
    if (at == std::string_view::npos) return text;
    text += ' ';
    pieces.remove_prefix(at + kBlank.size());
  }
}

}  // namespace

Result<TokenVocabulary> TokenVocabulary::load(const std::string& model_dir) {
  const std::string path = model_dir + "/llama_tokenizer.js";
  ASSIGN_OR_RETURN(const std::string script, read_model_file(path));
  return parse(script, path);
}

Result<TokenVocabulary> TokenVocabulary::parse(std::string_view script, const std::string& name) {
  const Status other(
      Code::kKernelUnavailable,
      "model file '" + name + "' does not hold the vocabulary of llama-tokenizer-js");
  const auto encoded = find_vocabulary(script);
  if (!encoded) return other;
  const auto text = decode_base64(*encoded);
  if (!text) return other;
  TokenVocabulary vocabulary;
  for (std::size_t begin = 0; begin <= text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    vocabulary.pieces_.push_back(text->substr(begin, end - begin));
    begin = end + 1;
  }
  if (vocabulary.pieces_.size() != kPieceCount || vocabulary.pieces_[kFirstByteToken] != "<0x00>")
    return other;
  for (std::size_t id = 0; id < kPieceCount; ++id) {
    vocabulary.ids_.emplace(vocabulary.pieces_[id], static_cast<TokenId>(id));
  }
  return vocabulary;
}

bool TokenVocabulary::is_text(TokenId token) const {
  return token >= static_cast<TokenId>(kFirstByteToken) &&
         token < static_cast<TokenId>(pieces_.size());
}

bool TokenVocabulary::begins_word(TokenId token) const {
  return is_text(token) && pieces_[static_cast<std::size_t>(token)].starts_with(kBlank);
}

std::string TokenVocabulary::tokens_to_text(std::span<const TokenId> tokens) const {
  std::string bytes;
  for (const TokenId token : tokens) {
    if (!is_text(token)) continue;
    const auto id = static_cast<std::size_t>(token);
    if (id < kFirstByteToken + kByteTokens) {
      bytes.push_back(static_cast<char>(id - kFirstByteToken));
    } else {
      bytes += pieces_[id];
    }
  }
  std::string text = with_blanks(keep_utf8(bytes));
  if (text.starts_with(' ')) text.erase(0, 1);
  return text;
}

std::vector<TokenId> TokenVocabulary::split_to_characters(std::string_view text) const {
  std::string spaced(kBlank);
  for (const char c : text) {
    if (c != ' ') {
      spaced += c;
    } else if (!spaced.ends_with(kBlank)) {
      spaced += kBlank;
    }
  }
  if (spaced.size() > kBlank.size() && spaced.ends_with(kBlank)) {
    spaced.resize(spaced.size() - kBlank.size());
  }
  std::vector<TokenId> tokens;
  for (std::size_t i = 0; i < spaced.size();) {
    const std::size_t length = utf8_length(static_cast<unsigned char>(spaced[i]));
    const std::string character = spaced.substr(i, length);
    if (const auto found = ids_.find(character); found != ids_.end()) {
      tokens.push_back(found->second);
    } else {
      for (const char byte : character) {
        tokens.push_back(static_cast<TokenId>(kFirstByteToken + static_cast<unsigned char>(byte)));
      }
    }
    i += length;
  }
  return tokens;
}

std::vector<TokenId> TokenVocabulary::text_to_tokens(std::string_view text) const {
  std::vector<TokenId> tokens = split_to_characters(text);
  for (;;) {
    TokenId best = static_cast<TokenId>(pieces_.size());
    std::size_t place = 0;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      const auto found = ids_.find(pieces_[static_cast<std::size_t>(tokens[i])] +
                                   pieces_[static_cast<std::size_t>(tokens[i + 1])]);
      if (found == ids_.end() || found->second >= best) continue;
      best = found->second;
      place = i;
    }
    if (best == static_cast<TokenId>(pieces_.size())) return tokens;
    tokens[place] = best;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(place) + 1);
  }
}

}  // namespace saywell
