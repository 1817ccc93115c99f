#include "wire/form_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/request_json.h"

namespace saywell {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

TEST(FormFields, ArePlainText) {
  const auto fields = parse_form_fields("refText=Hello+you%21&&userId=%C3%A9va&flag&x=a=b+%2B");
  ASSERT_TRUE(fields.ok());
  EXPECT_THAT(*fields, ElementsAre(Pair("refText", "Hello you!"), Pair("userId", "éva"),
                                   Pair("flag", ""), Pair("x", "a=b +")));
  EXPECT_TRUE(parse_form_fields("")->empty());
}

TEST(FormFields, WhatIsNoTextIsRefusedByName) {
  for (const char* bad : {"a=%", "a=%4", "a=%GG", "%zz=1", "a=%FF", "a=%00", "a=\xC3"}) {
    const auto fields = parse_form_fields(bad);
    ASSERT_FALSE(fields.ok()) << bad;
    EXPECT_EQ(fields.status().code(), Code::kBadParameter) << bad;
  }
  std::string many;
  for (std::size_t i = 0; i <= kMaxFormFields; ++i) many += "a=1&";
  EXPECT_THAT(parse_form_fields(many).status().explanation(), HasSubstr("more than 100 fields"));
}

TEST(FormFields, PathsKeepTheirPlus) { EXPECT_EQ(*percent_decoded("a+b%20c"), "a+b c"); }

TEST(FormFields, BecomeARequestWithItsTypes) {
  const auto fields = parse_form_fields(
      "refText=We+call&rank=5&precision=0.5&store=false&attachAudioUrl=1&deadlineMs=2e3"
      "&phones=%5B%5B%22W%22,%22IY%22%5D,%5B%22K%22%5D%5D&tokenId=7");
  const auto request = form_fields_to_request(*fields);
  ASSERT_TRUE(request.ok());
  const auto options = request_from_json(*request);
  ASSERT_TRUE(options.ok()) << options.status().explanation();
  EXPECT_EQ(options->presentation.rank, 5);
  EXPECT_FALSE(options->store);
  EXPECT_TRUE(options->attach_audio_url);
  EXPECT_EQ(options->request.deadline_ms, 2000);
  EXPECT_EQ(options->request.phones.size(), 2U);
  EXPECT_EQ(options->caller.token_id, "7");
}

TEST(FormFields, AValueOfAnotherTypeIsRefusedByTheRequest) {
  for (const char* text : {"rank=many", "store=perhaps", "phones=x],[", "precision=1x", "rank="}) {
    const auto request =
        form_fields_to_request(*parse_form_fields(std::string("refText=a&") + text));
    ASSERT_TRUE(request.ok());
    EXPECT_EQ(request_from_json(*request).status().code(), Code::kBadParameter) << text;
  }
  EXPECT_THAT(form_fields_to_request(*parse_form_fields("a=1&a=2")).status().explanation(),
              HasSubstr("stands twice"));
}

}  // namespace
}  // namespace saywell
