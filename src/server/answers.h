// Answers over HTTP: JSON, and codes with their HTTP status.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "saywell/status.h"
#include "server/http/http_message.h"

namespace saywell {

// Of the 2011 interface, and of /v1 with HTTP 401 and 403. They are no codes of the learner's
// table.
inline constexpr int kNotSignedIn = 40080;
inline constexpr int kNotAllowed = 40082;

HttpResponse json_response(int http_status, const boost::json::object& body);

// {"errID", "error"}.
HttpResponse error_response(int http_status, int code, const std::string& message);
HttpResponse error_response(int http_status, const Status& status);
// With the HTTP status that the table has for the code.
HttpResponse error_response(const Status& status);
HttpResponse not_signed_in(const std::string& why);
HttpResponse not_allowed(const std::string& why);

// 200 for an envelope with a result, else what the table says of its errID.
int http_status_of(const boost::json::object& envelope);

}  // namespace saywell
