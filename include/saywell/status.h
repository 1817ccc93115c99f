// Status codes of the system, and Result<T>, which every fallible call returns.
//
// docs/status-codes.md is the public table of codes; code 0 is success. A Status carries the code,
// the field of the request that is at fault ("refText"), if there is one, and a detail: one English
// sentence that names the mistake ("'xqz' has no pronunciation"). Programs decide by code and
// field, never by the detail. Values are plain data; every function here may be called from any
// thread.
#pragma once

#include <cassert>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "saywell/export.h"

namespace saywell {

// Symbolic names of the codes the engine raises. The numbers are fixed by the specification.
enum class Code : int {
  kOk = 0,
  kInternal = 500,  // "others" of the table: anything unforeseen; the detail holds an incident id
  kTimeout = 503,   // deadline passed
  kNoSpeech = 20001,
  kNoSamples = 20002,
  kNoF0 = 20101,
  kNoVoicedSegment = 20102,
  kRecognitionFailed = 20300,
  kUnsupportedWord = 20301,
  kNothingRecognised = 20302,
  kNoAlignment = 20303,
  kLowSnr = 20401,
  kTooQuiet = 20402,
  kTooLoud = 20403,
  kClipped = 20404,
  kFileMissing = 40001,
  kFileUnreadable = 40002,
  kNotConvertible = 40003,
  kFileEmpty = 40004,
  kBadParameter = 40031,
  kKernelUnavailable = 40051,
  kNotSignedIn = 40080,  // by servers: nothing that signs in came along, or it is wrong
  kNotAllowed = 40082,   // by servers: signed in, but not for this
};

// One row of the status table.
struct StatusInfo {
  int code;
  std::string_view family;      // "kernel", "media" or "client"
  std::string_view symbol;      // stable name, e.g. "VAD_NO_SPEECH"
  std::string_view message_en;  // for the learner
  std::string_view message_zh;  // for the learner
  std::string_view hint;        // for the developer
  int http_status;              // of HTTP /v1; 200 for codes that never travel as an error
  bool retryable;               // the same request may succeed if repeated
};

// The whole table, ordered by family (kernel, media, client) and code. Valid for the life of the
// process.
SAYWELL_EXPORT std::span<const StatusInfo> status_table();

// The row of `code`; nullptr for a code that is not in the table.
SAYWELL_EXPORT const StatusInfo* find_status(int code);

// The row of `code`. An unknown code has a row with the symbol "UNKNOWN" and the default message of
// its family: 4xxxx media, 5xxxx client, every other kernel.
SAYWELL_EXPORT StatusInfo describe_status(int code);

// The status strings of a code ("status.invalid:recording": refused because the component is in
// that state); empty for most codes. Valid for the life of the process.
SAYWELL_EXPORT std::span<const std::string_view> sub_statuses(int code);

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Code code, std::string detail) : code_(code), detail_(std::move(detail)) {}
  Status(Code code, std::string field, std::string detail)
      : code_(code), field_(std::move(field)), detail_(std::move(detail)) {}

  bool ok() const { return code_ == Code::kOk; }
  Code code() const { return code_; }
  int number() const { return static_cast<int>(code_); }
  // As the request names it, with dots between levels ("audio.sampleRate"); empty: no single field.
  const std::string& field() const { return field_; }
  const std::string& detail() const { return detail_; }

  // Field and detail as a sentence: "refText: 'xqz' has no pronunciation".
  SAYWELL_EXPORT std::string explanation() const;

  // The learner's sentence of the table and the explanation: "Speech is too weak … (level -63.2
  // dBFS …)".
  SAYWELL_EXPORT std::string message() const;

 private:
  Code code_ = Code::kOk;
  std::string field_;
  std::string detail_;
};

// Either a value or a Status that is not ok.
// REQUIRES: value(), operator* and operator-> are called only when ok().
template <class T>
class [[nodiscard]] Result {
 public:
  // Implicit, so that a function may `return value;` and `return status;`.
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}        // NOLINT
  Result(Status status) : content_(std::in_place_index<1>, std::move(status)) {  // NOLINT
    assert(!std::get<1>(content_).ok());
  }
  Result(Code code, std::string detail) : Result(Status(code, std::move(detail))) {}
  Result(Code code, std::string field, std::string detail)
      : Result(Status(code, std::move(field), std::move(detail))) {}

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return std::get<0>(content_); }
  const T& value() const& { return std::get<0>(content_); }
  T&& value() && { return std::get<0>(std::move(content_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Ok when a value is held.
  Status status() const { return ok() ? Status() : std::get<1>(content_); }

 private:
  std::variant<T, Status> content_;
};

}  // namespace saywell
