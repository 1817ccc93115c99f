// The interface between a WebSocket connection and the conversation on it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/http/http_message.h"

namespace saywell {

// One connection's conversation. The calls come one after the other, on worker threads; they may
// block.
class WebSocketHandler {
 public:
  virtual ~WebSocketHandler() = default;
  virtual void on_text(std::string text) = 0;
  virtual void on_binary(std::string bytes) = 0;
  // The last call, however the connection ended.
  virtual void on_close() = 0;
};

// Sends a text message; from any thread, at any time, also after the connection has gone.
using SendText = std::function<void(std::string text)>;

using WebSocketHandlerFactory =
    std::function<std::unique_ptr<WebSocketHandler>(const HttpRequest& upgrade, SendText send)>;

}  // namespace saywell
