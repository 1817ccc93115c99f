// Answers over HTTP: JSON, and codes with their HTTP status.
#pragma once

#include <boost/json/object.hpp>

#include "saywell/status.h"
#include "server/http/http_message.h"

namespace saywell {

HttpResponse json_response(int http_status, const boost::json::object& body);

// {"errID", "error", "field"}, as envelope_json.h has them.
HttpResponse error_response(int http_status, const Status& status);
// With the HTTP status that the table has for the code; of 401 with how to sign in.
HttpResponse error_response(const Status& status);

// Of an answer: 200 when `status` is ok, else what the table has for its code.
int http_status_of(const Status& status);

}  // namespace saywell
