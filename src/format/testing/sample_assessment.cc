#include "format/testing/sample_assessment.h"

#include <utility>
#include <vector>

namespace saywell {
namespace {

PhoneResult phone(const std::string& name, double start_ms, double end_ms, double score) {
  PhoneResult result;
  result.phone = name;
  result.score = score;
  result.time = TimeSpanMs{start_ms, end_ms};
  result.heard = {name, 0.875};
  result.next = {{"t", 0.0625}};
  return result;
}

WordResult word(const std::string& text, std::vector<PhoneResult> phones, double score) {
  WordResult result;
  result.text = text;
  result.spoken = {text};
  result.time = TimeSpanMs{phones.front().time->start_ms, phones.back().time->end_ms};
  result.score = result.total = score;
  result.stress_score = 100;
  result.fluency = 91;
  result.phones = std::move(phones);
  return result;
}

WordResult left_out(const std::string& text, const std::vector<std::string>& phones) {
  WordResult result;
  result.text = text;
  result.spoken = {text};
  result.miscue = Miscue::kOmission;
  for (const std::string& name : phones) {
    PhoneResult missing;
    missing.phone = name;
    missing.error = PhoneError::kLeftOut;
    result.phones.push_back(missing);
  }
  return result;
}

ReadingScores sample_scores() {
  ReadingScores scores;
  scores.overall = 61.26;
  scores.pron = 55.5;
  scores.accuracy = 74;
  scores.integrity = 75;
  scores.fluency = {82.4, 100, 131.25};
  scores.rhythm = RhythmResult{79.96, 80, 90, 100};
  return scores;
}

}  // namespace

Assessment sample_assessment(const std::string& core_type) {
  WordResult we = word("We", {phone("w", 200, 280, 100), phone("iy", 280, 400.4, 96)}, 98.25);
  WordResult like =
      word("like",
           {phone("l", 400.4, 480, 90), phone("ay", 480, 700, 88), phone("k", 700, 760, 12)}, 63);
  like.phones[1].stress = 1;
  like.phones[1].error = PhoneError::kAddedAfter;
  like.phones[1].added = "ah";
  like.phones[2].error = PhoneError::kMisread;
  like.phones[2].heard = {"t", 0.7};
  WordResult now = word("now", {phone("n", 1500, 1600, 8), phone("aw", 1600, 1900, 4)}, 6);
  now.miscue = Miscue::kSubstitution;
  now.heard_instead = {{"dh", 0.9}, {"eh", 0.8}, {"n", 0.9}};
  now.rising_asked = true;
  now.sentence_end = true;

  Assessment assessment;
  assessment.core_type = core_type;
  assessment.scores = sample_scores();
  assessment.words = {we, like, left_out("tea", {"t", "iy"}), now};
  assessment.extra = {{ExtraSpeech::Kind::kInsertion, "ah", 2, {1100, 1300}, {{"ah", 0.9}}},
                      {ExtraSpeech::Kind::kNoise, "", 3, {2100, 2200}, {}}};
  assessment.sentences = {{0, 4, TimeSpanMs{200, 1900}, sample_scores()}};
  assessment.audio = {-23.456, -24.04, 0.00012, 31.25, 90001};
  assessment.audio_ms = 2500;
  assessment.computing_ms = 61.6;
  assessment.model = "heads-1";
  return assessment;
}

Assessment sample_word_assessment() {
  WordResult metal =
      word("metal",
           {phone("m", 100, 180, 100), phone("eh", 180, 260, 100), phone("t", 260, 300, 100),
            phone("ah", 300, 360, 90), phone("l", 360, 420, 95)},
           97);
  metal.phones[1].stress = 1;
  metal.stress_score = 88;
  Assessment assessment = sample_assessment("en.word.score");
  assessment.words = {metal};
  assessment.extra.clear();
  assessment.sentences = {{0, 1, metal.time, sample_scores()}};
  return assessment;
}

}  // namespace saywell
