// The handshake before the chunk stream: three packets each way (specification 1.0, chapter 5.2).
//
// Both sides take bytes in pieces of any size, and append their packets to `output`. Random bytes
// come from `seed`, so that the same input and seed give the same output. One thread at a time.
#pragma once

#include <cstdint>

#include "rtmp/bytes.h"
#include "saywell/status.h"

namespace saywell::rtmp {

class ServerHandshake {
 public:
  // Simple and digest handshake; the client's first packet decides.
  explicit ServerHandshake(std::uint64_t seed) : seed_(seed) {}

  // Takes the bytes of the handshake from the front of `input`. True when it is over; the rest of
  // `input` is then chunk stream. Code 40031: the first byte asks for another protocol. The
  // client's last packet should repeat the server's; it is not checked, since some clients send
  // something else.
  Result<bool> take(ByteView& input, Bytes& output);

 private:
  void answer(Bytes& output) const;

  std::uint64_t seed_;
  Bytes first_;                 // received part of C0 and C1
  std::size_t last_bytes_ = 0;  // of C2, counted only
  bool answered_ = false;
};

// The client's side, simple handshake.
class ClientHandshake {
 public:
  explicit ClientHandshake(std::uint64_t seed) : seed_(seed) {}

  // C0 and C1, the first bytes on the connection.
  void start(Bytes& output);

  // As ServerHandshake::take(). REQUIRES: start() was called.
  Result<bool> take(ByteView& input, Bytes& output);

 private:
  std::uint64_t seed_;
  Bytes first_;  // received part of S0 and S1
  std::size_t last_bytes_ = 0;
  bool answered_ = false;
};

}  // namespace saywell::rtmp
