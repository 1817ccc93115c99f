// FLV, the file format of recordings (Adobe Flash Video File Format 10.1, annex E).
//
//   "FLV" 1 flags 00000009   00000000   { tag header 11 · data · size of the tag } …
//
// A file written here has at most one script tag, onMetaData, in front of the first audio tag. A
// recording without audio is a bare header of kFlvHeaderBytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "rtmp/amf0.h"
#include "rtmp/bytes.h"
#include "saywell/status.h"

namespace saywell::rtmp {

inline constexpr std::size_t kFlvHeaderBytes = 13;  // with the size of the tag before the first: 0

enum class FlvTagType : std::uint8_t { kAudio = 8, kVideo = 9, kScript = 18 };

// The duration of audio, by the timestamps of its tags. One thread at a time.
class AudioDuration {
 public:
  void add(std::uint32_t timestamp_ms);

  // From the first timestamp to the end of the latest tag, which counts as long as the last step
  // forward. Timestamps may wrap; steps back do not shorten the duration.
  std::int64_t duration_ms() const { return tags_ > 0 ? latest_ms_ + step_ms_ : 0; }
  std::uint64_t tags() const { return tags_; }

 private:
  std::uint64_t tags_ = 0;
  std::uint32_t last_timestamp_ms_ = 0;
  std::int64_t position_ms_ = 0;  // of the last tag, since the first
  std::int64_t latest_ms_ = 0;
  std::int64_t step_ms_ = 0;
};

// The destination of a file. The writer never repeats a call: after an error it stops writing.
class FlvSink {
 public:
  virtual ~FlvSink() = default;
  virtual Status append(ByteView bytes) = 0;
  // REQUIRES: offset + bytes.size() is at most the number of appended bytes.
  virtual Status overwrite(std::uint64_t offset, ByteView bytes) = 0;
};

// Writes audio as it arrives. One thread at a time; the sink must outlive the writer.
//
// Errors are those of the sink. After one, every call returns it again; the file is valid, and
// lacks at most its last tag.
class FlvWriter {
 public:
  // `extra` is added to onMetaData behind the writer's own fields.
  explicit FlvWriter(FlvSink& sink, Amf0Object extra = {})
      : sink_(sink), extra_(std::move(extra)) {}

  // The header. REQUIRES: called once, before anything else.
  Status open();

  // One tag: `payload` of the RTMP message, unchanged. REQUIRES: at most 0xFFFFFF bytes.
  Status write_audio(std::uint32_t timestamp_ms, ByteView payload);

  // Fills in duration and file size. REQUIRES: called once, nothing after it.
  Status close();

  std::int64_t duration_ms() const { return duration_.duration_ms(); }
  std::uint64_t audio_tags() const { return duration_.tags(); }
  std::uint64_t file_bytes() const { return file_bytes_; }

 private:
  Status append(ByteView bytes);
  Status write_metadata(ByteView first_payload);
  Status write_tag(FlvTagType type, std::uint32_t timestamp_ms, ByteView data);
  Status patch_number(std::uint64_t offset, double number);

  FlvSink& sink_;
  Amf0Object extra_;
  Status failure_;
  Bytes scratch_;
  std::uint64_t file_bytes_ = 0;
  std::uint64_t duration_offset_ = 0;  // of the numbers in onMetaData
  std::uint64_t file_size_offset_ = 0;
  AudioDuration duration_;
};

struct FlvTag {
  FlvTagType type = FlvTagType::kAudio;
  std::uint32_t timestamp_ms = 0;
  std::uint64_t offset = 0;  // of the tag's header in the file
  std::uint32_t data_bytes = 0;
  ByteView data;  // empty for video
};

// Reads a file in pieces of any size; the same bytes give the same tags however they are cut.
//
//   reader.feed(bytes);
//   while (auto tag = reader.next()) …   // (*tag is empty when the bytes are used up)
//
// A file that was cut off simply ends: good_bytes() is then the end of its last whole tag, and
// whole() whether nothing follows it. One thread at a time.
class FlvReader {
 public:
  // Audio and script tags longer than this are an error.
  explicit FlvReader(std::uint32_t max_tag_bytes = 1024 * 1024) : max_tag_bytes_(max_tag_bytes) {}

  // REQUIRES: the previous bytes are used up. `bytes` must stay valid until they are used up in
  // turn.
  void feed(ByteView bytes) { input_ = bytes; }

  // The next whole tag, valid until the next call of any method; nothing when more bytes are
  // needed. Code 40003 names the offset: no FLV, or broken in the middle. good_bytes() is then the
  // offset before the defect, and the reader returns the same error from then on.
  Result<std::optional<FlvTag>> next();

  std::uint64_t good_bytes() const { return good_bytes_; }
  bool whole() const { return good_bytes_ > 0 && good_bytes_ == offset_; }

  // Of the audio tags read so far.
  std::int64_t duration_ms() const { return duration_.duration_ms(); }
  std::uint64_t audio_tags() const { return duration_.tags(); }

 private:
  enum class Step { kFileHeader, kTagHeader, kTagRest, kPass };

  Status fail(const std::string& what);
  bool gather(std::size_t count);
  bool pass();
  Status take_file_header();
  Status take_tag_header();
  bool take_tag_rest();
  std::optional<FlvTag> finish_tag();

  std::uint32_t max_tag_bytes_;
  Status failure_;
  ByteView input_;
  std::uint64_t offset_ = 0;  // bytes used up
  std::uint64_t good_bytes_ = 0;
  Step step_ = Step::kFileHeader;
  Bytes held_;                    // a header or tag received in part
  std::uint64_t pass_bytes_ = 0;  // bytes to skip: rest of the file header, video
  bool in_tag_ = false;
  FlvTag tag_;
  Bytes data_;  // the data of the tag returned last, if it came in pieces
  AudioDuration duration_;
};

}  // namespace saywell::rtmp
