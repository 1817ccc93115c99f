// Any bytes at the start of a connection: refused by their first byte, or answered with exactly one
// packet of each kind, the same however they are cut.
//
// Seeds (fuzz/corpus/rtmp_handshake): the simple handshake, both digest schemes, half of one, HTTP.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "rtmp/handshake.h"
#include "rtmp/handshake_digest.h"
#include "rtmp/testing/transcript.h"

namespace {

using namespace saywell::rtmp;

void require(bool condition) {
  if (!condition) std::abort();
}

template <class Handshake>
std::string transcript(Handshake handshake, ByteView bytes, Cut cut, Bytes output = {}) {
  std::string out;
  bool over = false;
  std::size_t left = 0;
  feed_in_pieces(bytes, cut, [&](ByteView piece) {
    if (!over) {
      const auto taken = handshake.take(piece, output);
      if (!taken.ok()) out += taken.status().detail();
      if (!taken.ok()) return false;
      over = *taken;
    }
    left += piece.size();
    return true;
  });
  require(output.size() <= 1 + 2 * kHandshakeBytes);
  return out + std::to_string(left) + std::string(text_of(output));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes = std::as_bytes(std::span(data, size));
  require(
      same_whole_and_uneven([&](Cut cut) { return transcript(ServerHandshake(1), bytes, cut); }));
  require(same_whole_and_uneven([&](Cut cut) {
    ClientHandshake client(2);
    Bytes output;
    client.start(output);
    return transcript(std::move(client), bytes, cut, std::move(output));
  }));
  return 0;
}
