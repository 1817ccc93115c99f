// Any bytes as a chunk stream: messages within the limits and answers, the same however the bytes
// are cut; our writer's chunks of these messages are read as the same messages.
//
// Seeds (fuzz/corpus/rtmp_chunks): all header types, interleaved streams, extended timestamps with
// and without repetition, chunk sizes 1 and 2^31 - 1, Abort, control messages.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "rtmp/testing/transcript.h"

namespace {

using namespace saywell::rtmp;

void require(bool condition) {
  if (!condition) std::abort();
}

Limits small_limits() {
  Limits limits;
  limits.max_message_bytes = 2000;
  limits.max_buffered_bytes = 4000;
  limits.max_chunk_streams = 8;
  limits.max_pending_output_bytes = 4000;
  limits.max_saved_work = 200;
  return limits;
}

struct Kept {
  Message message;
  Bytes payload;
};

std::vector<Kept> read(ByteView bytes, const Limits& limits) {
  ChunkReader reader(limits);
  reader.feed(bytes);
  std::vector<Kept> kept;
  for (;;) {
    const auto message = reader.next();
    require(reader.buffered_bytes() <= limits.max_buffered_bytes);
    if (!message.ok()) return kept;
    if (message->has_value()) {
      require((*message)->payload.size() <= limits.max_message_bytes);
      const ByteView payload = (*message)->payload;
      kept.push_back({**message, Bytes(payload.begin(), payload.end())});
    } else if (reader.out_of_work()) {
      reader.allow_work(1000);
    } else {
      return kept;
    }
  }
}

void check_writer(const std::vector<Kept>& kept) {
  ChunkWriter writer;
  Bytes bytes;
  std::vector<const Kept*> written;
  for (const Kept& one : kept) {
    if (one.message.skipped) continue;
    Message message = one.message;
    message.payload = one.payload;
    writer.write(message, kAudioChunks, bytes);
    written.push_back(&one);
  }
  const std::vector<Kept> back = read(bytes, Limits());
  require(back.size() == written.size());
  for (std::size_t i = 0; i < back.size(); ++i) {
    require(back[i].payload == written[i]->payload);
    require(back[i].message.timestamp_ms == written[i]->message.timestamp_ms);
    require(back[i].message.type == written[i]->message.type);
    require(back[i].message.stream_id == written[i]->message.stream_id);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const Limits limits = small_limits();
  require(same_whole_and_uneven([&](Cut cut) { return link_transcript(bytes, cut, limits); }));
  check_writer(read(bytes, limits));
  return 0;
}
