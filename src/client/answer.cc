#include "client/answer.h"

#include <boost/json.hpp>

namespace saywell::client {

Result<boost::json::object> parse_answer(std::string_view text) {
  boost::json::error_code error;
  boost::json::value value = boost::json::parse({text.data(), text.size()}, error);
  if (error || !value.is_object()) {
    constexpr std::size_t kQuoted = 80;
    return Status(Code::kInternal,
                  "the server's answer is no JSON object: " + std::string(text.substr(0, kQuoted)));
  }
  return std::move(value.as_object());
}

int code_of(const boost::json::object& answer) {
  const auto* code = answer.if_contains("errID");
  return code != nullptr && code->is_int64() ? static_cast<int>(code->as_int64()) : 0;
}

std::string text_of(const boost::json::object& answer, std::string_view field) {
  const auto* value = answer.if_contains({field.data(), field.size()});
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

Status refusal_in(const boost::json::object& answer) {
  const int code = code_of(answer);
  if (code == 0) return Status(Code::kInternal, "the server's answer is not understood");
  return Status(static_cast<Code>(code), text_of(answer, "error"));
}

std::string form_encoded(std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return encoded;
}

std::string assess_body(const boost::json::object& request, std::span<const std::byte> audio,
                        std::string_view boundary) {
  const std::string begin =
      "--" + std::string(boundary) + "\r\nContent-Disposition: form-data; name=";
  std::string body = begin + "\"request\"\r\n\r\n" + boost::json::serialize(request) + "\r\n";
  body += begin + "\"audio\"; filename=\"audio\"\r\n\r\n";
  body.append(reinterpret_cast<const char*>(audio.data()), audio.size());
  return body + "\r\n--" + std::string(boundary) + "--\r\n";
}

}  // namespace saywell::client
