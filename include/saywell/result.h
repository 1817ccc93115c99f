// The result of an assessment: scores 0–100 (higher is better), times in milliseconds from the
// start of the audio, half-open [start, end). Phones are ARPAbet in lower case without digits.
// Plain data.
//
// docs/scoring.md explains each score; src/format/result_json.h writes the service's JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace saywell {

struct TimeSpanMs {
  double start_ms = 0;
  double end_ms = 0;
};

struct PhoneGuess {
  std::string phone;
  double probability = 0;  // 0–1
};

// The values are those of the JSON's `pherr`.
enum class PhoneError { kRight = 0, kAddedAfter = 1, kLeftOut = 2, kMisread = 3 };

struct PhoneResult {
  std::string phone;               // as asked for
  int stress = 0;                  // of a vowel: 1 primary, 2 secondary, 0 none
  double score = 0;                // the experts' 0–2 times 50
  std::optional<TimeSpanMs> time;  // none when the phone was not said
  PhoneError error = PhoneError::kRight;
  PhoneGuess heard;              // empty phone: nothing was heard in its place
  std::vector<PhoneGuess> next;  // further candidates, likeliest first
  std::string added;             // kAddedAfter: the phone that was added
};

enum class Miscue { kNone, kOmission, kSubstitution, kRepetition };

struct WordResult {
  std::string text;                 // as written in the reference text
  std::vector<std::string> spoken;  // its words: "2" -> "two"
  Miscue miscue = Miscue::kNone;
  std::optional<TimeSpanMs> time;  // none when omitted
  // The experts' word accuracy times 10. An omitted word has 0, or 30 and more where something like
  // the word was heard after all (docs/scoring.md, doubtful words).
  double score = 0;
  double total = 0;         // word total times 10
  double stress_score = 0;  // word stress times 10; 90 when omitted
  double fluency = 0;
  bool stressed_asked = false;  // in the sentence
  bool rising_asked = false, rising_heard = false;
  bool pause_asked = false, pause_heard = false;  // after it
  std::vector<PhoneResult> phones;                // one per canonical phone, in order
  std::vector<PhoneGuess> heard_instead;          // kSubstitution: the phones that were said
  bool sentence_end = false;
};

// Speech that is not in the text.
struct ExtraSpeech {
  enum class Kind { kInsertion, kRepetition, kNoise };
  Kind kind = Kind::kInsertion;
  std::string text;  // the word, if it is in the text or its phones form one; else its phones
  int after = -1;    // index of the word before it; -1: before the first
  TimeSpanMs time;
  std::vector<PhoneGuess> phones;
};

struct FluencyResult {
  double overall = 0;  // the experts' fluency times 10
  double pause = 0;    // 100: no pause where none belongs
  double speed = 0;    // words per minute of the reading
};

struct RhythmResult {
  double overall = 0;  // the experts' prosodic score times 10
  double stress = 0;
  double sense = 0;  // pauses at sense groups
  double tone = 0;   // rising and falling ends
};

// The whole reading, or one sentence of it.
struct ReadingScores {
  double overall = 0;    // the experts' total times 10
  double pron = 0;       // accuracy, omitted words counted as 0
  double accuracy = 0;   // the experts' accuracy times 10, of the part that was read
  double integrity = 0;  // share of the text that was read
  FluencyResult fluency;
  std::optional<RhythmResult> rhythm;  // none when no F0 was found (quality mode "advise")
};

struct SentenceResult {
  std::size_t first_word = 0, end_word = 0;  // of Assessment::words, half-open
  std::optional<TimeSpanMs> time;
  ReadingScores scores;
};

struct AudioInfo {
  double volume_dbfs = 0;  // rms of the speech
  std::optional<double> lufs;
  double clipped_share = 0;  // 0–1
  double snr_db = 0;
  int tip_id = 0;  // 0 good, 90001–90005 (docs/result.schema.json)
};

struct Assessment {
  std::string core_type;
  ReadingScores scores;
  std::vector<WordResult> words;  // one per token of the reference text, in order
  std::vector<ExtraSpeech> extra;
  std::vector<SentenceResult> sentences;
  AudioInfo audio;
  double audio_ms = 0;      // length of the recording
  double computing_ms = 0;  // wall time of this assessment, decoding included
  std::string model;        // name and version of the trained heads
};

}  // namespace saywell
