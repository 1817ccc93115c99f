#include "rtmp/handshake.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <string>

#include "rtmp/handshake_digest.h"

namespace saywell::rtmp {
namespace {

constexpr std::byte kVersion{3};
constexpr std::size_t kFirstBytes = 1 + kHandshakeBytes;

Bytes random_packet(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Bytes packet(kHandshakeBytes);
  for (std::size_t i = 0; i < kHandshakeBytes; i += 8) {
    const std::uint64_t number = random();
    std::memcpy(packet.data() + i, &number, 8);
  }
  return packet;
}

// Time 0, zero, random bytes: the packet of the simple handshake.
Bytes simple_packet(std::uint64_t seed) {
  Bytes packet = random_packet(seed);
  std::fill_n(packet.begin(), 8, std::byte{0});
  return packet;
}

// Moves bytes to `target` until it holds version and first packet; then returns true.
Result<bool> gather_first(ByteView& input, Bytes& target) {
  const std::size_t taken = std::min(kFirstBytes - target.size(), input.size());
  append_bytes(target, input.first(taken));
  input = input.subspan(taken);
  if (!target.empty() && target[0] != kVersion) {
    const auto version = std::to_integer<int>(target[0]);
    const bool encrypted = version == 6 || version == 8;
    return Status(Code::kBadParameter,
                  "RTMP handshake: the first byte is " + std::to_string(version) +
                      (encrypted ? ", the encrypted RTMPE, which is not served" : ", not 3"));
  }
  return target.size() == kFirstBytes;
}

// Counts the bytes of the last packet; true when all have arrived.
bool pass_last(ByteView& input, std::size_t& count) {
  const std::size_t taken = std::min(kHandshakeBytes - count, input.size());
  count += taken;
  input = input.subspan(taken);
  return count == kHandshakeBytes;
}

}  // namespace

Result<bool> ServerHandshake::take(ByteView& input, Bytes& output) {
  if (!answered_) {
    const Result<bool> complete = gather_first(input, first_);
    if (!complete.ok() || !*complete) return complete;
    answer(output);
    answered_ = true;
    Bytes().swap(first_);
  }
  return pass_last(input, last_bytes_);
}

void ServerHandshake::answer(Bytes& output) const {
  const ByteView c1 = ByteView(first_).subspan(1);
  output.push_back(kVersion);
  // Only a player that sends its version (Flash 9 and later) can have written a digest.
  const auto found = read_u32(c1.subspan(4)) != 0 ? find_client_digest(c1) : std::nullopt;
  if (!found) {
    append_bytes(output, simple_packet(seed_));
    append_bytes(output, c1);
    return;
  }
  Bytes s1 = random_packet(seed_);
  const unsigned char time_and_version[] = {0, 0, 0, 0, 5, 0, 3, 1};  // Flash Media Server 5.0.3.1
  std::copy_n(std::as_bytes(std::span(time_and_version)).begin(), 8, s1.begin());
  sign_server_packet(s1, found->scheme);
  Bytes s2 = random_packet(seed_ + 1);
  sign_server_answer(s2, found->digest);
  append_bytes(output, s1);
  append_bytes(output, s2);
}

void ClientHandshake::start(Bytes& output) {
  output.push_back(kVersion);
  append_bytes(output, simple_packet(seed_));
}

Result<bool> ClientHandshake::take(ByteView& input, Bytes& output) {
  if (!answered_) {
    const Result<bool> complete = gather_first(input, first_);
    if (!complete.ok() || !*complete) return complete;
    append_bytes(output, ByteView(first_).subspan(1));
    answered_ = true;
    Bytes().swap(first_);
  }
  return pass_last(input, last_bytes_);
}

}  // namespace saywell::rtmp
