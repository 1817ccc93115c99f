// Any bytes as a line of a batch: refused with code 40031, or a request whose answer is one line of
// JSON.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "format/batch_line.h"
#include "format/json_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const saywell::BatchLine line = saywell::parse_batch_line(text, 1);
  if (!line.request.ok() && line.request.status().code() != saywell::Code::kBadParameter) {
    std::abort();
  }
  const saywell::Status answer =
      line.request.ok() ? saywell::Status(saywell::Code::kNoSpeech, line.request->audio)
                        : line.request.status();
  const std::string written = saywell::batch_answer(line.id, answer);
  if (written.find('\n') != std::string::npos) std::abort();
  if (written.size() < saywell::kMaxJsonBytes && !saywell::parse_json_object(written).ok()) {
    std::abort();
  }
  return 0;
}
