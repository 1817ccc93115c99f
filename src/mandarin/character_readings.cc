#include "mandarin/character_readings.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "base/status_macros.h"
#include "mandarin/word_segmentation.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

// The word that a character is in adds this to the logarithm of the network's probability, per
// character behind its first. On g2pM's development sentences 5 to 8 are best, 0 costs 0.6 % of the
// readings.
constexpr float kWordBonus = 6;
// Of a reading that the network does not have, and of each that the dictionary lists behind
// another.
constexpr float kUnheardOf = -10;
constexpr float kLaterListed = -0.1F;

// Characters [first, first + length) of the text.
struct Word {
  std::size_t first = 0;
  std::size_t length = 0;
};

// A reading of a character and why it was chosen.
struct Choice {
  PackedSyllable reading;
  bool from_word = false;
};

Status no_reading(const WrittenCharacter& character) {
  return Status(Code::kUnsupportedWord, "refText",
                "'" + shortened(character.hanzi) + "' has no reading in Mandarin");
}

Status wrong_mark(const WrittenCharacter& character) {
  return Status(Code::kBadParameter, "refText",
                "'" + character.hanzi + "(" + pinyin_of(*character.given) +
                    ")' has a mark that is not a reading of its character");
}

class Reader {
 public:
  Reader(const CharacterReadings& with, const CharacterText& text)
      : dictionary_(with.dictionary), polyphones_(with.polyphones), text_(text) {}

  Status read() {
    for (const WrittenCharacter& character : text_.characters) {
      if (character.unreadable) return no_reading(character);
    }
    RETURN_IF_ERROR(ask_network());
    find_words();
    for (const Word& word : words_) {
      const std::vector<Choice> choices = choose(word);
      for (std::size_t i = 0; i < word.length; ++i) {
        RETURN_IF_ERROR(append(word, i, choices[i]));
      }
      end_word();
    }
    return {};
  }

  MandarinText& result() { return result_; }
  std::vector<bool>& part_ends() { return part_ends_; }

 private:
  const WrittenCharacter& character(std::size_t i) const { return text_.characters[i]; }
  bool is_looked_up(std::size_t i) const { return !character(i).given || character(i).from_mark; }

  std::vector<Reading> readings_of(std::size_t i) const {
    return dictionary_.find(character(i).hanzi);
  }

  // Log probabilities for all characters that the network knows, at once.
  Status ask_network() {
    std::u32string simple = text_.code_points;
    for (char32_t& value : simple) value = dictionary_.simplified(value);
    std::vector<std::size_t> places, characters;
    for (std::size_t i = 0; i < text_.characters.size(); ++i) {
      if (!character(i).place || character(i).given) continue;
      if (!polyphones_.knows(simple[*character(i).place])) continue;
      places.push_back(*character(i).place);
      characters.push_back(i);
    }
    ASSIGN_OR_RETURN(std::vector<std::vector<float>> rows,
                     polyphones_.log_probabilities(simple, places));
    network_.resize(text_.characters.size());
    for (std::size_t i = 0; i < rows.size(); ++i) network_[characters[i]] = std::move(rows[i]);
    return {};
  }

  // Words of each stretch that blanks, punctuation and letters border.
  void find_words() {
    for (std::size_t first = 0; first < text_.characters.size();) {
      if (!is_looked_up(first)) {
        const std::size_t begin = first++;
        while (first < text_.characters.size() && !is_looked_up(first) &&
               !character(first - 1).gap_after) {
          ++first;
        }
        words_.push_back({begin, first - begin});
        continue;
      }
      std::string run = character(first).hanzi;
      std::size_t end = first + 1;
      while (end < text_.characters.size() && is_looked_up(end) && !character(end - 1).gap_after) {
        run += character(end++).hanzi;
      }
      for (const std::size_t length : segment(run, ReadingDictionary::kLongestWord)) {
        words_.push_back({first, length});
        first += length;
      }
      first = end;
    }
  }

  std::vector<std::size_t> segment(std::string_view run, std::size_t longest) const {
    return segment_words(run, longest,
                         [this](std::string_view word) { return dictionary_.contains(word); });
  }

