#include "rtmp/command.h"

#include <gtest/gtest.h>

namespace saywell::rtmp {
namespace {

TEST(Command, ComesBackAsItWent) {
  Amf0Object object;
  object.add("app", "live");
  const Command sent{"connect", 1, {object, "more", true, 2.5}};
  Bytes bytes;
  append_command(sent, bytes);
  const auto got = parse_command(bytes, Limits());
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->name, "connect");
  EXPECT_EQ(got->transaction, 1);
  EXPECT_EQ(*got->object(0)->find("app")->string(), "live");
  EXPECT_EQ(*got->string(1), "more");
  EXPECT_EQ(got->boolean(2), true);
  EXPECT_EQ(got->number(3), 2.5);
}

TEST(Command, WhatIsMissingOrOfAnotherTypeIsNothing) {
  const Command command{"publish", 0, {Amf0Value::null(), 3.0}};
  EXPECT_EQ(command.string(1), nullptr);
  EXPECT_EQ(command.object(0), nullptr);
  EXPECT_FALSE(command.boolean(1));
  EXPECT_FALSE(command.number(2));
  EXPECT_EQ(command.argument(2), nullptr);
}

TEST(Command, WithoutANameItIsNone) {
  Bytes bytes;
  append_amf0(1.0, bytes);
  EXPECT_EQ(parse_command(bytes, Limits()).status().code(), Code::kBadParameter);
  EXPECT_EQ(parse_command({}, Limits()).status().code(), Code::kBadParameter);
}

TEST(Command, ANameAloneIsEnough) {
  Bytes bytes;
  append_amf0("ping", bytes);
  const auto command = parse_command(bytes, Limits());
  ASSERT_TRUE(command.ok());
  EXPECT_EQ(command->transaction, 0);
}

TEST(SplitQuery, AtTheFirstMark) {
  EXPECT_EQ(split_query("take?refText=why?").name, "take");
  EXPECT_EQ(split_query("take?refText=why?").query, "refText=why?");
  EXPECT_EQ(split_query("take").query, "");
}

}  // namespace
}  // namespace saywell::rtmp
