#include "base/digest.h"

#include <openssl/evp.h>

#include <array>

namespace saywell {
namespace {

std::string digest(const EVP_MD* kind, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, kind, nullptr) != 1) length = 0;
  return to_hex({out.data(), length});
}

}  // namespace

std::string sha1_hex(std::string_view bytes) { return digest(EVP_sha1(), bytes); }
std::string sha256_hex(std::string_view bytes) { return digest(EVP_sha256(), bytes); }

std::string to_hex(std::span<const unsigned char> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace saywell
