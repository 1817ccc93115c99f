#include "server/answers.h"

#include "format/json_text.h"

namespace saywell {

HttpResponse json_response(int http_status, const boost::json::object& body) {
  HttpResponse response;
  response.status = http_status;
  response.body = json_text(body);
  return response;
}

HttpResponse error_response(int http_status, int code, const std::string& message) {
  return json_response(http_status, {{"errID", code}, {"error", message}});
}

HttpResponse error_response(int http_status, const Status& status) {
  return error_response(http_status, status.number(), status.message());
}

HttpResponse error_response(const Status& status) {
  return error_response(describe_status(status.number()).http_status, status);
}

HttpResponse not_signed_in(const std::string& why) {
  HttpResponse response = error_response(401, kNotSignedIn, "Not signed in: " + why);
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

HttpResponse not_allowed(const std::string& why) {
  return error_response(403, kNotAllowed, "Not allowed: " + why);
}

int http_status_of(const boost::json::object& envelope) {
  const boost::json::value* code = envelope.if_contains("errID");
  if (code == nullptr) return 200;
  return describe_status(static_cast<int>(code->as_int64())).http_status;
}

}  // namespace saywell
