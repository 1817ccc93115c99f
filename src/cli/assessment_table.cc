#include "cli/assessment_table.h"

#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace saywell::cli {
namespace {

constexpr double kVeryGood = 85;
constexpr double kGood = 70;
constexpr double kBad = 50;
constexpr std::string_view kBold = "1";
constexpr std::string_view kDim = "2";
constexpr int kBarCells = 20;
constexpr std::size_t kScoreWidth = 5;
constexpr std::size_t kMaxWordWidth = 24;

std::string_view colour_of(double score) {
  if (score >= kVeryGood) return "38;2;0;255;0";
  if (score >= kGood) return "38;2;255;216;0";
  if (score >= kBad) return "38;2;255;106;0";
  return "38;2;255;0;0";
}

// Width of `text` on a terminal, in columns.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    utf8proc_int32_t code_point = 0;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto length =
        utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    if (length <= 0) return width + text.size();
    width += static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code_point)));
    text.remove_prefix(static_cast<std::size_t>(length));
  }
  return width;
}

std::string padding(std::string_view text, std::size_t width) {
  const std::size_t taken = width_of(text);
  return std::string(taken < width ? width - taken : 0, ' ');
}

std::string left(std::string_view text, std::size_t width) {
  return std::string(text) + padding(text, width);
}

std::string right(std::string_view text, std::size_t width) {
  return padding(text, width) + std::string(text);
}

std::string decimals(double value, int places) {
  std::array<char, 64> text;
  std::snprintf(text.data(), text.size(), "%.*f", places, value);
  return text.data();
}

std::string_view tip(int id) {
  switch (id) {
    case 0:
      return "good";
    case 90001:
      return "read incompletely";
    case 90002:
      return "mostly silence";
    case 90003:
      return "too quiet";
    case 90004:
      return "clipped or too loud";
    case 90005:
      return "noisy";
    default:
      return "unknown";
  }
}

class TableWriter {
 public:
  TableWriter(const Assessment& assessment, const Presentation& presentation, bool coloured)
      : assessment_(assessment), presentation_(presentation), coloured_(coloured) {
    for (const WordResult& word : assessment.words) {
      word_width_ = std::max(word_width_, std::min(kMaxWordWidth, width_of(word.text)));
    }
  }

  std::string table(std::string_view ref_text) {
    out_ = '\n' + styled(ref_text, kBold) + "  " + styled(assessment_.core_type, kDim) + "\n\n";
    add_reading(assessment_.scores);
    out_ += '\n';
    add_words();
    out_ += '\n';
    add_audio();
    add_time();
    return std::move(out_);
  }

 private:
  std::string styled(std::string_view text, std::string_view style) const {
    if (!coloured_ || text.empty()) return std::string(text);
    return "\x1b[" + std::string(style) + "m" + std::string(text) + "\x1b[0m";
  }

  std::string number(double score) const {
    const bool whole = presentation_.rank != 100 || presentation_.precision == 1;
    return decimals(shown_score(score, presentation_), whole ? 0 : 1);
  }

  std::string bar(double score) const {
    const int filled =
        static_cast<int>(std::lround(std::clamp(score, 0.0, 100.0) / 100 * kBarCells));
    std::string full, empty;
    for (int i = 0; i < kBarCells; ++i) (i < filled ? full : empty) += i < filled ? "█" : "░";
    return styled(full, colour_of(score)) + styled(empty, kDim);
  }

  void add_score(std::string_view name, double score, std::string_view note = "") {
    out_ += "  " + left(name, 10) + styled(right(number(score), kScoreWidth), colour_of(score)) +
            "  " + bar(score);
    if (!note.empty()) out_ += "  " + styled(note, kDim);
    out_ += '\n';
  }

  void add_reading(const ReadingScores& scores) {
    add_score("overall", scores.overall);
    add_score("pron", scores.pron, "omitted words count as 0");
    add_score("accuracy", scores.accuracy, "of what was read");
    add_score("integrity", scores.integrity);
    add_score("fluency", scores.fluency.overall,
              "pauses " + number(scores.fluency.pause) + ", " + decimals(scores.fluency.speed, 0) +
                  " words a minute");
    if (const auto& rhythm = scores.rhythm) {
      add_score("rhythm", rhythm->overall,
                "stress " + number(rhythm->stress) + ", sense groups " + number(rhythm->sense) +
                    ", tone " + number(rhythm->tone));
    } else {
      out_ += "  rhythm        -  " + styled("no pitch was found", kDim) + '\n';
    }
  }

