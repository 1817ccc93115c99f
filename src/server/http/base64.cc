#include "server/http/base64.h"

#include <openssl/evp.h>

#include <algorithm>

namespace saywell {

std::optional<std::string> base64_decoded(std::string_view text) {
  constexpr std::size_t kMaxBytes = 4096;
  if (text.empty() || text.size() % 4 != 0 || text.size() > kMaxBytes) return std::nullopt;
  std::string plain(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(plain.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  // The padding counts as bytes there.
  const auto padding = std::min<std::ptrdiff_t>(2, std::count(text.end() - 2, text.end(), '='));
  plain.resize(static_cast<std::size_t>(size - padding));
  return plain;
}

}  // namespace saywell
