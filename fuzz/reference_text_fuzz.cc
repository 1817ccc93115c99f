// Any bytes as a reference text: split, folded, normalised and spoken. A rule replaces the
// dictionary: words with an even number of letters are known.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/letter_to_sound.h"
#include "text/normalise.h"
#include "text/reference_text.h"
#include "text/unicode_text.h"

namespace {

using namespace saywell;

void require(bool condition) {
  if (!condition) std::abort();
}

bool is_spoken_word(const std::string& word) {
  return !word.empty() && word.size() <= kMaxTokenBytes;
}

void check_readings(const Readings& readings) {
  require(readings.size() <= kMaxReadings);
  for (const Words& words : readings) {
    require(!words.empty());
    for (const std::string& word : words) {
      require(is_spoken_word(word));
      const auto phones = spelling_to_phones(word);
      require(!phones || phones->phones.size() == phones->stress.size());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto tokens = split_reference_text(text);
  if (!tokens.ok()) {
    require(tokens.status().code() == Code::kBadParameter && !tokens.status().detail().empty());
    return 0;
  }
  require(!tokens->empty() && tokens->size() <= kMaxTokens);
  std::size_t last_end = 0;
  std::string previous;
  for (std::size_t i = 0; i < tokens->size(); ++i) {
    const WrittenToken& token = (*tokens)[i];
    require(token.begin >= last_end &&
            text.substr(token.begin, token.end - token.begin) == token.display);
    last_end = token.end;
    const std::string folded = fold_to_ascii(token.display);
    const std::string next =
        i + 1 < tokens->size() ? fold_to_ascii((*tokens)[i + 1].display) : std::string();
    TokenContext context{previous, next, false,
                         [](std::string_view word) { return word.size() % 2 == 0; }};
    check_readings(normalise_token(folded, context));
    previous = folded;
  }
  return 0;
}