  std::string text_of(const Word& word) const {
    std::string text;
    for (std::size_t i = 0; i < word.length; ++i) text += character(word.first + i).hanzi;
    return text;
  }

  // A neutral reading that the network does not have is as likely as the syllable with its
  // likeliest tone: where a syllable loses its tone, the dictionary knows.
  float network_score(std::size_t i, PackedSyllable reading) const {
    // Few sentences that the network learnt from have erhua: there the dictionary's words decide.
    if (network_[i].empty() || reading.is_erhua()) return 0;
    const std::size_t* number = polyphones_.reading_number(reading);
    if (number != nullptr) return std::max(kUnheardOf, network_[i][*number]);
    float best = kUnheardOf;
    if (reading.syllable().tone != kNeutralTone) return best;
    for (std::uint8_t tone = 1; tone < kToneCount; ++tone) {
      number = polyphones_.reading_number(PackedSyllable({reading.syllable().id, tone, false}));
      if (number != nullptr) best = std::max(best, network_[i][*number]);
    }
    return best;
  }

  std::vector<Choice> choose(const Word& word) const {
    std::vector<Choice> choices(word.length);
    if (!is_looked_up(word.first)) return choices;
    const std::optional<Reading> whole = word.length > 1 ? best_of_word(word) : std::nullopt;
    for (std::size_t i = 0; i < word.length; ++i) {
      const float bonus = kWordBonus * static_cast<float>(word.length - 1);
      choices[i] = best_of_character(word.first + i, whole ? &(*whole)[i] : nullptr, bonus);
    }
    return choices;
  }

  // Of a word's readings the one that the network finds likeliest.
  std::optional<Reading> best_of_word(const Word& word) const {
    std::optional<Reading> best;
    float best_score = -std::numeric_limits<float>::infinity();
    for (Reading& reading : dictionary_.find(text_of(word))) {
      float score = 0;
      for (std::size_t i = 0; i < word.length; ++i)
        score += network_score(word.first + i, reading[i]);
      if (score > best_score) {
        best = std::move(reading);
        best_score = score;
      }
    }
    return best;
  }

  Choice best_of_character(std::size_t i, const PackedSyllable* in_word, float bonus) const {
    Choice best;
    float best_score = -std::numeric_limits<float>::infinity();
    if (in_word != nullptr) {
      best = {*in_word, true};
      if (in_word->is_erhua()) return best;
      best_score = network_score(i, *in_word) + bonus;
    }
    float listed = 0;
    for (const Reading& reading : readings_of(i)) {
      if (reading[0].is_erhua()) continue;
      const float score = network_score(i, reading[0]) + listed;
      listed += kLaterListed;
      if (score > best_score) {
        best = {reading[0], false};
        best_score = score;
      }
    }
    return best;
  }

  // Adds the syllable of a word's character `i`, or joins it as erhua to the one before.
  Status append(const Word& word, std::size_t i, const Choice& choice) {
    const WrittenCharacter& written = character(word.first + i);
    const bool joins = written.erhua.value_or(!written.given && choice.reading.is_erhua());
    if (written.hanzi == "儿" || written.hanzi == "兒") {
      if (joins && can_take_erhua()) {
        join_erhua(written);
        return {};
      }
      if (written.erhua == true) return wrong_place(written);
    }
    MandarinSyllable syllable;
    syllable.hanzi = written.hanzi;
    syllable.begin = written.begin;
    syllable.end = written.end;
    syllable.fixed = written.from_mark;
    syllable.digit = written.digit;
    ASSIGN_OR_RETURN(syllable.written, syllable_of(word.first + i, choice));
    if (written.erhua == true) syllable.written.erhua = true;
    if (!written.given) keep_full_tone(word.first + i, choice, syllable);
    mark_borders(written, syllable);
    result_.syllables.push_back(std::move(syllable));
    part_ends_.push_back(false);
    return {};
  }

  Result<Syllable> syllable_of(std::size_t i, const Choice& choice) const {
    const WrittenCharacter& written = character(i);
    if (written.given && !written.from_mark) return *written.given;
    if (written.given) {
      if (!is_reading(i, *written.given)) return wrong_mark(written);
      return *written.given;
    }
    if (!choice.reading.is_erhua()) return choice.reading.syllable();
    for (const Reading& reading : readings_of(i)) {
      if (!reading[0].is_erhua()) return reading[0].syllable();
    }
    return no_reading(written);
  }

