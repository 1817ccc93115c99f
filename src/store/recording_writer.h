// Writes one recording while it is received: to a file under a temporary name, which is synced to
// the disk and renamed when the recording is complete.
//
// One thread at a time; any threads for different writers. append() collects up to kBufferBytes
// before it writes, and a killed process loses at most these: call flush() about once per second.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "saywell/status.h"
#include "store/recording.h"

namespace saywell {

class RecordingWriter {
 public:
  static constexpr std::size_t kBufferBytes = 4096;

  struct State;  // made by Recordings::begin()
  explicit RecordingWriter(std::unique_ptr<State> state);
  RecordingWriter(RecordingWriter&&) noexcept;
  RecordingWriter& operator=(RecordingWriter&&) noexcept;
  // As discard(), unless complete() or keep_cut_short() returned ok.
  ~RecordingWriter();

  const std::string& id() const;
  // False for store:false: bytes are only counted and checked against the limit.
  bool stored() const;
  std::int64_t bytes() const;
  const std::string& extension() const;

  // The kind of file, if the bytes turn out to differ from the declaration. REQUIRES:
  // is_extension(extension). Errors: 500, 503 as complete(), 40001 the recording was deleted
  // meanwhile.
  Status set_extension(const std::string& extension);

  // Errors: 40031 more than the limit of bytes, or than the application's storage; 500 the disk is
  // full or fails. After an error every further call other than discard() and keep_cut_short()
  // returns it again.
  Status append(std::span<const std::byte> bytes);

  // Replaces bytes already appended (a header with the length). REQUIRES: the range was appended.
  // Errors as append().
  Status overwrite(std::int64_t offset, std::span<const std::byte> bytes);

  // Writes the collected bytes to the operating system. Errors as append().
  Status flush();

  // Syncs, renames and records the state: kQueued if it is to be assessed, else kComplete. Once
  // this returns ok the recording survives a kill and a power cut. Errors as append(), 40004
  // nothing was appended, 40001 the recording was deleted meanwhile. After 503 (the database is
  // locked) it may be called again.
  Status complete(std::int64_t duration_ms);

  // Keeps the received part as a recording that was cut short: kFailed with `code`; it can be
  // played back and is never assessed. Errors as complete().
  Status keep_cut_short(Code code, std::int64_t duration_ms);

  // Removes both file and record.
  void discard();

 private:
  std::unique_ptr<State> state_;  // null: moved from
};

}  // namespace saywell
