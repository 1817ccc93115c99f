#include "store/crypto/hashes.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <vector>

#include "base/digest.h"

namespace saywell {

Result<std::string> random_hex(std::size_t bytes) {
  std::vector<unsigned char> random(bytes);
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    return Status(Code::kInternal, "the system gives no random numbers");
  }
  return to_hex(random);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace saywell
