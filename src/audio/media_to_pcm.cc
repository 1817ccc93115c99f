#include "audio/media_to_pcm.h"

namespace saywell {

Result<Recording> media_file_to_pcm(const std::string&, const DecodeLimits&) {
  return Status(Code::kNotConvertible, "not built yet");
}
Result<Recording> media_bytes_to_pcm(std::span<const std::byte>, const DecodeLimits&) {
  return Status(Code::kNotConvertible, "not built yet");
}

}  // namespace saywell