  std::string phone(const PhoneResult& result) const {
    const auto shown = [&](std::string_view name) {
      return shown_phone(name, presentation_.alphabet);
    };
    std::string text = shown(result.phone);
    switch (result.error) {
      case PhoneError::kRight:
        break;
      case PhoneError::kAddedAfter:
        text += "+" + shown(result.added);
        break;
      case PhoneError::kLeftOut:
        text += ">-";
        break;
      case PhoneError::kMisread:
        text += ">" + shown(result.heard.phone);
        break;
    }
    if (result.score < kGood) text += "(" + number(result.score) + ")";
    return styled(text, colour_of(result.score));
  }

  std::string remark(const WordResult& word) const {
    switch (word.miscue) {
      case Miscue::kNone:
        return "";
      case Miscue::kOmission:
        return "omitted";
      case Miscue::kRepetition:
        return "repeated";
      case Miscue::kSubstitution:
        break;
    }
    std::string text = "another word was said:";
    for (const PhoneGuess& guess : word.heard_instead) {
      text += ' ' + shown_phone(guess.phone, presentation_.alphabet);
    }
    return text;
  }

  void add_word(const WordResult& word) {
    out_ += "  " + styled(left(word.text, word_width_), colour_of(word.score)) +
            styled(right(number(word.score), kScoreWidth), colour_of(word.score)) + "  ";
    const std::string note = remark(word);
    if (word.miscue != Miscue::kOmission) {
      for (const PhoneResult& result : word.phones) out_ += ' ' + phone(result);
    }
    if (!note.empty()) out_ += "  " + styled(note, kBold);
    out_ += '\n';
  }

  void add_extra_after(int index) {
    for (const ExtraSpeech& extra : assessment_.extra) {
      if (extra.after != index || extra.kind == ExtraSpeech::Kind::kNoise) continue;
      const std::string text = shown_phones(extra.text, presentation_.alphabet);
      const std::string_view what =
          extra.kind == ExtraSpeech::Kind::kRepetition ? "  said before: " : "  added: ";
      out_ += "  " + std::string(word_width_ + kScoreWidth, ' ') +
              styled(std::string(what) + text, kBold) + '\n';
    }
  }

  void add_words() {
    add_extra_after(-1);
    const bool by_sentence = assessment_.sentences.size() > 1;
    auto sentence = assessment_.sentences.begin();
    for (std::size_t i = 0; i < assessment_.words.size(); ++i) {
      if (by_sentence && sentence != assessment_.sentences.end() && sentence->first_word == i) {
        add_score("sentence", sentence->scores.overall);
        ++sentence;
      }
      add_word(assessment_.words[i]);
      add_extra_after(static_cast<int>(i));
    }
  }

  void add_audio() {
    const AudioInfo& audio = assessment_.audio;
    out_ += "  audio  " + std::string(tip(audio.tip_id)) + "  " +
            styled(decimals(audio.volume_dbfs, 1) + " dBFS, " +
                       (audio.lufs ? decimals(*audio.lufs, 1) + " LUFS, " : "") +
                       "signal to noise " + decimals(audio.snr_db, 0) + " dB, " +
                       decimals(100 * audio.clipped_share, 1) + " % clipped",
                   kDim) +
            '\n';
  }

  void add_time() {
    const double computing_ms = assessment_.computing_ms;
    out_ += "  time   " + decimals(assessment_.audio_ms / 1000, 2) + " s of audio in " +
            decimals(computing_ms, 0) + " ms";
    if (computing_ms > 0) {
      out_ +=
          "  " + styled(decimals(assessment_.audio_ms / computing_ms, 0) + " x real time", kDim);
    }
    out_ += '\n';
  }

  const Assessment& assessment_;
  const Presentation& presentation_;
  const bool coloured_;
  std::size_t word_width_ = 8;
  std::string out_;
};

}  // namespace

std::string assessment_table(const Assessment& assessment, std::string_view ref_text,
                             const Presentation& presentation, bool coloured) {
  return TableWriter(assessment, presentation, coloured).table(ref_text);
}

bool wants_colour(std::string_view when) {
  if (when != "auto") return when == "always";
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  return isatty(STDOUT_FILENO) != 0 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

}  // namespace saywell::cli
