#include "client/sign_in.h"

#include <openssl/sha.h>

#include <array>

#include "client/answer.h"

namespace saywell::client {

std::string signature(const Login& login, const std::string& timestamp) {
  constexpr char kDigits[] = "0123456789abcdef";
  const std::string signed_text = login.application_id + timestamp + login.secret;
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size(),
         digest.data());
  std::string text;
  for (const unsigned char byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

boost::json::object connect_command(const Login& login, std::int64_t now_s) {
  boost::json::object app;
  if (!login.token.empty()) {
    app["token"] = login.token;
  } else {
    const std::string timestamp = std::to_string(now_s);
    app = {{"applicationId", login.application_id},
           {"timestamp", timestamp},
           {"sig", signature(login, timestamp)}};
  }
  return {{"cmd", "connect"}, {"param", boost::json::object{{"app", std::move(app)}}}};
}

boost::asio::awaitable<Result<std::string>> authorization(HttpLink& link, const Login& login,
                                                          std::int64_t now_s) {
  if (!login.token.empty()) co_return "Bearer " + login.token;
  if (login.application_id.empty()) co_return std::string();
  const std::string timestamp = std::to_string(now_s);
  HttpCall call;
  call.method = "POST";
  call.target = "/api/v1.1/auth/getSessionKey";
  call.content_type = "application/x-www-form-urlencoded";
  call.body = "applicationId=" + form_encoded(login.application_id) + "&timestamp=" + timestamp +
              "&sig=" + signature(login, timestamp);
  const Result<HttpReply> reply = co_await link.exchange(call);
  if (!reply.ok()) co_return reply.status();
  const Result<boost::json::object> answer = parse_answer(reply->body);
  if (!answer.ok()) co_return answer.status();
  const auto* session = answer->if_contains("session");
  if (session == nullptr || !session->is_string()) co_return refusal_in(*answer);
  co_return "Bearer " + std::string(session->as_string());
}

}  // namespace saywell::client
