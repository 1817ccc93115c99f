#include "server/http/request_gate.h"

#include <algorithm>
#include <utility>

#include "server/answers.h"
#include "server/http/client_address.h"

namespace saywell {
namespace {

constexpr std::size_t kToldBytes = 100;

HttpResponse refused(int http_status, const char* field, std::string why) {
  return error_response(http_status, Status(Code::kNotAllowed, field, std::move(why)));
}

std::string shown(std::string_view text) {
  return "'" + std::string(text.substr(0, kToldBytes)) + "'";
}

bool is_allowed_host(std::string_view header, const GateRules& rules) {
  const std::optional<HostAndPort> given = parse_host(header);
  if (!given) return false;
  if (given->host == "localhost" || parse_ip_address(given->host)) return true;
  return std::any_of(rules.allowed_hosts.begin(), rules.allowed_hosts.end(),
                     [&](const std::string& name) {
                       const std::optional<HostAndPort> allowed = parse_host(name);
                       return allowed && allowed->host == given->host;
                     });
}

struct Origin {
  std::string scheme;
  HostAndPort at;

  bool operator==(const Origin& other) const {
    return scheme == other.scheme && at.host == other.at.host && at.port == other.at.port;
  }
};

// The port is always there.
std::optional<Origin> make_origin(std::string_view scheme, std::string_view host) {
  std::optional<HostAndPort> at = parse_host(host);
  if (!at || (scheme != "http" && scheme != "https")) return std::nullopt;
  if (at->port.empty()) at->port = scheme == "https" ? "443" : "80";
  return Origin{std::string(scheme), *std::move(at)};
}

std::optional<Origin> parse_origin(std::string_view text) {
  const std::size_t end = text.find("://");
  if (end == std::string_view::npos) return std::nullopt;
  return make_origin(text.substr(0, end), text.substr(end + 3));
}

// What a browser calls this server: a proxy in front that ends TLS says so in X-Forwarded-Proto. No
// page can add that header to a form, a WebSocket, or a request that needs no preflight.
std::optional<Origin> own_origin(const HttpRequest& request, bool tls) {
  const std::string_view told = request.header("x-forwarded-proto");
  const std::string_view scheme = told.empty() ? (tls ? "https" : "http") : told;
  return make_origin(scheme.substr(0, scheme.find(',')), request.header("host"));
}

bool in_list(std::string_view origin, const std::vector<std::string>& list) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& allowed) {
    return allowed == "*" || allowed == origin;
  });
}

bool may_change_something(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

}  // namespace

void RequestGate::set(GateRules rules) {
  auto fresh = std::make_shared<const GateRules>(std::move(rules));
  const MutexLock lock(mutex_);
  rules_ = std::move(fresh);
}

std::shared_ptr<const GateRules> RequestGate::rules() const {
  const MutexLock lock(mutex_);
  return rules_;
}

std::optional<HttpResponse> RequestGate::refusal(const HttpRequest& request,
                                                 bool is_websocket) const {
  const auto now = rules();
  if (now->checks_hosts && request.has_header("host") &&
      !is_allowed_host(request.header("host"), *now)) {
    return refused(421, "Host",
                   shown(request.header("host")) +
                       " is no name of this server: use localhost or an IP address, or list the "
                       "name in the server's option allowed_hosts");
  }
  if (!request.has_header("origin")) return std::nullopt;
  if (!is_websocket && !may_change_something(request.method)) return std::nullopt;
  const std::string_view origin = request.header("origin");
  const std::optional<Origin> own = own_origin(request, now->tls);
  if ((own && parse_origin(origin) == own) || in_list(origin, now->allowed_origins)) {
    return std::nullopt;
  }
  return refused(403, "Origin",
                 "pages of " + shown(origin) +
                     " may not use this server: list the origin in the server's option "
                     "cors_origins; a proxy in front has to pass on Host and X-Forwarded-Proto");
}

bool RequestGate::allows_origin(std::string_view origin) const {
  return in_list(origin, rules()->allowed_origins);
}

}  // namespace saywell
