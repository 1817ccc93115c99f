// Any bytes as a multipart body: the same parts and the same status whether they come at once or in
// pieces; the first byte chooses the size of the pieces.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "wire/multipart_parser.h"

namespace {

class Transcript : public saywell::PartSink {
 public:
  saywell::Status part_begin(const saywell::PartHeader& header) override {
    text += "<" + header.name + "|" + header.file_name + "|" + header.content_type + ">";
    return {};
  }
  saywell::Status part_data(std::string_view bytes) override {
    if (bytes.empty()) std::abort();
    text += bytes;
    return {};
  }
  saywell::Status part_end() override {
    text += "</>";
    return {};
  }

  std::string text;
};

std::string transcript(std::string_view body, std::size_t piece) {
  Transcript sink;
  auto parser = saywell::MultipartParser::for_content_type("multipart/form-data; boundary=b", sink);
  saywell::Status status;
  while (status.ok() && !body.empty()) {
    const std::size_t size = std::min(piece, body.size());
    status = parser->push(body.substr(0, size));
    body.remove_prefix(size);
  }
  if (status.ok()) status = parser->finish();
  // Before an error, parts may have been delivered up to a different byte.
  return status.ok() ? sink.text : status.detail();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data + 1), size - 1);
  if (transcript(body, body.size() + 1) != transcript(body, 1 + data[0] % 64)) std::abort();
  return 0;
}
