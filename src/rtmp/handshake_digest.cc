#include "rtmp/handshake_digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <string_view>

namespace saywell::rtmp {
namespace {

// Both keys are a name and these 32 bytes, which every implementation publishes.
constexpr unsigned char kSecret[] = {
    0xF0, 0xEE, 0xC2, 0x4A, 0x80, 0x68, 0xBE, 0xE8, 0x2E, 0x00, 0xD0, 0xD1, 0x02, 0x9E, 0x7E, 0x57,
    0x6E, 0xEC, 0x5D, 0x2D, 0x29, 0x80, 0x6F, 0xAB, 0x93, 0xB8, 0xE6, 0x36, 0xCF, 0xEB, 0x31, 0xAE};
constexpr std::string_view kServerName = "Genuine Adobe Flash Media Server 001";
constexpr std::string_view kPlayerName = "Genuine Adobe Flash Player 001";

Digest hmac_sha256(ByteView key, ByteView text) {
  Digest digest = {};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(digest.data()), &size);
  return digest;
}

Bytes whole_key(std::string_view name) {
  Bytes key;
  append_bytes(key, bytes_of(name));
  append_bytes(key, std::as_bytes(std::span(kSecret)));
  return key;
}

// The sum of four bytes is the digest's offset in their half of the packet.
std::size_t digest_offset(ByteView packet, DigestScheme scheme) {
  const std::size_t base = scheme == DigestScheme::kFirstHalf ? 8 : 772;
  std::size_t sum = 0;
  for (const std::byte byte : packet.subspan(base, 4)) sum += std::to_integer<std::size_t>(byte);
  return base + 4 + sum % 728;
}

// The digest for `offset`: over everything else in the packet.
Digest packet_digest(ByteView packet, std::size_t offset, std::string_view key_name) {
  Bytes text;
  append_bytes(text, packet.first(offset));
  append_bytes(text, packet.subspan(offset + kDigestBytes));
  return hmac_sha256(bytes_of(key_name), text);
}

void sign(std::span<std::byte> packet, DigestScheme scheme, std::string_view key_name) {
  const std::size_t offset = digest_offset(packet, scheme);
  const Digest digest = packet_digest(packet, offset, key_name);
  std::copy(digest.begin(), digest.end(), packet.subspan(offset).begin());
}

Digest answer_digest(ByteView s2, const Digest& client_digest) {
  const Digest key = hmac_sha256(whole_key(kServerName), client_digest);
  return hmac_sha256(key, s2.first(kHandshakeBytes - kDigestBytes));
}

}  // namespace

std::optional<FoundDigest> find_client_digest(ByteView c1) {
  for (const DigestScheme scheme : {DigestScheme::kFirstHalf, DigestScheme::kSecondHalf}) {
    const std::size_t offset = digest_offset(c1, scheme);
    const Digest expected = packet_digest(c1, offset, kPlayerName);
    if (std::equal(expected.begin(), expected.end(), c1.subspan(offset).begin())) {
      return FoundDigest{scheme, expected};
    }
  }
  return std::nullopt;
}

void sign_server_packet(std::span<std::byte> s1, DigestScheme scheme) {
  sign(s1, scheme, kServerName);
}

void sign_client_packet(std::span<std::byte> c1, DigestScheme scheme) {
  sign(c1, scheme, kPlayerName);
}

void sign_server_answer(std::span<std::byte> s2, const Digest& client_digest) {
  const Digest digest = answer_digest(s2, client_digest);
  std::copy(digest.begin(), digest.end(), s2.last(kDigestBytes).begin());
}

bool server_answer_is_signed(ByteView s2, const Digest& client_digest) {
  const Digest expected = answer_digest(s2, client_digest);
  return std::equal(expected.begin(), expected.end(), s2.last(kDigestBytes).begin());
}

}  // namespace saywell::rtmp
