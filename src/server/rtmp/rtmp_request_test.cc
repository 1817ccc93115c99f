#include "server/rtmp/rtmp_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace saywell {
namespace {

using rtmp::Amf0Object;
using rtmp::Amf0Value;
using testing::HasSubstr;

Amf0Object object(std::initializer_list<std::pair<std::string, Amf0Value>> members) {
  Amf0Object made;
  for (const auto& [name, value] : members) made.add(name, value);
  return made;
}

template <class T>
std::string refusal(const Result<T>& result) {
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.status().code(), Code::kBadParameter);
  return result.status().explanation();
}

TEST(RtmpRequest, TheApplicationsOfThePath) {
  EXPECT_EQ(*interface_of("v1.1/aistream.enscore"), "aistream.enscore");
  EXPECT_EQ(*interface_of("v1.1/aistream.cnscore/"), "aistream.cnscore");
  for (const char* app : {"", "live", "v1.1", "v1.1/", "v1.1/aistream", "v1.0/aistream.enscore"}) {
    EXPECT_THAT(refusal(interface_of(app)), HasSubstr("app"));
  }
}

TEST(RtmpRequest, CredentialsStandInTheObjectOrTheQuery) {
  rtmp::ConnectRequest request;
  request.query = "applicationId=a&timestamp=17&sig=00&userId=tom";
  request.object = object({{"app", "v1.1/x"}, {"userId", "eva"}, {"timestamp", 1700000000.0}});
  const auto credentials = credentials_of(request);
  ASSERT_TRUE(credentials.ok());
  EXPECT_EQ(credentials->application_id, "a");
  EXPECT_EQ(credentials->timestamp, "1700000000");
  EXPECT_EQ(credentials->signature, "00");
  EXPECT_EQ(credentials->user_id, "eva");
  request.query = "secret=x";
  EXPECT_THAT(refusal(credentials_of(request)), HasSubstr("secret"));
  request.query = "";
  request.object = object({{"token", true}});
  EXPECT_THAT(refusal(credentials_of(request)), HasSubstr("token"));
}

TEST(RtmpRequest, AQueryIsARequest) {
  const auto wanted = read_publish_query(
      "refText=Ten+of%20clubs.&rank=5&userId=eva&vadEnable=1&vadSilenceMs=500&recordLength=2000",
      "aistream.enscore");
  ASSERT_TRUE(wanted.ok()) << wanted.status().explanation();
  EXPECT_EQ(wanted->recording.options.request.ref_text, "Ten of clubs.");
  EXPECT_EQ(wanted->recording.options.presentation.rank, 5);
  EXPECT_EQ(wanted->recording.options.caller.user_id, "eva");
  EXPECT_EQ(wanted->recording.extension, "flv");
  EXPECT_EQ(wanted->recording.interface_name, "aistream.enscore");
  EXPECT_TRUE(wanted->recording.stop_at_silence);
  EXPECT_EQ(wanted->silence_ms, 500);
  EXPECT_EQ(wanted->longest_ms, 2000);
  // What is kept is read again after a restart, by request_from_json().
  EXPECT_FALSE(wanted->recording.params.contains("recordLength"));
}

TEST(RtmpRequest, WhatAQueryMayNotSay) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "refText"},
      {"refText=x&colour=blue", "colour"},
      {"refText=x&recordLength=0", "recordLength"},
      {"refText=x&recordLength=1s", "recordLength"},
      {"refText=x&vadEnable=maybe", "vadEnable"},
      {"refText=x&vadSilenceMs=20", "vadSilenceMs"},
      {"refText=x&coreType=cn.sent.score", "coreType"},
      {"refText=%", "refText"},
  };
  for (const auto& [query, field] : cases) {
    EXPECT_THAT(refusal(read_publish_query(query, "aistream.enscore")), HasSubstr(field)) << query;
  }
  EXPECT_THAT(refusal(read_publish_query("refText=x", "aistream.cnscore")), HasSubstr("coreType"));
}

TEST(RtmpRequest, StartRecord) {
  const Amf0Value argument =
      object({{"serverParam", object({{"refText", "x"}, {"scoreType", "4"}, {"rank", 4.0}})},
              {"recordLength", 4000.0},
              {"isVADEnabled", true},
              {"playDing", false},
              {"silenceLevel", 5.0}});
  const auto wanted = read_start_record(&argument, "aistream.enscore");
  ASSERT_TRUE(wanted.ok()) << wanted.status().explanation();
  EXPECT_EQ(wanted->recording.options.presentation.rank, 4);
  EXPECT_TRUE(wanted->recording.stop_at_silence);
  EXPECT_EQ(wanted->longest_ms, 4000);
  EXPECT_THAT(refusal(read_start_record(nullptr, "aistream.enscore")), HasSubstr("startRecord"));
  const Amf0Value text = "no object";
  EXPECT_THAT(refusal(read_start_record(&text, "aistream.enscore")), HasSubstr("object"));
}

TEST(RtmpRequest, Replays) {
  const Amf0Value argument = object({{"recordId", "r"}, {"startPos", 100.0}, {"stopPos", 300.0}});
  const auto wanted = read_start_replay(&argument);
  ASSERT_TRUE(wanted.ok());
  EXPECT_EQ(wanted->record_id, "r");
  EXPECT_EQ(wanted->start_ms, 100);
  EXPECT_EQ(wanted->stop_ms, 300);
  for (const Amf0Value& bad :
       {Amf0Value(object({})), Amf0Value(object({{"recordId", "r"}, {"startPos", "soon"}})),
        Amf0Value(object({{"recordId", "r"}, {"startPos", 5.0}, {"stopPos", 4.0}})),
        Amf0Value(object({{"recordId", "r"}, {"speed", 2.0}}))}) {
    refusal(read_start_replay(&bad));
  }
}

TEST(RtmpRequest, PlayTakesWhatPlayersWriteAroundTheId) {
  rtmp::PlayRequest request;
  request.name = "flv:abc.flv";
  request.query = "userId=eva";
  request.start_ms = 1500;
  request.duration_ms = 1e300;
  const auto wanted = read_play(request);
  ASSERT_TRUE(wanted.ok());
  EXPECT_EQ(wanted->record_id, "abc");
  EXPECT_EQ(wanted->user_id, "eva");
  EXPECT_EQ(wanted->start_ms, 1500);
  EXPECT_GT(wanted->stop_ms, 1500);
  request.query = "speed=2";
  EXPECT_THAT(refusal(read_play(request)), HasSubstr("speed"));
}

TEST(RtmpRequest, Amf0AsJson) {
  rtmp::Amf0Array list;
  list.items = {1.0,
                1.5,
                "two",
                true,
                Amf0Value::null(),
                Amf0Value(rtmp::Amf0Date{86400000}),
                Amf0Value(rtmp::Amf0Xml{"<x/>"})};
  EXPECT_EQ(boost::json::serialize(to_json(object({{"list", list}}))),
            R"({"list":[1,1.5E0,"two",true,null,86400000,"<x/>"]})");
}

}  // namespace
}  // namespace saywell
