// The engine: turns a recording and its text into an Assessment.
//
//   auto assessor = saywell::Assessor::load("/usr/share/saywell/models");
//   auto result = assessor->assess_file("hello.wav", {.ref_text = "Hello, how are you?"});
//   if (!result.ok()) return fail(result.status().message());
//   std::cout << result->scores.overall;
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "saywell/export.h"
#include "saywell/result.h"
#include "saywell/status.h"

namespace saywell {

enum class QualityMode {
  kStrict,  // bad audio is refused with its code
  kAdvise   // 20401–20404 and 2010x become AudioInfo::tip_id
};

struct Request {
  std::string ref_text;   // the text to be read, with the marks of docs/reference-text.md
  std::string core_type;  // "en.word.score" …; empty: by the number of tokens
  // The caller's pronunciations, one list of phones (ARPAbet or IPA) per token; empty: the
  // dictionary's.
  std::vector<std::vector<std::string>> phones;
  QualityMode quality = QualityMode::kStrict;
  double deadline_ms = 0;  // from the start of the call; 0: none
};

// Loaded once. Any number of threads may call assess_…() at a time; each call computes on its
// caller's thread.
class SAYWELL_EXPORT Assessor {
 public:
  // Reads all models of `model_dir`. Code 40051 names a file that is missing or wrong.
  static Result<Assessor> load(const std::string& model_dir);

  Assessor(Assessor&&) noexcept;
  Assessor& operator=(Assessor&&) noexcept;
  ~Assessor();

  // Codes, in the order in which they are checked: 40001–40004 the file · 20002 no samples · 40031
  // a wrong request or a recording longer than its coreType allows · 20301 · 20303 · 20402 · 20001
  // · 20404 · 20403 · 20401 · 20101 · 20102 · 20302 · 20300. 503 once the deadline has passed; 500
  // with an incident id for anything unforeseen.
  Result<Assessment> assess_file(const std::string& path, const Request& request) const;
  // The same for an encoded recording in memory, in any container that a file may have.
  Result<Assessment> assess_bytes(std::span<const std::byte> recording,
                                  const Request& request) const;
  // The same for samples, 16 kHz mono, full scale [-1, 1].
  Result<Assessment> assess_samples(std::span<const float> samples, const Request& request) const;

 private:
  struct Impl;
  explicit Assessor(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace saywell
