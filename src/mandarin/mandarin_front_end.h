// A Mandarin reference text to the syllables that are to be said: the room's whole work in one
// call.
//
//   const MandarinFrontEnd front_end(model_dir);  // reads nothing yet
//   const auto text = front_end.read_text("你好！", {MandarinScript::kCharacters, 50});
//
// Readings come from CC-CEDICT, and for characters of several readings from a small network beside
// it; then sandhi is applied (tone_sandhi.h).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mandarin/mandarin_text.h"
#include "saywell/status.h"

namespace saywell {

enum class MandarinScript {
  kPinyin,     // numbered: pinyin_text.h
  kCharacters  // simplified or traditional, with marks: character_text.h
};

struct MandarinTextKind {
  MandarinScript script = MandarinScript::kCharacters;
  std::size_t max_syllables = 50;
};

// What the coreType takes; nullopt for one that is not Mandarin.
std::optional<MandarinTextKind> mandarin_text_kind(std::string_view core_type);

// True when the text has a Chinese character. `text` need not be well-formed.
bool has_hanzi(std::string_view text);

class MandarinFrontEnd {
 public:
  // `cedict.js`, `hanzi_readings.mjs` and `mandarin_polyphones.onnx` of `model_dir` are read at the
  // first text that needs them: 0.4 s of processor time, and some 30 MB from then on.
  explicit MandarinFrontEnd(std::string model_dir);
  MandarinFrontEnd(MandarinFrontEnd&&) noexcept;
  MandarinFrontEnd& operator=(MandarinFrontEnd&&) noexcept;
  ~MandarinFrontEnd();

  // The syllables of `ref_text`, at least one. Codes, in this order: 40031 and 20301 for the form
  // of the text as parse_pinyin_text() and parse_character_text() say · 40051 naming the file that
  // is missing or damaged · 20301 and 40031 as CharacterReadings says. Thread-safe.
  Result<MandarinText> read_text(std::string_view ref_text, const MandarinTextKind& kind) const;

 private:
  struct Data;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace saywell
