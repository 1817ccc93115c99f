// Any bytes as an FLV file: tags, an error or an end, the same however the bytes are cut. The file
// up to good_bytes() is whole and has the same tags.
//
// Seeds (fuzz/corpus/rtmp_flv): one of our recordings, tags of ffmpeg, cut off, zeros at the end.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "rtmp/testing/transcript.h"

namespace {

using namespace saywell::rtmp;

void require(bool condition) {
  if (!condition) std::abort();
}

std::uint64_t good_bytes(ByteView bytes, bool* whole) {
  FlvReader reader(100'000);
  reader.feed(bytes);
  for (auto tag = reader.next(); tag.ok() && tag->has_value(); tag = reader.next()) {
    require((*tag)->data.size() <= 100'000);
  }
  *whole = reader.whole();
  return reader.good_bytes();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes = std::as_bytes(std::span(data, size));
  require(same_whole_and_uneven([&](Cut cut) { return flv_transcript(bytes, cut); }));
  bool whole = false;
  const std::uint64_t good = good_bytes(bytes, &whole);
  require(good <= size && (!whole || good == size));
  if (good > 0) {
    require(good_bytes(bytes.first(good), &whole) == good && whole);
  }
  return 0;
}
