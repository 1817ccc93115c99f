#include "mandarin/tone_sandhi.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace saywell {
namespace {

constexpr auto kNumerals = std::to_array<std::string_view>(
    {"〇", "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
     "百", "千", "万", "萬", "亿", "億", "两", "兩", "点", "點", "第", "初"});
constexpr auto kDigits = std::to_array<std::string_view>(
    {"〇", "零", "一", "二", "三", "四", "五", "六", "七", "八", "九"});
// Behind these 一 says which, not how many.
constexpr auto kOrdinals =
    std::to_array<std::string_view>({"月", "号", "號", "日", "楼", "樓", "级", "級"});

template <class List>
bool is_one_of(const List& list, std::string_view word) {
  return !word.empty() && std::find(list.begin(), list.end(), word) != list.end();
}

class Sandhi {
 public:
  explicit Sandhi(std::vector<SandhiSyllable>& syllables) : all_(syllables) {}

  void apply() {
    for (SandhiSyllable& each : all_) {
      each.syllable->tone =
          each.syllable->neutral_in_word ? kNeutralTone : each.syllable->written.tone;
    }
    for (std::size_t i = 0; i + 1 < all_.size(); ++i) make_repeated_neutral(i);
    for (std::size_t i = 0; i < all_.size(); ++i) {
      change_yi(i);
      change_bu(i);
    }
    for (std::size_t first = 0; first < all_.size();) {
      std::size_t end = first + 1;
      while (end < all_.size() && !at(end - 1).pause_after) ++end;
      change_third_tones(first, end);
      first = end;
    }
    for (SandhiSyllable& each : all_) {
      each.syllable->accepted.set(static_cast<std::size_t>(each.syllable->tone));
      each.syllable->accepted.set(each.syllable->written.tone);
    }
  }

 private:
  MandarinSyllable& at(std::size_t i) { return *all_[i].syllable; }

  // True when i + 1 follows in the same phrase.
  bool has_next(std::size_t i) { return i + 1 < all_.size() && !at(i).pause_after; }
  bool has_previous(std::size_t i) { return i > 0 && !at(i - 1).pause_after; }
  std::string_view hanzi(std::size_t i) { return at(i).hanzi; }

  bool same_syllable(std::size_t a, std::size_t b) {
    return at(a).written == at(b).written && hanzi(a) == hanzi(b);
  }

  bool begins_word(std::size_t i) { return i == 0 || at(i - 1).word_end; }
  bool is_single(std::size_t i) { return begins_word(i) && at(i).word_end; }

  // 看看, kan4-kan4: written as one word of two syllables, or as two words of one.
  void make_repeated_neutral(std::size_t i) {
    if (!has_next(i) || !same_syllable(i, i + 1) || at(i).fixed || at(i + 1).fixed) return;
    if (at(i).written.tone == kNeutralTone || is_one_of(kNumerals, hanzi(i))) return;
    const bool two_words = is_single(i) && is_single(i + 1) && !hanzi(i).empty();
    const bool one_word = hanzi(i).empty() && begins_word(i) && !at(i).word_end &&
                          at(i + 1).word_end && !all_[i].listed;
    if (!two_words && !one_word) return;
    at(i + 1).tone = kNeutralTone;
    if (at(i).written.tone == 3) at(i).tone = 2;
  }

  // 看一看, 是不是
  bool is_between_equals(std::size_t i) {
    return i > 0 && has_previous(i) && has_next(i) && same_syllable(i - 1, i + 1) &&
           !is_one_of(kNumerals, hanzi(i - 1));
  }

  bool is_unchanged(std::size_t i, int citation_tone) {
    return !at(i).fixed && at(i).tone == citation_tone && at(i).written.tone == citation_tone;
  }

