#include "server/answers.h"

#include "format/envelope_json.h"
#include "format/json_text.h"

namespace saywell {

HttpResponse json_response(int http_status, const boost::json::object& body) {
  HttpResponse response;
  response.status = http_status;
  response.body = json_text(body);
  return response;
}

HttpResponse error_response(int http_status, const Status& status) {
  boost::json::object body;
  add_status(body, status);
  HttpResponse response = json_response(http_status, body);
  response.refuses_sign_in = status.code() == Code::kNotSignedIn;
  return response;
}

HttpResponse error_response(const Status& status) {
  HttpResponse response = error_response(http_status_of(status), status);
  if (status.code() == Code::kNotSignedIn) {
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
  }
  return response;
}

int http_status_of(const Status& status) {
  return status.ok() ? 200 : describe_status(status.number()).http_status;
}

}  // namespace saywell
