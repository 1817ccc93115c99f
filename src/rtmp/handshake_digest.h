// The digest handshake of Flash Player 9, which FFmpeg, librtmp and GStreamer use too: 32 bytes
// within the 1536 prove that both sides know the public "genuine Adobe" keys. It identifies nobody,
// but clients expect an answer. Pure functions, any thread.
#pragma once

#include <array>
#include <optional>

#include "rtmp/bytes.h"

namespace saywell::rtmp {

inline constexpr std::size_t kHandshakeBytes = 1536;
inline constexpr std::size_t kDigestBytes = 32;

using Digest = std::array<std::byte, kDigestBytes>;

// The two places of a digest: its offset is written at the start of the first or of the second half
// of the packet.
enum class DigestScheme { kFirstHalf, kSecondHalf };

struct FoundDigest {
  DigestScheme scheme = DigestScheme::kFirstHalf;
  Digest digest = {};
};

// The digest of a client's C1; nothing without a valid one, as with a client of the simple
// handshake. REQUIRES: c1.size() == kHandshakeBytes.
std::optional<FoundDigest> find_client_digest(ByteView c1);

// Writes the server's digest into S1, and signs S2 as the answer to the client's digest.
// REQUIRES: both of kHandshakeBytes, filled with random bytes.
void sign_server_packet(std::span<std::byte> s1, DigestScheme scheme);
void sign_server_answer(std::span<std::byte> s2, const Digest& client_digest);

// For clients and tests: the same in the other direction.
void sign_client_packet(std::span<std::byte> c1, DigestScheme scheme);
bool server_answer_is_signed(ByteView s2, const Digest& client_digest);

}  // namespace saywell::rtmp
