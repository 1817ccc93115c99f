// Which requests get in at all. It keeps web pages of other origins from using a server that their
// reader can reach, and names that somebody pointed at this machine (DNS rebinding) from being
// taken for it. docs/operate.md says what it asks of proxies.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/threads/mutex.h"
#include "server/http/http_message.h"

namespace saywell {

struct GateRules {
  bool tls = false;                          // the server itself speaks HTTPS
  bool checks_hosts = true;                  // whether Host has to be one of this server's
  std::vector<std::string> allowed_hosts;    // besides localhost and IP addresses
  std::vector<std::string> allowed_origins;  // besides its own; "*": any
};

// Thread-safe.
class RequestGate {
 public:
  explicit RequestGate(GateRules rules)
      : rules_(std::make_shared<const GateRules>(std::move(rules))) {}

  // For requests from now on.
  void set(GateRules rules);

  // The answer to a request that does not get in, with errID 40082: 421 and the field "Host" for a
  // name that is not this server's; 403 and the field "Origin" for a WebSocket, or a request that
  // may change something (any but GET, HEAD and OPTIONS), of a page of another origin. nullopt: it
  // gets in. A request without Host (HTTP/1.0) and one without Origin come from no browser.
  std::optional<HttpResponse> refusal(const HttpRequest& request, bool is_websocket) const;

  // Whether pages of `origin` may read answers (CORS).
  bool allows_origin(std::string_view origin) const;

 private:
  std::shared_ptr<const GateRules> rules() const;

  mutable Mutex mutex_;
  std::shared_ptr<const GateRules> rules_ SAYWELL_GUARDED_BY(mutex_);
};

}  // namespace saywell
