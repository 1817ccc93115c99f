// Any bytes as a query: refused with code 40031, or fields that make a request or a refusal of it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "format/request_json.h"
#include "wire/byte_range.h"
#include "wire/form_fields.h"
#include "wire/header_parameters.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const saywell::ByteRange range = saywell::parse_byte_range(text, 1000);
  if (range.begin > range.end || range.end > 1000) std::abort();
  (void)saywell::parse_parameterised(text);
  const auto fields = saywell::parse_form_fields(text);
  if (!fields.ok()) {
    if (fields.status().code() != saywell::Code::kBadParameter) std::abort();
    return 0;
  }
  const auto request = saywell::form_fields_to_request(*fields);
  const auto status =
      request.ok() ? saywell::request_from_json(*request).status() : request.status();
  if (!status.ok() && status.code() != saywell::Code::kBadParameter) std::abort();
  return 0;
}
