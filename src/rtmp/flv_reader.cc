#include <algorithm>

#include "base/status_macros.h"
#include "rtmp/flv.h"

namespace saywell::rtmp {
namespace {

constexpr std::size_t kFileHeaderBytes = 9;
constexpr std::size_t kMaxFileHeaderBytes = 1024;
constexpr std::size_t kTagHeaderBytes = 11;
constexpr std::size_t kTagSizeBytes = 4;

}  // namespace

Status FlvReader::fail(const std::string& what) {
  failure_ =
      Status(Code::kNotConvertible, "FLV: " + what + " at byte " + std::to_string(good_bytes_));
  return failure_;
}

Result<std::optional<FlvTag>> FlvReader::next() {
  for (;;) {
    if (!failure_.ok()) return failure_;
    switch (step_) {
      case Step::kFileHeader: {
        if (!gather(kFileHeaderBytes)) return std::optional<FlvTag>();
        RETURN_IF_ERROR(take_file_header());
        break;
      }
      case Step::kTagHeader: {
        if (!gather(kTagHeaderBytes)) return std::optional<FlvTag>();
        RETURN_IF_ERROR(take_tag_header());
        break;
      }
      case Step::kTagRest:
        if (!take_tag_rest()) return std::optional<FlvTag>();
        return finish_tag();
      case Step::kPass:
        if (!pass()) return std::optional<FlvTag>();
        if (in_tag_) return finish_tag();
        good_bytes_ = offset_;
        step_ = Step::kTagHeader;
        break;
    }
  }
}

bool FlvReader::gather(std::size_t count) {
  const std::size_t taken = std::min(count - held_.size(), input_.size());
  append_bytes(held_, input_.first(taken));
  offset_ += taken;
  input_ = input_.subspan(taken);
  return held_.size() == count;
}

bool FlvReader::pass() {
  const auto taken = std::min<std::uint64_t>(pass_bytes_, input_.size());
  offset_ += taken;
  pass_bytes_ -= taken;
  input_ = input_.subspan(taken);
  return pass_bytes_ == 0;
}

Status FlvReader::take_file_header() {
  const ByteView header = held_;
  const std::uint32_t header_bytes = read_u32(header.subspan(5));
  if (text_of(header.first(3)) != "FLV") return fail("no signature 'FLV'");
  if (header_bytes < kFileHeaderBytes || header_bytes > kMaxFileHeaderBytes) {
    return fail("a header of " + std::to_string(header_bytes) + " bytes");
  }
  pass_bytes_ = header_bytes - kFileHeaderBytes + kTagSizeBytes;
  held_.clear();
  step_ = Step::kPass;
  return Status();
}

Status FlvReader::take_tag_header() {
  const ByteView header = held_;
  tag_ = FlvTag();
  tag_.type = static_cast<FlvTagType>(header[0]);
  tag_.data_bytes = read_u24(header.subspan(1));
  tag_.timestamp_ms = read_u24(header.subspan(4)) | std::to_integer<std::uint32_t>(header[7]) << 24;
  tag_.offset = good_bytes_;
  const bool wanted = tag_.type == FlvTagType::kAudio || tag_.type == FlvTagType::kScript;
  if (!wanted && tag_.type != FlvTagType::kVideo) {
    return fail("a tag of type " + std::to_string(std::to_integer<int>(header[0])));
  }
  if (wanted && tag_.data_bytes > max_tag_bytes_) {
    return fail("a tag of " + std::to_string(tag_.data_bytes) + " bytes, at most " +
                std::to_string(max_tag_bytes_));
  }
  held_.clear();
  in_tag_ = true;
  step_ = wanted ? Step::kTagRest : Step::kPass;
  pass_bytes_ = std::uint64_t{tag_.data_bytes} + kTagSizeBytes;
  return Status();
}

// Data and the size behind it, which is not checked: it is redundant and often wrong.
bool FlvReader::take_tag_rest() {
  const std::size_t needed = tag_.data_bytes + kTagSizeBytes;
  if (held_.empty() && input_.size() >= needed) {
    tag_.data = input_.first(tag_.data_bytes);
    offset_ += needed;
    input_ = input_.subspan(needed);
    return true;
  }
  if (!gather(needed)) return false;
  data_.swap(held_);
  held_.clear();
  tag_.data = ByteView(data_).first(tag_.data_bytes);
  return true;
}

std::optional<FlvTag> FlvReader::finish_tag() {
  if (tag_.type == FlvTagType::kAudio) duration_.add(tag_.timestamp_ms);
  good_bytes_ = offset_;
  in_tag_ = false;
  step_ = Step::kTagHeader;
  return tag_;
}

}  // namespace saywell::rtmp
