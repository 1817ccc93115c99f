// Any bytes behind a handshake, to a server that answers everything: the same events and answers
// however they are cut.
//
// Seeds (fuzz/corpus/rtmp_session): the bytes of ffmpeg, GStreamer and rtmpdump while publishing
// and playing, without their handshakes.
#include <cstdint>
#include <cstdlib>

#include "rtmp/testing/transcript.h"

namespace {

using namespace saywell::rtmp;

Bytes behind_handshake(ByteView bytes) {
  Bytes all(1 + 2 * 1536);
  all[0] = std::byte{3};
  append_bytes(all, bytes);
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes = behind_handshake(std::as_bytes(std::span(data, size)));
  Limits limits;
  limits.max_message_bytes = 4000;
  limits.max_buffered_bytes = 8000;
  limits.max_streams = 4;
  limits.max_saved_work = 500;
  limits.max_pending_output_bytes = 20'000;
  if (!same_whole_and_uneven([&](Cut cut) { return session_transcript(bytes, cut, limits); })) {
    std::abort();
  }
  return 0;
}
