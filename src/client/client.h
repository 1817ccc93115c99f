// A client without coroutines: each call connects, signs in, asks and waits for the answer.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <span>

#include "client/server_address.h"
#include "client/sign_in.h"
#include "client/stream_recording.h"
#include "saywell/status.h"

namespace saywell::client {

struct Account {
  ServerAddress server;
  Login login;
};

// POST /v1/assess. Returns the envelope, also of a refusal (`errID`). Errors: those of links.h,
// 40002 an authority's file cannot be read, 500 the answer is no JSON.
Result<boost::json::object> assess(const Account& account, const boost::json::object& request,
                                   std::span<const std::byte> audio);

// One recording over /v1/stream; `on_message` receives the server's messages. Errors as above, and
// the server's code when it refuses the login.
Result<StreamOutcome> stream(const Account& account, const StreamPlan& plan,
                             const OnMessage& on_message);

}  // namespace saywell::client
