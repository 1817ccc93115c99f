// Limits of one RTMP connection. Plain values, checked where they are used; 0 allows none at all.
#pragma once

#include <cstddef>
#include <cstdint>

namespace saywell::rtmp {

struct Limits {
  // Memory. A longer message is skipped without being stored, and reported as ignored. Only a
  // protocol control message (of a few bytes) that claims to be longer ends the connection.
  std::size_t max_message_bytes = 256 * 1024;
  std::size_t max_buffered_bytes = 512 * 1024;         // partly received messages, all together
  std::size_t max_pending_output_bytes = 1024 * 1024;  // written by the session, not yet taken

  // Counts.
  std::size_t max_chunk_streams = 128;     // chunk stream ids a peer uses
  std::size_t max_streams = 16;            // message streams open at a time
  std::size_t max_amf_depth = 32;          // values within values
  std::size_t max_amf_values = 4096;       // values in one message
  std::size_t max_name_bytes = 64 * 1024;  // a stream name with its query, an application name

  // Work. A chunk costs one unit whatever its size, a command one more per 64 bytes; a peer that
  // sends chunks of one byte is served at this rate.
  std::int64_t work_per_s = 20'000;
  std::int64_t max_saved_work = 40'000;  // at the start, and at most saved

  // Flow.
  std::uint32_t max_chunk_bytes = 0xFFFFFF;    // a larger Set Chunk Size counts as this
  std::uint32_t min_ack_window_bytes = 1024;   // a smaller window of the peer counts as this
  std::uint32_t ack_window_bytes = 2'500'000;  // bytes after which the peer acknowledges
  std::uint32_t send_chunk_bytes = 4096;       // chunk size of what we send
};

}  // namespace saywell::rtmp