  // The tone of the next syllable by itself: the neutral 个 of 一个 counts as the fourth that it
  // has elsewhere.
  int next_tone(std::size_t i) {
    const MandarinSyllable& next = at(i + 1);
    if (next.fixed) return next.tone;
    const bool is_ge =
        spelling_of(next.written.id) == "ge" || spelling_of(next.written.id) == "xia";
    return next.written.tone == kNeutralTone && is_ge ? 4 : next.written.tone;
  }

  bool is_counted_off(std::size_t i) {
    if (at(i).digit || !has_next(i)) return true;
    if (at(i).word_end && !begins_word(i)) return true;
    const bool after_di = hanzi(i).empty() && has_previous(i) &&
                          spelling_of(at(i - 1).written.id) == "di" && at(i - 1).written.tone == 4;
    if (after_di || (has_previous(i) && is_one_of(kNumerals, hanzi(i - 1)))) return true;
    const bool before_decimals = (hanzi(i + 1) == "点" || hanzi(i + 1) == "點") &&
                                 has_next(i + 1) && is_one_of(kDigits, hanzi(i + 2));
    const bool before_class =
        hanzi(i + 1) == "年" && has_next(i + 1) && (hanzi(i + 2) == "级" || hanzi(i + 2) == "級");
    return is_one_of(kDigits, hanzi(i + 1)) || is_one_of(kOrdinals, hanzi(i + 1)) ||
           before_decimals || before_class;
  }

  void change(std::size_t i, int tone, bool is_sure) {
    if (is_sure) at(i).tone = tone;
    at(i).accepted.set(static_cast<std::size_t>(tone));
  }

  void change_yi(std::size_t i) {
    const Morpheme morpheme = all_[i].morpheme;
    const bool is_sure = morpheme == Morpheme::kYi;
    if ((!is_sure && morpheme != Morpheme::kPerhapsYi) || !is_unchanged(i, 1)) return;
    if (is_counted_off(i)) return;
    change(i, next_tone(i) == 4 ? 2 : 4, is_sure);
    if (is_between_equals(i)) change(i, kNeutralTone, is_sure);
  }

  void change_bu(std::size_t i) {
    const Morpheme morpheme = all_[i].morpheme;
    const bool is_sure = morpheme == Morpheme::kBu;
    if ((!is_sure && morpheme != Morpheme::kPerhapsBu) || !is_unchanged(i, 4)) return;
    if (!has_next(i)) return;
    if (next_tone(i) == 4) change(i, 2, is_sure);
    if (is_between_equals(i)) change(i, kNeutralTone, is_sure);
  }

  // A third before a third; what was changed before (一, 不) is no third.
  void change_third(std::size_t i) {
    if (at(i).tone == 3 && at(i + 1).tone == 3 && !at(i).fixed) at(i).tone = 2;
  }

  // Of syllables [first, end), a phrase without a pause.
  void change_third_tones(std::size_t first, std::size_t end) {
    std::vector<std::size_t> part_ends = ends_of_parts(first, end);
    std::size_t begin = first;
    for (const std::size_t part_end : part_ends) {
      for (std::size_t i = begin; i + 1 < part_end; ++i) change_third(i);
      begin = part_end;
    }
    part_ends.pop_back();  // behind it the phrase ends
    for (auto border = part_ends.rbegin(); border != part_ends.rend(); ++border) {
      change_third(*border - 1);
    }
  }

  // Parts of words; of words of one syllable two neighbours make one.
  std::vector<std::size_t> ends_of_parts(std::size_t first, std::size_t end) {
    std::vector<std::size_t> ends;
    for (std::size_t i = first; i < end; ++i) {
      if (i + 1 < end && is_single(i) && is_single(i + 1)) ++i;
      if (i + 1 == end || at(i).word_end || all_[i].part_end) ends.push_back(i + 1);
    }
    return ends;
  }

  std::vector<SandhiSyllable>& all_;
};

}  // namespace

void apply_sandhi(std::vector<SandhiSyllable>& syllables) { Sandhi(syllables).apply(); }

}  // namespace saywell
