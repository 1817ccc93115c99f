// Any bytes as the name of a phone: refused, or the phone is read back from its own name.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/phone_set.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto phone = saywell::parse_arpabet(text)) {
    if (saywell::parse_arpabet(saywell::phone_lower(*phone)) != phone) std::abort();
  }
  if (const auto phone = saywell::parse_ipa(text)) {
    if (saywell::parse_ipa(saywell::phone_ipa(*phone)) != phone) std::abort();
  }
  return 0;
}
