#include "format/envelope_json.h"

#include <gtest/gtest.h>

#include <set>

#include "format/json_text.h"

namespace saywell {
namespace {

Envelope sample_envelope() {
  Envelope envelope;
  envelope.record_id = "r1";
  envelope.caller.token_id = "t1";
  envelope.params = {{"refText", "Hello."}};
  envelope.timestamp_ms = 1'700'000'000'000;
  return envelope;
}

TEST(EnvelopeJson, CarriesAResult) {
  EXPECT_EQ(json_text(envelope_to_json(sample_envelope(), boost::json::object{{"overall", 97}})),
            R"({"recordId":"r1","tokenId":"t1","app":"saywell","applicationId":"open",)"
            R"("userId":"guest","sessionId":"","ts":1700000000000,"params":{"refText":"Hello."},)"
            R"("eof":1,"result":{"overall":97}})");
}

TEST(EnvelopeJson, CarriesAnErrorInsteadOfAResult) {
  const auto json = envelope_to_json(sample_envelope(), Status(Code::kNoSpeech, "nobody spoke"));
  EXPECT_FALSE(json.contains("result"));
  EXPECT_EQ(json.at("errID").as_int64(), 20001);
  EXPECT_NE(std::string(json.at("error").as_string()).find("nobody spoke"), std::string::npos);
  EXPECT_FALSE(json.contains("field"));
}

TEST(EnvelopeJson, NamesTheFieldAtFault) {
  const Status status(Code::kUnsupportedWord, "refText", "'xqz' has no pronunciation");
  EXPECT_EQ(envelope_to_json(sample_envelope(), status).at("field"), "refText");
}

TEST(EnvelopeJson, OfAPartialResultSaysSo) {
  Envelope envelope = sample_envelope();
  envelope.last = false;
  envelope.audio_url = "/v1/recordings/r1";
  const auto json = envelope_to_json(envelope, boost::json::object());
  EXPECT_EQ(json.at("eof").as_int64(), 0);
  EXPECT_EQ(json.at("audioUrl").as_string(), "/v1/recordings/r1");
}

TEST(NewRecordId, IsNewEveryTime) {
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) ids.insert(new_record_id());
  EXPECT_EQ(ids.size(), 100u);
  for (const std::string& id : ids) {
    EXPECT_EQ(id.size(), 32u);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
  }
}

}  // namespace
}  // namespace saywell
