// A certificate authority for a school's network, since browsers give no microphone to a page
// without HTTPS unless it is on localhost.
#pragma once

#include <string>

#include "saywell/status.h"

namespace saywell {

struct SelfSigned {
  std::string certificate_file;  // of the server, with the authority's behind it
  std::string key_file;
  std::string authority_file;   // the certificate that devices have to trust
  std::string what_to_install;  // for the operator
};

// Keeps an authority (10 years) in `folder`, and a server certificate (397 days, the longest that
// browsers accept) for this machine's names and addresses. Makes missing ones, and renews the
// server's when fewer than 30 days are left. Keys have mode 0600. Code 40002 names the file that
// cannot be read or written, 500 when OpenSSL fails.
Result<SelfSigned> keep_self_signed(const std::string& folder);

}  // namespace saywell
