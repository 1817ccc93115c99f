// Turns a JSON request into a checked Request: the only gate for batch lines, the servers and the
// program's own options.
//
// | field | values |
// |---|---|
// | `refText` | the text to be read (required) |
// | `coreType` | `en.word.score` `en.sent.score` `en.pred.score` `en.rltm.score` `en.word.pron` … |
// | `phones` | one list of phones per token: `[["W","IY"],["K","AO","L"]]` |
// | `rank`, `scoreType` | 100, 5, 4, 2: two names of one setting |
// | `precision` | 1, 0.5, 0.1 |
// | `alphabet` | `arpabet`, `ipa` |
// | `quality` | `strict`, `advise` |
// | `deadlineMs` | more than 0 |
// | `userId` `applicationId` `tokenId` `sessionId` | text, returned in the answer |
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

// The caller, as returned in the answer's envelope.
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

// Reads the fields above, and ignores `others`, which the caller of this function reads itself.
// Code 40031 for an unknown field (names it and the nearest known one), for a field of another type
// or value (names the field and the accepted values), and when refText is missing.
Result<RequestOptions> request_from_json(const boost::json::object& fields,
                                         std::span<const std::string_view> others = {});

}  // namespace saywell
