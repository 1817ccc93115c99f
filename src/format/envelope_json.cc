#include "format/envelope_json.h"

#include <cassert>
#include <random>
#include <string_view>
#include <utility>

namespace saywell {
namespace {

boost::json::object head(const Envelope& envelope) {
  boost::json::object json{{"recordId", envelope.record_id},
                           {"tokenId", envelope.caller.token_id},
                           {"app", "saywell"},
                           {"applicationId", envelope.caller.application_id},
                           {"userId", envelope.caller.user_id},
                           {"sessionId", envelope.caller.session_id},
                           {"ts", envelope.timestamp_ms},
                           {"params", envelope.params},
                           {"eof", envelope.last ? 1 : 0}};
  if (!envelope.audio_url.empty()) json["audioUrl"] = envelope.audio_url;
  return json;
}

}  // namespace

void add_status(boost::json::object& json, const Status& status) {
  assert(!status.ok());
  json["errID"] = status.number();
  json["error"] = status.message();
  if (!status.field().empty()) json["field"] = status.field();
}

boost::json::object envelope_to_json(const Envelope& envelope, boost::json::object result) {
  boost::json::object json = head(envelope);
  json["result"] = std::move(result);
  return json;
}

boost::json::object envelope_to_json(const Envelope& envelope, const Status& status) {
  boost::json::object json = head(envelope);
  add_status(json, status);
  return json;
}

std::string new_record_id() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::random_device entropy;  // the kernel's generator
  std::string id;
  for (int word = 0; word < 4; ++word) {
    std::uint32_t bits = entropy();
    for (int digit = 0; digit < 8; ++digit, bits >>= 4) id += kDigits[bits & 15];
  }
  return id;
}

}  // namespace saywell
