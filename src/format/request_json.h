// A request as JSON to a checked Request: the one gate for batch lines, the servers and the
// program's own options.
//
// | field | values |
// |---|---|
// | `refText` | the text that was to be read (required) |
// | `coreType` | `en.word.score` `en.sent.score` `en.pred.score` `en.rltm.score` `en.word.pron` … |
// | `phones` | one list of phones a token: `[["W","IY"],["K","AO","L"]]` |
// | `rank`, `scoreType` | 100, 5, 4, 2: two names of one setting |
// | `precision` | 1, 0.5, 0.1 |
// | `alphabet` | `arpabet`, `ipa` |
// | `quality` | `strict`, `advise` |
// | `deadlineMs` | more than 0 |
// | `userId` `applicationId` `tokenId` `sessionId` | text that the answer gives back |
// | `attachAudioUrl`, `store` | true, false (also 1, 0) |
// | `mode` | `record-only` |
#pragma once

#include <boost/json/object.hpp>
#include <span>
#include <string>
#include <string_view>

#include "format/presentation.h"
#include "saywell/assessor.h"
#include "saywell/status.h"

namespace saywell {

// Who asks, as the answer's envelope gives it back.
struct Caller {
  std::string application_id = "open";
  std::string user_id = "guest";
  std::string token_id;
  std::string session_id;
};

struct RequestOptions {
  Request request;
  Presentation presentation;
  Caller caller;
  bool attach_audio_url = false;
  bool store = true;         // false: neither audio nor text may be written
  bool record_only = false;  // mode "record-only": keep the recording, assess nothing
};

// Reads the fields above; `others` names fields that the caller reads itself, which are passed
// over. Code 40031 for an unknown field (naming it and the nearest known one), for a field of
// another type or value (naming the field and what it may be), and when refText is missing.
Result<RequestOptions> request_from_json(const boost::json::object& fields,
                                         std::span<const std::string_view> others = {});

}  // namespace saywell
