#include "format/transcript/subtitles.h"

#include <array>
#include <cstdio>
#include <vector>

#include "format/presentation.h"

namespace saywell {
namespace {

constexpr double kMinPauseMs = 700, kMaxCueMs = 7000;
constexpr std::size_t kMaxCueBytes = 84, kMaxLineBytes = 42;

struct Cue {
  TimeSpanMs time;
  std::vector<std::string> words;

  std::size_t size() const {
    std::size_t bytes = 0;
    for (const std::string& word : words) bytes += word.size() + 1;
    return bytes;
  }
};

std::vector<Cue> cut_into_cues(const Transcript& transcript) {
  std::vector<Cue> cues;
  bool open = false;
  for (const TranscriptWord& word : transcript.words) {
    if (open) {
      const Cue& cue = cues.back();
      open = word.time.start_ms - cue.time.end_ms < kMinPauseMs &&
             word.time.end_ms - cue.time.start_ms <= kMaxCueMs &&
             cue.size() + word.shown.size() <= kMaxCueBytes;
    }
    if (!open) cues.push_back({word.time, {}});
    cues.back().words.push_back(word.shown);
    cues.back().time.end_ms = word.time.end_ms;
    open = !word.sentence_end;
  }
  return cues;
}

// One line, or two where one would be too long.
std::string lines_of(const Cue& cue) {
  std::string text;
  std::size_t line_bytes = 0;
  bool second = false;
  for (const std::string& word : cue.words) {
    const bool full = !second && line_bytes > 0 && line_bytes + 1 + word.size() > kMaxLineBytes;
    if (line_bytes > 0) text += full ? '\n' : ' ';
    line_bytes = full ? word.size() : line_bytes + 1 + word.size();
    second = second || full;
    text += word;
  }
  return text;
}

std::string clock_time(double time_ms, char point) {
  const long long ms = shown_ms(time_ms);
  std::array<char, 48> text;
  std::snprintf(text.data(), text.size(), "%02lld:%02lld:%02lld%c%03lld", ms / 3'600'000,
                ms / 60'000 % 60, ms / 1000 % 60, point, ms % 1000);
  return text.data();
}

std::string times_line(const Cue& cue, char point) {
  return clock_time(cue.time.start_ms, point) + " --> " + clock_time(cue.time.end_ms, point) + '\n';
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string transcript_to_srt(const Transcript& transcript) {
  std::string out;
  std::size_t number = 0;
  for (const Cue& cue : cut_into_cues(transcript)) {
    if (number > 0) out += '\n';
    out += std::to_string(++number) + '\n' + times_line(cue, ',') + lines_of(cue) + '\n';
  }
  return out;
}

std::string transcript_to_vtt(const Transcript& transcript) {
  std::string out = "WEBVTT\n";
  for (const Cue& cue : cut_into_cues(transcript)) {
    out += '\n' + times_line(cue, '.') + escaped(lines_of(cue)) + '\n';
  }
  return out;
}

}  // namespace saywell
