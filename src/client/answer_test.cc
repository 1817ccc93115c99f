#include "client/answer.h"

#include <gtest/gtest.h>

#include "client/sign_in.h"

namespace saywell::client {
namespace {

TEST(Answer, RefusalsAreRead) {
  const auto answer = parse_answer(R"({"errID": 20001, "error": "no speech"})");
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(code_of(*answer), 20001);
  EXPECT_EQ(refusal_in(*answer).code(), Code::kNoSpeech);
  EXPECT_EQ(refusal_in(*answer).explanation(), "no speech");
  EXPECT_EQ(refusal_in({}).code(), Code::kInternal);
  EXPECT_EQ(code_of({{"errID", "x"}}), 0);
}

TEST(Answer, WhatIsNoJsonIsQuoted) {
  for (const char* text : {"", "[]", "<html>", "{"}) {
    EXPECT_EQ(parse_answer(text).status().code(), Code::kInternal) << text;
  }
}

TEST(Answer, FormFieldsAreEncoded) { EXPECT_EQ(form_encoded("a b&ü=1"), "a%20b%26%C3%BC%3D1"); }

TEST(SignIn, TheSignatureIsTheShaOfIdTimeAndSecret) {
  // printf id1700000000secret | sha256sum
  EXPECT_EQ(signature({"", "id", "secret"}, "1700000000"),
            "77a904ff855e60d55a896a6d8f590b39524957bbb4ac2af2d1d0c0f4b89fd4ed");
  const boost::json::object command = connect_command({"t", "", ""}, 7);
  EXPECT_EQ(command.at("param").at("app").at("token").as_string(), "t");
}

}  // namespace
}  // namespace saywell::client
