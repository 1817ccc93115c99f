#include "format/mandarin_text_json.h"

#include <boost/json/array.hpp>
#include <utility>

namespace saywell {
namespace {

boost::json::object to_json(const MandarinSyllable& syllable) {
  boost::json::array accepted, sounds;
  for (std::size_t tone = 0; tone < syllable.accepted.size(); ++tone) {
    if (syllable.accepted[tone]) accepted.emplace_back(tone);
  }
  for (const std::string_view sound : sounds_of(syllable.written)) sounds.emplace_back(sound);
  boost::json::value hanzi(nullptr);
  if (!syllable.hanzi.empty()) hanzi = syllable.hanzi;
  return {{"hanzi", std::move(hanzi)},
          {"pinyin", pinyin_of(syllable.written)},
          {"spoken", pinyin_of(syllable.spoken())},
          {"tone", syllable.tone},
          {"accepted", std::move(accepted)},
          {"sounds", std::move(sounds)},
          {"begin", syllable.begin},
          {"end", syllable.end},
          {"given", syllable.fixed},
          {"wordEnd", syllable.word_end},
          {"pauseAfter", syllable.pause_after},
          {"sentenceEnd", syllable.sentence_end}};
}

}  // namespace

boost::json::object mandarin_text_to_json(const MandarinText& text) {
  boost::json::array syllables;
  for (const MandarinSyllable& syllable : text.syllables) syllables.push_back(to_json(syllable));
  return {{"language", "cn"}, {"syllables", std::move(syllables)}};
}

}  // namespace saywell