  // The text in brackets may be said in any way, unless it is one character.
  bool is_reading(std::size_t i, const Syllable& given) const {
    const WrittenCharacter& written = character(i);
    const std::vector<Reading> readings = readings_of(i);
    if (!written.place && readings.empty()) return true;
    return std::any_of(readings.begin(), readings.end(), [&](const Reading& reading) {
      if (reading[0].is_erhua()) return false;
      const Syllable known = reading[0].syllable();
      const bool by_sandhi = (known.tone == 3 && given.tone == 2) ||
                             (written.hanzi == "一" && (given.tone == 2 || given.tone == 4)) ||
                             (written.hanzi == "不" && given.tone == 2);
      return known.id == given.id &&
             (known.tone == given.tone || given.tone == kNeutralTone || by_sandhi);
    });
  }

  // Where the dictionary's word has neutral and the network hears a full tone of the same syllable,
  // that is the written tone, and neutral what is said: 认识 ren4-shi2, said ren4-shi0.
  void keep_full_tone(std::size_t i, const Choice& choice, MandarinSyllable& syllable) const {
    if (!choice.from_word || network_[i].empty() || syllable.written.tone != kNeutralTone) return;
    const Choice alone = best_of_character(i, nullptr, 0);
    const Syllable heard = alone.reading.syllable();
    if (heard.id != syllable.written.id || heard.tone == kNeutralTone) return;
    syllable.written.tone = heard.tone;
    syllable.neutral_in_word = true;
  }

  bool can_take_erhua() const {
    if (result_.syllables.empty()) return false;
    const MandarinSyllable& last = result_.syllables.back();
    return !last.pause_after && !last.written.erhua && !last.hanzi.empty() &&
           final_of(last.written.id) != "er";
  }

  static Status wrong_place(const WrittenCharacter& written) {
    return Status(Code::kBadParameter, "refText",
                  "'" + written.hanzi + "(er:1)' has no syllable before it that takes erhua");
  }

  void join_erhua(const WrittenCharacter& written) {
    MandarinSyllable& last = result_.syllables.back();
    last.written.erhua = true;
    last.hanzi += written.hanzi;
    last.end = written.end;
    mark_borders(written, last);
  }

  static void mark_borders(const WrittenCharacter& written, MandarinSyllable& syllable) {
    syllable.pause_after = written.pause_after;
    syllable.sentence_end = written.sentence_end;
  }

  // Parts of a longer word: 展览|馆, 小|老虎; two and one where the dictionary has neither.
  void end_word() {
    const std::size_t first = word_begin_;
    const std::size_t length = result_.syllables.size() - first;
    word_begin_ = result_.syllables.size();
    if (length == 0) {
      if (!result_.syllables.empty()) result_.syllables.back().word_end = true;
      return;
    }
    result_.syllables.back().word_end = true;
    if (length < 3) return;
    std::string text;
    for (std::size_t i = first; i < word_begin_; ++i) text += result_.syllables[i].hanzi;
    const std::vector<std::size_t> parts = segment(text, length - 1);
    std::size_t end = first;
    for (const std::size_t part : parts) {
      end += part;
      if (end < word_begin_ && parts.size() < length) part_ends_[end - 1] = true;
    }
    if (parts.size() >= length) {
      for (std::size_t i = first + 1; i + 1 < word_begin_; i += 2) part_ends_[i] = true;
    }
  }

  const ReadingDictionary& dictionary_;
  const PolyphoneModel& polyphones_;
  const CharacterText& text_;
  std::vector<std::vector<float>> network_;  // one per character; empty where it was not asked
  std::vector<Word> words_;
  MandarinText result_;
  std::vector<bool> part_ends_;
  std::size_t word_begin_ = 0;
};

}  // namespace

Result<MandarinText> CharacterReadings::read(const CharacterText& text,
                                             std::vector<bool>& part_ends) const {
  Reader reader(*this, text);
  RETURN_IF_ERROR(reader.read());
  part_ends = std::move(reader.part_ends());
  return std::move(reader.result());
}

}  // namespace saywell
