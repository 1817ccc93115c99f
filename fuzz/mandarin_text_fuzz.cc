// Any bytes as a Mandarin reference text: as pinyin, and as characters taken apart, before anything
// is looked up. Sandhi is applied to what pinyin gives, each syllable a possible 一.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "mandarin/character_text.h"
#include "mandarin/pinyin_text.h"
#include "mandarin/tone_sandhi.h"

namespace {

using namespace saywell;

constexpr std::size_t kMaxSyllables = 1500;

void require(bool condition) {
  if (!condition) std::abort();
}

void check_refusal(const Status& status) {
  require(status.code() == Code::kBadParameter || status.code() == Code::kUnsupportedWord);
  require(!status.detail().empty());
}

void check_pinyin(std::string_view bytes) {
  auto text = parse_pinyin_text(bytes, kMaxSyllables);
  if (!text.ok()) return check_refusal(text.status());
  require(!text->syllables.empty() && text->syllables.size() <= kMaxSyllables);
  std::vector<SandhiSyllable> syllables;
  std::size_t last_end = 0;
  for (MandarinSyllable& syllable : text->syllables) {
    require(syllable.begin >= last_end && syllable.end > syllable.begin);
    last_end = syllable.end;
    require(parse_syllable(pinyin_of(syllable.written)) == syllable.written);
    syllables.push_back({&syllable, Morpheme::kPerhapsYi, false, false});
  }
  require(last_end <= bytes.size());
  apply_sandhi(syllables);
  for (const MandarinSyllable& syllable : text->syllables) {
    require(syllable.tone >= 0 && syllable.tone < kToneCount);
    require(syllable.accepted[static_cast<std::size_t>(syllable.tone)]);
  }
}

void check_characters(std::string_view bytes) {
  const auto text = parse_character_text(bytes, kMaxSyllables);
  if (!text.ok()) return check_refusal(text.status());
  require(!text->characters.empty() && text->characters.size() <= kMaxSyllables);
  for (const WrittenCharacter& character : text->characters) {
    require(!character.hanzi.empty() && character.begin < character.end);
    require(character.end <= bytes.size());
    require(!character.place || *character.place < text->code_points.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_pinyin(bytes);
  check_characters(bytes);
  return 0;
}
