// The right to GET /metrics on the server's main port.
#pragma once

#include <optional>
#include <string>

#include "saywell/status.h"
#include "server/http/http_message.h"

namespace saywell {

// The first line of the file that metrics_token_file names; empty for an empty name. Codes: 40002
// it cannot be read · 40031 its first line has fewer than 16 or more than 1000 bytes.
Result<std::string> read_metrics_token(const std::string& path);

// The answer to whoever may not: 401 where a token would help, else 403. nullopt for programs on
// this machine (is_local()) and for `Authorization: Bearer` with `token`, where that is not empty.
std::optional<HttpResponse> refuse_metrics(const HttpRequest& request, const std::string& token);

}  // namespace saywell
