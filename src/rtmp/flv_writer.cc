#include <algorithm>
#include <array>

#include "base/status_macros.h"
#include "rtmp/flv.h"

namespace saywell::rtmp {
namespace {

constexpr std::uint64_t kTagHeaderBytes = 11;
constexpr std::byte kAudioOnly{0x04};

// Decodes the first byte of an audio tag (E.4.2.1).
Amf0Object describe_audio(ByteView payload) {
  Amf0Object metadata;
  if (payload.empty()) return metadata;
  static constexpr std::array<double, 4> kRates_hz = {5512.5, 11025, 22050, 44100};
  const auto first = std::to_integer<unsigned>(payload[0]);
  metadata.add("audiocodecid", static_cast<double>(first >> 4));
  metadata.add("audiosamplerate", kRates_hz[(first >> 2) & 3]);
  metadata.add("audiosamplesize", (first & 2) != 0 ? 16.0 : 8.0);
  metadata.add("stereo", (first & 1) != 0);
  return metadata;
}

}  // namespace

void AudioDuration::add(std::uint32_t timestamp_ms) {
  if (tags_ > 0) {
    const auto step = static_cast<std::int32_t>(timestamp_ms - last_timestamp_ms_);
    position_ms_ += step;
    if (step > 0) step_ms_ = step;
    latest_ms_ = std::max(latest_ms_, position_ms_);
  }
  last_timestamp_ms_ = timestamp_ms;
  ++tags_;
}

Status FlvWriter::append(ByteView bytes) {
  if (!failure_.ok()) return failure_;
  failure_ = sink_.append(bytes);
  if (failure_.ok()) file_bytes_ += bytes.size();
  return failure_;
}

Status FlvWriter::open() {
  scratch_.clear();
  append_bytes(scratch_, bytes_of("FLV\x01"));
  scratch_.push_back(kAudioOnly);
  append_big_endian(scratch_, 9, 4);  // bytes of the header
  append_big_endian(scratch_, 0, 4);  // size of the tag before
  return append(scratch_);
}

Status FlvWriter::write_tag(FlvTagType type, std::uint32_t timestamp_ms, ByteView data) {
  scratch_.clear();
  scratch_.push_back(static_cast<std::byte>(type));
  append_big_endian(scratch_, data.size(), 3);
  append_big_endian(scratch_, timestamp_ms & 0xFFFFFF, 3);
  append_big_endian(scratch_, timestamp_ms >> 24, 1);
  append_big_endian(scratch_, 0, 3);  // stream id
  append_bytes(scratch_, data);
  append_big_endian(scratch_, kTagHeaderBytes + data.size(), 4);
  return append(scratch_);
}

Status FlvWriter::write_metadata(ByteView first_payload) {
  Amf0Object metadata = describe_audio(first_payload);
  metadata.ecma_array = true;
  metadata.members.insert(metadata.members.begin(), {{"duration", 0.0}, {"filesize", 0.0}});
  for (const auto& [name, value] : extra_.members) metadata.add(name, value);
  Bytes data;
  append_amf0("onMetaData", data);
  // Marker and count of the array, then a name behind its length, and the number behind its marker.
  const std::uint64_t members = file_bytes_ + kTagHeaderBytes + data.size() + 5;
  duration_offset_ = members + 2 + std::string_view("duration").size() + 1;
  file_size_offset_ = duration_offset_ + 8 + 2 + std::string_view("filesize").size() + 1;
  append_amf0(std::move(metadata), data);
  return write_tag(FlvTagType::kScript, 0, data);
}

Status FlvWriter::write_audio(std::uint32_t timestamp_ms, ByteView payload) {
  if (duration_.tags() == 0) {
    RETURN_IF_ERROR(write_metadata(payload));
  }
  const Status written = write_tag(FlvTagType::kAudio, timestamp_ms, payload);
  if (written.ok()) duration_.add(timestamp_ms);
  return written;
}

Status FlvWriter::patch_number(std::uint64_t offset, double number) {
  if (!failure_.ok()) return failure_;
  scratch_.clear();
  append_double(scratch_, number);
  failure_ = sink_.overwrite(offset, scratch_);
  return failure_;
}

Status FlvWriter::close() {
  if (duration_offset_ == 0) return failure_;
  RETURN_IF_ERROR(patch_number(duration_offset_, static_cast<double>(duration_ms()) / 1000.0));
  return patch_number(file_size_offset_, static_cast<double>(file_bytes_));
}

}  // namespace saywell::rtmp
