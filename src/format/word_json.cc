#include "format/word_json.h"

#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "format/syllables.h"

namespace saywell {
namespace {

using boost::json::array;
using boost::json::object;

// is_err of the .pron kinds.
enum class ReadingError { kRight = 0, kAdded = 1, kLeftOut = 2, kMisread = 3, kRepeated = 4 };

double probability(double value) { return std::round(value * 1000) / 1000; }

std::string_view miscue_name(Miscue miscue) {
  switch (miscue) {
    case Miscue::kNone:
      return "none";
    case Miscue::kOmission:
      return "omission";
    case Miscue::kSubstitution:
      return "substitution";
    case Miscue::kRepetition:
      return "repetition";
  }
  return "none";
}

std::string_view extra_name(ExtraSpeech::Kind kind) {
  switch (kind) {
    case ExtraSpeech::Kind::kInsertion:
      return "insertion";
    case ExtraSpeech::Kind::kRepetition:
      return "repetition";
    case ExtraSpeech::Kind::kNoise:
      return "noise";
  }
  return "noise";
}

object phone_score_json(const PhoneResult& phone, const Presentation& presentation) {
  const auto shown = [&](std::string_view name) {
    return shown_phone(name, presentation.alphabet);
  };
  object json{{"char", shown(phone.phone)}, {"score", shown_score(phone.score, presentation)}};
  add_times(json, phone.time);
  json["pherr"] = static_cast<int>(phone.error);
  if (phone.error == PhoneError::kAddedAfter) json["added"] = shown(phone.added);
  json["heard"] = shown(phone.heard.phone);
  json["heardprob"] = probability(phone.heard.probability);
  array next;
  for (const PhoneGuess& guess : phone.next) {
    next.push_back(object{{"char", shown(guess.phone)}, {"prob", probability(guess.probability)}});
  }
  json["next"] = std::move(next);
  return json;
}

array phone_scores_json(const WordResult& word, const Presentation& presentation) {
  array phones;
  for (const PhoneResult& phone : word.phones) {
    phones.push_back(phone_score_json(phone, presentation));
  }
  return phones;
}

// 100 when a mark of the text (or its absence) was heard as asked for, else 0.
double as_asked(const WordResult& word, bool asked, bool heard) {
  return word.miscue != Miscue::kOmission && asked == heard ? 100 : 0;
}

object pron_entry(std::string_view lab, std::string_view rec, ReadingError error) {
  return {{"lab", lab}, {"rec", rec}, {"is_err", static_cast<int>(error)}};
}

array word_phones_json(const WordResult& word, Alphabet alphabet) {
  array entries;
  for (const PhoneResult& phone : word.phones) {
    // A phone with another one added after it is itself right.
    const bool added = phone.error == PhoneError::kAddedAfter;
    const auto error =
        added ? ReadingError::kRight : static_cast<ReadingError>(static_cast<int>(phone.error));
    const std::string lab = shown_phone(phone.phone, alphabet);
    const std::string rec =
        error == ReadingError::kRight ? lab : shown_phone(phone.heard.phone, alphabet);
    entries.push_back(pron_entry(lab, rec, error));
    if (added)
      entries.push_back(pron_entry("", shown_phone(phone.added, alphabet), ReadingError::kAdded));
  }
  return entries;
}

// The phones that were heard instead of a word, as text: the word they form is unknown.
std::string heard_text(const WordResult& word, Alphabet alphabet) {
  std::vector<PhoneGuess> heard = word.heard_instead;
  if (heard.empty()) {
    for (const PhoneResult& phone : word.phones) heard.push_back(phone.heard);
  }
  std::string text;
  for (const PhoneGuess& guess : heard) {
    if (guess.phone.empty()) continue;
    if (!text.empty()) text += ' ';
    text += shown_phone(guess.phone, alphabet);
  }
  return text;
}

object pron_word_json(const WordResult& word, Alphabet alphabet) {
  object json;
  switch (word.miscue) {
    case Miscue::kNone:
      json = pron_entry(word.text, word.text, ReadingError::kRight);
      break;
    case Miscue::kOmission:
      json = pron_entry(word.text, "", ReadingError::kLeftOut);
      break;
    case Miscue::kSubstitution:
      json = pron_entry(word.text, heard_text(word, alphabet), ReadingError::kMisread);
      break;
    case Miscue::kRepetition:
      json = pron_entry(word.text, word.text, ReadingError::kRepeated);
      break;
  }
  add_times(json, word.time);
  json["phone"] = word_phones_json(word, alphabet);
  return json;
}

object pron_extra_json(const ExtraSpeech& extra, Alphabet alphabet) {
  const bool repeated = extra.kind == ExtraSpeech::Kind::kRepetition;
  object json = pron_entry("", shown_phones(extra.text, alphabet),
                           repeated ? ReadingError::kRepeated : ReadingError::kAdded);
  add_times(json, extra.time);
  array phones;
  for (const PhoneGuess& guess : extra.phones) {
    phones.push_back(pron_entry("", shown_phone(guess.phone, alphabet), ReadingError::kAdded));
  }
  json["phone"] = std::move(phones);
  return json;
}

}  // namespace

void add_times(object& json, const std::optional<TimeSpanMs>& time) {
  if (!time) {
    for (const std::string_view name : {"start", "end", "dur"}) json[name] = nullptr;
    return;
  }
  json["start"] = shown_ms(time->start_ms);
  json["end"] = shown_ms(time->end_ms);
  json["dur"] = shown_ms(time->end_ms) - shown_ms(time->start_ms);
}

object word_score_json(const WordResult& word, const Presentation& presentation) {
  const auto shown = [&](double score) { return shown_score(score, presentation); };
  object json{{"char", word.text}, {"score", shown(word.score)}, {"total", shown(word.total)}};
  add_times(json, word.time);
  json["fluency"] = shown(word.fluency);
  json["miscue"] = miscue_name(word.miscue);
  json["stressref"] = word.stressed_asked ? 1 : 0;
  json["stressscore"] = shown(word.stress_score);
  json["toneref"] = word.rising_asked ? 1 : 0;
  json["tonescore"] = shown(as_asked(word, word.rising_asked, word.rising_heard));
  json["senseref"] = word.pause_asked ? 1 : 0;
  json["sensescore"] = shown(as_asked(word, word.pause_asked, word.pause_heard));
  json["phone"] = phone_scores_json(word, presentation);
  return json;
}

array syllable_stress_json(const WordResult& word, const Presentation& presentation) {
  std::vector<std::string> phones;
  for (const PhoneResult& phone : word.phones) phones.push_back(phone.phone);
  array syllables;
  for (const Syllable& syllable : phones_to_syllables(phones)) {
    std::string name;
    for (std::size_t i = syllable.first; i < syllable.end; ++i) {
      name += (name.empty() ? "" : "_") + shown_phone(phones[i], presentation.alphabet);
    }
    const bool stressed = syllable.vowel < syllable.end && word.phones[syllable.vowel].stress == 1;
    syllables.push_back(object{{"char", name},
                               {"ref", stressed ? 1 : 0},
                               {"score", shown_score(word.stress_score, presentation)}});
  }
  return syllables;
}

array extra_json(std::span<const ExtraSpeech> extra, const Presentation& presentation) {
  array entries;
  for (const ExtraSpeech& speech : extra) {
    object json{{"kind", extra_name(speech.kind)},
                {"char", shown_phones(speech.text, presentation.alphabet)},
                {"after", speech.after}};
    add_times(json, speech.time);
    json.erase("dur");
    entries.push_back(std::move(json));
  }
  return entries;
}

array phone_statistics_json(std::span<const WordResult> words, const Presentation& presentation) {
  struct Sum {
    int count = 0;
    double score = 0;
  };
  std::map<std::string, Sum> sums;
  for (const WordResult& word : words) {
    if (word.miscue == Miscue::kOmission) continue;
    for (const PhoneResult& phone : word.phones) {
      Sum& sum = sums[phone.phone];
      ++sum.count;
      sum.score += phone.score;
    }
  }
  array statistics;
  for (const auto& [phone, sum] : sums) {
    statistics.push_back(object{{"char", shown_phone(phone, presentation.alphabet)},
                                {"count", sum.count},
                                {"score", shown_score(sum.score / sum.count, presentation)}});
  }
  return statistics;
}

array pron_details_json(const Assessment& assessment, const Presentation& presentation) {
  array details;
  const auto add_extra_after = [&](int index) {
    for (const ExtraSpeech& extra : assessment.extra) {
      if (extra.after != index || extra.kind == ExtraSpeech::Kind::kNoise) continue;
      details.push_back(pron_extra_json(extra, presentation.alphabet));
    }
  };
  add_extra_after(-1);
  for (std::size_t i = 0; i < assessment.words.size(); ++i) {
    details.push_back(pron_word_json(assessment.words[i], presentation.alphabet));
    add_extra_after(static_cast<int>(i));
  }
  return details;
}

}  // namespace saywell
