// Any bytes as a name from outside: a safe file name that can be read back, or a hash; a record id,
// timestamp or option value that is refused or read correctly.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "config/config_file.h"
#include "config/config_options.h"
#include "store/files/data_folder.h"
#include "store/files/safe_name.h"
#include "store/signature.h"

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

int digit(char letter) { return letter <= '9' ? letter - '0' : letter - 'A' + 10; }

// The text that a short safe name was made of.
std::string read_back(std::string_view name) {
  if (name == "%") return "";
  std::string text;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] != '%') {
      text += name[i];
      continue;
    }
    text += static_cast<char>(digit(name[i + 1]) * 16 + digit(name[i + 2]));
    i += 2;
  }
  return text;
}

void check_name(std::string_view text) {
  const std::string name = saywell::safe_file_name(text);
  expect(!name.empty() && name.size() <= 120 && name.front() != '.');
  expect(name.find('/') == std::string::npos && name.find('\0') == std::string::npos);
  expect(name.find('~') != std::string::npos || read_back(name) == text);
  if (saywell::is_record_id(text)) expect(name == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_name(text);
  const auto at_ms = saywell::parse_timestamp_ms(text);
  if (at_ms) expect(*at_ms >= 0 && text.find_first_not_of("0123456789") == std::string::npos);
  expect(saywell::incoming_number(text) == 0 || text.ends_with(".part"));
  saywell::ServerConfig config;
  for (const saywell::ConfigOption& option : saywell::config_options()) {
    const saywell::Status set = saywell::set_config_option(config, option, text);
    expect(set.ok() || set.code() == saywell::Code::kBadParameter);
  }
  const saywell::Status read = saywell::apply_config_text(text, config);
  expect(read.ok() || read.code() == saywell::Code::kBadParameter);
  return 0;
}
