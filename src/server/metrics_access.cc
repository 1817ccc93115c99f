#include "server/metrics_access.h"

#include <fstream>
#include <string_view>

#include "server/answers.h"
#include "server/http/client_address.h"
#include "store/crypto/hashes.h"

namespace saywell {
namespace {

constexpr std::size_t kMinTokenBytes = 16;
constexpr std::size_t kMaxTokenBytes = 1000;
constexpr std::string_view kBearer = "Bearer ";

}  // namespace

Result<std::string> read_metrics_token(const std::string& path) {
  if (path.empty()) return std::string();
  std::ifstream file(path);
  std::string token;
  if (!file || !std::getline(file, token)) {
    return Status(Code::kFileUnreadable, "metrics_token_file", "'" + path + "' cannot be read");
  }
  if (token.ends_with('\r')) token.pop_back();
  if (token.size() < kMinTokenBytes || token.size() > kMaxTokenBytes) {
    return Status(Code::kBadParameter, "metrics_token_file",
                  "16 to 1000 bytes are expected in the first line of '" + path + "', not " +
                      std::to_string(token.size()));
  }
  return token;
}

std::optional<HttpResponse> refuse_metrics(const HttpRequest& request, const std::string& token) {
  if (is_local(request)) return std::nullopt;
  if (token.empty()) {
    return error_response(Status(
        Code::kNotAllowed,
        "/metrics is for programs on the server's machine; its options metrics_token_file and "
        "metrics_bind open it to others"));
  }
  const std::string_view header = request.header("authorization");
  const bool right =
      header.starts_with(kBearer) && equal_in_constant_time(header.substr(kBearer.size()), token);
  if (right) return std::nullopt;
  return error_response(Status(
      Code::kNotSignedIn, "/metrics needs the token of the server's option metrics_token_file"));
}

}  // namespace saywell
