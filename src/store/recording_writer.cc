#include "store/recording_writer.h"

#include <cassert>
#include <utility>

#include "base/status_macros.h"
#include "store/files/safe_name.h"
#include "store/recording_rows.h"
#include "store/recording_writer_state.h"

namespace saywell {
namespace {

using State = RecordingWriter::State;

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Status deleted_meanwhile(const State& state) {
  return Status(Code::kFileMissing, "recordId",
                "the recording '" + state.recording.id + "' was deleted meanwhile");
}

Status check_limits(const State& state, std::size_t more) {
  const std::int64_t bytes = state.bytes + static_cast<std::int64_t>(more);
  if (bytes > state.recording_max_bytes) {
    return Status(Code::kBadParameter, "audio",
                  "more than " + std::to_string(state.recording_max_bytes) +
                      " bytes, the limit of a recording (recording_max_bytes)");
  }
  if (bytes > state.storage_left_bytes) {
    return Status(Code::kBadParameter, "applicationId",
                  "the application's storage is used up (storage_max_bytes)");
  }
  return Status();
}

Status write_buffer(State& state) {
  if (!state.failed.ok() || state.buffer.empty()) return state.failed;
  const auto waiting = static_cast<std::int64_t>(state.buffer.size());
  state.failed = state.context.folder.check_room();
  if (state.failed.ok()) state.failed = write_at(state.file, state.bytes - waiting, state.buffer);
  state.buffer.clear();
  return state.failed;
}

// The file, whole and synced, at its final place.
Status move_into_place(State& state) {
  if (state.moved) return Status();
  Status done = write_buffer(state);
  if (done.ok()) done = sync(state.file);
  if (done.ok()) done = state.context.folder.move(state.incoming(), state.recording.path);
  if (done.code() == Code::kFileMissing) done = deleted_meanwhile(state);
  state.failed = done;
  state.moved = done.ok();
  return done;
}

// One change of the record; code 40001 when there is none any more.
template <class... Values>
Status change_record(State& state, std::string_view sql, const Values&... values) {
  ASSIGN_OR_RETURN(Writing writing, state.context.database->write());
  RETURN_IF_ERROR(writing->run(sql, values...));
  if (writing->changes() == 0) return deleted_meanwhile(state);
  return writing.commit();
}

// What a deletion that came between could not know of.
Status remove_moved_file(State& state, Status why) {
  if (why.code() != Code::kFileMissing) return why;
  const Status removed = state.context.folder.remove(state.recording.path);
  state.finished = true;
  return removed.ok() ? why : removed;
}

}  // namespace

RecordingWriter::RecordingWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordingWriter::RecordingWriter(RecordingWriter&&) noexcept = default;

RecordingWriter& RecordingWriter::operator=(RecordingWriter&& other) noexcept {
  if (this != &other) {
    discard();
    state_ = std::move(other.state_);
  }
  return *this;
}

RecordingWriter::~RecordingWriter() { discard(); }

const std::string& RecordingWriter::id() const { return state_->recording.id; }
bool RecordingWriter::stored() const { return state_->stored; }
std::int64_t RecordingWriter::bytes() const { return state_->bytes; }
const std::string& RecordingWriter::extension() const { return state_->recording.extension; }

Status RecordingWriter::set_extension(const std::string& extension) {
  State& state = *state_;
  assert(is_extension(extension));
  StoredRecording renamed = state.recording;
  renamed.extension = extension;
  renamed.path = path_of(renamed);
  if (state.stored && renamed.path != state.recording.path) {
    // Recorded long before the file gets that name: the start sweep finds it there.
    RETURN_IF_ERROR(change_record(
        state, "UPDATE recording SET extension = ?, path = ? WHERE number = ? AND state = 0",
        renamed.extension, renamed.path, renamed.number));
  }
  state.recording = std::move(renamed);
  return Status();
}

Status RecordingWriter::append(std::span<const std::byte> bytes) {
  State& state = *state_;
  if (!state.failed.ok()) return state.failed;
  state.failed = check_limits(state, bytes.size());
  if (!state.failed.ok()) return state.failed;
  state.bytes += static_cast<std::int64_t>(bytes.size());
  if (!state.stored) return Status();
  state.buffer.append(text_of(bytes));
  return state.buffer.size() < kBufferBytes ? Status() : write_buffer(state);
}

Status RecordingWriter::overwrite(std::int64_t offset, std::span<const std::byte> bytes) {
  State& state = *state_;
  assert(offset >= 0 && offset + static_cast<std::int64_t>(bytes.size()) <= state.bytes);
  if (!state.stored) return state.failed;
  RETURN_IF_ERROR(write_buffer(state));
  state.failed = write_at(state.file, offset, text_of(bytes));
  return state.failed;
}

Status RecordingWriter::flush() { return state_->stored ? write_buffer(*state_) : state_->failed; }

Status RecordingWriter::complete(std::int64_t duration_ms) {
  State& state = *state_;
  if (!state.failed.ok()) return state.failed;
  if (state.bytes == 0) return Status(Code::kFileEmpty, "audio", "nothing was received");
  if (!state.stored) return Status();
  RETURN_IF_ERROR(move_into_place(state));
  const RecordingState next =
      state.recording.to_be_assessed ? RecordingState::kQueued : RecordingState::kComplete;
  const Status recorded =
      change_record(state,
                    "UPDATE recording SET state = ?, bytes = ?, duration_ms = ?, changed_ms = ? "
                    "WHERE number = ? AND state = 0",
                    static_cast<int>(next), state.bytes, duration_ms, state.context.now_ms(),
                    state.recording.number);
  if (!recorded.ok()) return remove_moved_file(state, recorded);
  state.finished = true;
  state.file.close();
  return Status();
}

Status RecordingWriter::keep_cut_short(Code code, std::int64_t duration_ms) {
  State& state = *state_;
  if (!state.stored) return Status();
  if (state.moved) return complete(duration_ms);  // it is whole after all
  // What a full disk refused is not there; what it took is kept.
  const Status written = write_buffer(state);
  static_cast<void>(written);
  state.failed = Status();
  const Result<std::int64_t> size = state.context.folder.size(state.incoming());
  if (size.status().code() == Code::kFileMissing) return deleted_meanwhile(state);
  if (!size.ok()) return size.status();
  if (*size == 0) return Status(Code::kFileEmpty, "audio", "nothing was received");
  // Recorded before it is moved: a crash between the two must not leave it to be taken for whole.
  RETURN_IF_ERROR(change_record(
      state,
      "UPDATE recording SET state = 4, cut_short = 1, code = ?, bytes = ?, duration_ms = ?, "
      "changed_ms = ? WHERE number = ? AND state = 0",
      static_cast<int>(code), *size, duration_ms, state.context.now_ms(), state.recording.number));
  state.finished = true;
  return move_into_place(state);
}

void RecordingWriter::discard() {
  if (state_ == nullptr || state_->finished) return;
  State& state = *state_;
  state.finished = true;
  state.file.close();
  if (!state.stored) state.context.unstored_ids.remove(state.recording.id);
  // A whole file that could not be recorded is finished by the next start.
  if (!state.stored || state.moved) return;
  // The file first: a crash between the two must not leave a learner's voice without a record.
  if (!state.context.folder.remove(state.incoming()).ok()) return;
  const Status forgotten = change_record(
      state, "DELETE FROM recording WHERE number = ? AND state = 0", state.recording.number);
  static_cast<void>(forgotten);  // the next start removes a record without a file
}

}  // namespace saywell
