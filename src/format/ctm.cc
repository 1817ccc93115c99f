#include "format/ctm.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

namespace saywell {
namespace {

std::string without_blanks(std::string_view text) {
  std::string out(text.empty() ? "-" : text);
  std::replace_if(
      out.begin(), out.end(), [](unsigned char c) { return std::isspace(c) != 0; }, '_');
  return out;
}

std::string line(std::string_view recording, const TimeSpanMs& time, std::string_view text,
                 double score) {
  const double start_s = static_cast<double>(shown_ms(time.start_ms)) / 1000;
  const double end_s = static_cast<double>(shown_ms(time.end_ms)) / 1000;
  std::array<char, 80> times;
  std::snprintf(times.data(), times.size(), " 1 %.3f %.3f ", start_s, end_s - start_s);
  std::array<char, 32> confidence;
  std::snprintf(confidence.data(), confidence.size(), " %.2f\n", score / 100);
  return without_blanks(recording) + times.data() + without_blanks(text) + confidence.data();
}

}  // namespace

std::string assessment_to_ctm(const Assessment& assessment, std::string_view recording,
                              Alphabet alphabet) {
  std::string words = ";; words\n";
  std::string phones = ";; phones\n";
  for (const WordResult& word : assessment.words) {
    if (word.time) words += line(recording, *word.time, word.text, word.score);
    for (const PhoneResult& phone : word.phones) {
      if (!phone.time) continue;
      phones += line(recording, *phone.time, shown_phone(phone.phone, alphabet), phone.score);
    }
  }
  return words + phones;
}

std::string transcript_to_ctm(const Transcript& transcript, std::string_view recording) {
  std::string words;
  for (const TranscriptWord& word : transcript.words) {
    words += line(recording, word.time, word.text, 100 * word.confidence);
  }
  return words;
}

}  // namespace saywell
