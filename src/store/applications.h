// The applications that may use the server, with their secrets and limits.
//
// A signature can only be checked by someone who knows the secret, so secrets are kept readable, in
// a database that only its owner can read (mode 0600). Callable from any thread; calls wait for the
// disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/server_config.h"
#include "saywell/status.h"
#include "store/access.h"
#include "store/signature.h"

namespace saywell {

struct StoreContext;

struct Application {
  std::string id;
  std::string name;
  std::int64_t created_ms = 0;
  std::map<std::string, std::string> own_limits;  // option name -> value, as `app set` took it
  std::string secret;
};

class Applications {
 public:
  static constexpr std::size_t kMaxNameBytes = 100;

  explicit Applications(StoreContext& context) : context_(context) {}

  // A new id and secret. Code 40031 for an empty, over-long or taken name.
  Result<Application> add(std::string_view name);

  // In the order they were added.
  Result<std::vector<Application>> list() const;

  // Whether there is any: without one the server is open.
  Result<bool> any() const;

  // Code 40031 for an id that is not known.
  Result<Application> find(std::string_view id) const;

  // A new secret; the old one ends at once, and so do sessions and tokens. Code 40031 as find().
  Result<std::string> rotate_secret(std::string_view id);

  // Gives the application a limit of its own, or takes it away (empty value). Code 40031 for an id
  // that is not known, an option that is no limit by application, or a value it does not accept.
  Status set_limit(std::string_view id, std::string_view option, std::string_view value);

  // Removes the application, its sessions and tokens. Code 40031 as find(), and while it has
  // recordings (Recordings::remove_of_application() deletes them).
  Status remove(std::string_view id);

  // The server's limits with the application's own over them; for an application that is not known
  // ("open"), the server's.
  Result<ApplicationLimits> limits_or_default(std::string_view id,
                                              const ApplicationLimits& defaults) const;

  // The access of a claim that is signed with the application's secret, at about this time: role
  // kBackEnd, no session. Code 40080 for any other claim; others when the database fails.
  Result<Access> sign_in(const SignedClaim& claim, std::int64_t window_ms) const;

  // Likewise by the application's own secret, compared in constant time (POST /v1/sessions).
  Result<Access> sign_in_with_secret(std::string_view id, std::string_view secret) const;

 private:
  StoreContext& context_;
};

}  // namespace saywell
