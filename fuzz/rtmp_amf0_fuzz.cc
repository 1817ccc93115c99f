// Any bytes as AMF0 values: refused with a sentence, or values that are the same after they were
// written and read again.
//
// Seeds (fuzz/corpus/rtmp_amf0): each type, commands of real clients, nesting, wrong counts.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "rtmp/command.h"

namespace {

using namespace saywell;
using namespace saywell::rtmp;

void require(bool condition) {
  if (!condition) std::abort();
}

Bytes written(const std::vector<Amf0Value>& values) {
  Bytes bytes;
  for (const Amf0Value& value : values) append_amf0(value, bytes);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const Limits limits;
  const auto values = parse_values(bytes, limits);
  if (!values.ok()) {
    require(values.status().code() == Code::kBadParameter && !values.status().detail().empty());
    return 0;
  }
  require(values->size() <= limits.max_amf_values);
  const Bytes once = written(*values);
  const auto again = parse_values(once, limits);
  require(again.ok() && written(*again) == once);
  const auto command = parse_command(bytes, limits);
  if (command.ok()) require(command->arguments.size() <= values->size());
  return 0;
}
