// One recording while it is received: appended to a file under a temporary name, which is synced to
// the disk and renamed when the recording is complete.
//
// Used by one thread at a time; different writers by any threads. append() collects up to
// kBufferBytes before it writes, so that a killed process loses at most those: call flush() about
// once a second.
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

  struct State;  // what Recordings::begin() hands over
  explicit RecordingWriter(std::unique_ptr<State> state);
  RecordingWriter(RecordingWriter&&) noexcept;
  RecordingWriter& operator=(RecordingWriter&&) noexcept;
  // As discard(), unless complete() or keep_cut_short() answered ok.
  ~RecordingWriter();

  const std::string& id() const;
  // False for store:false: bytes are counted and checked against the limit, and go nowhere.
  bool stored() const;
  std::int64_t bytes() const;
  const std::string& extension() const;

  // What the bytes turned out to be, when the recording was begun as something else. REQUIRES:
  // is_extension(extension). Errors: 500, 503 as complete(), 40001 the recording was deleted
  // meanwhile.
  Status set_extension(const std::string& extension);

  // Errors: 40031 more than the limit of bytes, or than the application's storage; 500 the disk is
  // full or fails. After an error every further call but discard() and keep_cut_short() answers the
  // same one.
  Status append(std::span<const std::byte> bytes);

  // Replaces bytes already appended (a header that names the length). REQUIRES: the range lies
  // within what was appended. Errors as append().
  Status overwrite(std::int64_t offset, std::span<const std::byte> bytes);

  // Hands what was collected to the operating system. Errors as append().
  Status flush();

  // Syncs, renames and records the state: kQueued when it is to be assessed, else kComplete. Once
  // this answers ok the recording survives a kill and a power cut. Errors as append(), 40004
  // nothing was appended, 40001 the recording was deleted meanwhile; after 503, the database is
  // locked, it may be called again.
  Status complete(std::int64_t duration_ms);

  // Keeps what arrived as a recording that was cut short: kFailed with `code`, played back but
  // never assessed. Errors as complete().
  Status keep_cut_short(Code code, std::int64_t duration_ms);

  // Leaves nothing of it, neither file nor record.
  void discard();

 private:
  std::unique_ptr<State> state_;  // null: moved from
};

}  // namespace saywell
