#include "mandarin/mandarin_front_end.h"

#include <array>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "mandarin/character_readings.h"
#include "mandarin/character_text.h"
#include "mandarin/hanzi.h"
#include "mandarin/pinyin_text.h"
#include "mandarin/pinyin_words.h"
#include "mandarin/tone_sandhi.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

Morpheme morpheme_of(const MandarinSyllable& syllable) {
  if (syllable.hanzi == "一") return Morpheme::kYi;
  return syllable.hanzi == "不" ? Morpheme::kBu : Morpheme::kOther;
}

// A part of a longer word ends behind every second syllable, but no part is a last one alone behind
// a pair: 2 + 1 for three, 2 + 2 for four.
bool is_part_end(std::size_t place, std::size_t length) {
  return length > 2 && place % 2 == 1 && place + 1 < length;
}

struct NamedKind {
  std::string_view core_type;
  MandarinTextKind kind;
};
constexpr auto kKinds =
    std::to_array<NamedKind>({{"cn.word.score", {MandarinScript::kPinyin, 7}},
                              {"cn.sent.score", {MandarinScript::kPinyin, 50}},
                              {"cn.word.raw", {MandarinScript::kCharacters, 7}},
                              {"cn.sent.raw", {MandarinScript::kCharacters, 50}},
                              {"cn.pred.raw", {MandarinScript::kCharacters, 1500}}});

}  // namespace

std::optional<MandarinTextKind> mandarin_text_kind(std::string_view core_type) {
  for (const NamedKind& named : kKinds) {
    if (named.core_type == core_type) return named.kind;
  }
  return std::nullopt;
}

bool has_hanzi(std::string_view text) {
  const auto points = decode_text(text);
  if (!points.ok()) return false;
  for (const CodePoint& point : *points) {
    if (is_hanzi(point.value)) return true;
  }
  return false;
}

struct MandarinFrontEnd::Data {
  ReadingDictionary dictionary;
  PolyphoneModel polyphones;
  PinyinWords pinyin_words;

  static Result<Data> load(const std::string& model_dir) {
    ASSIGN_OR_RETURN(ReadingDictionary dictionary, ReadingDictionary::load(model_dir));
    ASSIGN_OR_RETURN(PolyphoneModel polyphones,
                     PolyphoneModel::load(model_dir + "/mandarin_polyphones.onnx"));
    PinyinWords words(dictionary);
    return Data{std::move(dictionary), std::move(polyphones), std::move(words)};
  }
};

struct MandarinFrontEnd::Impl {
  std::string model_dir;
  std::once_flag once;
  std::optional<Result<Data>> data;

  Result<const Data*> loaded() {
    std::call_once(once, [this] { data.emplace(Data::load(model_dir)); });
    if (!data->ok()) return data->status();
    return &**data;
  }

  Result<MandarinText> read_characters(std::string_view ref_text, std::size_t max_syllables) {
    ASSIGN_OR_RETURN(const CharacterText written, parse_character_text(ref_text, max_syllables));
    ASSIGN_OR_RETURN(const Data* with, loaded());
    std::vector<bool> part_ends;
    const CharacterReadings readings{with->dictionary, with->polyphones};
    ASSIGN_OR_RETURN(MandarinText text, readings.read(written, part_ends));
    std::vector<SandhiSyllable> syllables;
    for (std::size_t i = 0; i < text.syllables.size(); ++i) {
      syllables.push_back(
          {&text.syllables[i], morpheme_of(text.syllables[i]), part_ends[i], false});
    }
    apply_sandhi(syllables);
    return text;
  }

  Result<MandarinText> read_pinyin(std::string_view ref_text, std::size_t max_syllables) {
    ASSIGN_OR_RETURN(MandarinText text, parse_pinyin_text(ref_text, max_syllables));
    ASSIGN_OR_RETURN(const Data* with, loaded());
    std::vector<SandhiSyllable> syllables;
    for (std::size_t first = 0; first < text.syllables.size();) {
      std::vector<Syllable> word;
      do {
        word.push_back(text.syllables[first + word.size()].written);
      } while (!text.syllables[first + word.size() - 1].word_end);
      const PinyinWord known = with->pinyin_words.look_up(word);
      for (std::size_t i = 0; i < word.size(); ++i) {
        MandarinSyllable& syllable = text.syllables[first + i];
        if (known.neutral[i]) syllable.accepted.set(kNeutralTone);
        syllable.neutral_in_word = known.neutral[i] && !known.known;
        syllables.push_back(
            {&syllable, known.morphemes[i], is_part_end(i, word.size()), known.known});
      }
      first += word.size();
    }
    apply_sandhi(syllables);
    return text;
  }
};

MandarinFrontEnd::MandarinFrontEnd(std::string model_dir) : impl_(std::make_unique<Impl>()) {
  impl_->model_dir = std::move(model_dir);
}
MandarinFrontEnd::MandarinFrontEnd(MandarinFrontEnd&&) noexcept = default;
MandarinFrontEnd& MandarinFrontEnd::operator=(MandarinFrontEnd&&) noexcept = default;
MandarinFrontEnd::~MandarinFrontEnd() = default;

Result<MandarinText> MandarinFrontEnd::read_text(std::string_view ref_text,
                                                 const MandarinTextKind& kind) const {
  return kind.script == MandarinScript::kPinyin
             ? impl_->read_pinyin(ref_text, kind.max_syllables)
             : impl_->read_characters(ref_text, kind.max_syllables);
}

}  // namespace saywell
