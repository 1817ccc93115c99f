#include "rtmp/amf0.h"

#include <gtest/gtest.h>

#include <string>

namespace saywell::rtmp {
namespace {

Result<Amf0Value> decode(ByteView bytes) { return Amf0Decoder(bytes, 32, 4096).next(); }

Bytes encode(const Amf0Value& value) {
  Bytes bytes;
  append_amf0(value, bytes);
  return bytes;
}

Bytes raw(std::initializer_list<int> numbers) {
  Bytes bytes;
  for (const int number : numbers) bytes.push_back(static_cast<std::byte>(number));
  return bytes;
}

Amf0Value value_of_every_type(std::size_t long_bytes = 70'000) {
  Amf0Object inner;
  inner.add("rate", 16000.0);
  inner.ecma_array = true;
  Amf0Object typed;
  typed.class_name = "flex.Thing";
  typed.add("x", Amf0Value());
  Amf0Object object;
  object.add("number", -2.5);
  object.add("boolean", true);
  object.add("string", "caf\xC3\xA9");
  object.add("long", std::string_view(std::string(long_bytes, 'a')));
  object.add("null", Amf0Value::null());
  object.add("undefined", Amf0Value());
  object.add("array", Amf0Array{{1.0, "two", Amf0Value::null()}});
  object.add("ecma", inner);
  object.add("typed", typed);
  object.add("date", Amf0Value(Amf0Value::Content(Amf0Date{1.5e12})));
  object.add("xml", Amf0Value(Amf0Value::Content(Amf0Xml{"<a/>"})));
  return object;
}

TEST(Amf0, EveryTypeComesBackAsItWent) {
  const Bytes bytes = encode(value_of_every_type());
  Amf0Decoder decoder(bytes, 32, 4096);
  const auto value = decoder.next();
  ASSERT_TRUE(value.ok()) << value.status().detail();
  EXPECT_TRUE(decoder.at_end());
  EXPECT_EQ(encode(*value), bytes);
  const Amf0Object& object = *value->object();
  EXPECT_EQ(object.find("number")->number(), -2.5);
  EXPECT_EQ(object.find("boolean")->boolean(), true);
  EXPECT_EQ(*object.find("string")->string(), "caf\xC3\xA9");
  EXPECT_EQ(object.find("long")->string()->size(), 70'000U);
  EXPECT_TRUE(object.find("null")->is_null());
  EXPECT_TRUE(object.find("undefined")->is_null());
  EXPECT_EQ(object.find("array")->array()->items.size(), 3U);
  EXPECT_EQ(object.find("ecma")->object()->find("rate")->number(), 16000.0);
  EXPECT_EQ(object.find("typed")->object()->class_name, "flex.Thing");
  EXPECT_EQ(object.find("date")->kind(), "a date");
  EXPECT_EQ(object.find("missing"), nullptr);
}

TEST(Amf0, TheBytesAreThoseOfTheSpecification) {
  EXPECT_EQ(encode(1.0), raw({0, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(encode("ab"), raw({2, 0, 2, 'a', 'b'}));
  Amf0Object object;
  object.add("k", false);
  EXPECT_EQ(encode(object), raw({3, 0, 1, 'k', 1, 0, 0, 0, 9}));
  object.ecma_array = true;
  EXPECT_EQ(encode(object), raw({8, 0, 0, 0, 1, 0, 1, 'k', 1, 0, 0, 0, 9}));
  EXPECT_EQ(encode(Amf0Array{{Amf0Value::null()}}), raw({10, 0, 0, 0, 1, 5}));
}

TEST(Amf0, AValueOfAnotherTypeIsNotConverted) {
  const Amf0Value text = "1";
  EXPECT_FALSE(text.number());
  EXPECT_FALSE(text.boolean());
  EXPECT_EQ(text.object(), nullptr);
  EXPECT_EQ(text.kind(), "a string");
}

TEST(Amf0, TheLastOfTwoMembersOfOneNameCounts) {
  Amf0Object object;
  object.add("a", 1.0);
  object.add("a", 2.0);
  EXPECT_EQ(object.find("a")->number(), 2.0);
}

TEST(Amf0, TheCountOfAnEcmaArrayIsAHint) {
  for (const int count : {0, 1, 200}) {
    const Bytes bytes = raw({8, 0, 0, 0, count, 0, 1, 'k', 5, 0, 0, 9});
    const auto value = decode(bytes);
    ASSERT_TRUE(value.ok()) << count;
    EXPECT_EQ(value->object()->members.size(), 1U);
  }
}

TEST(Amf0, RefusedTypesAreNamed) {
  const auto refused = [](std::initializer_list<int> bytes, std::string_view why) {
    const Bytes encoded = raw(bytes);
    const Status status = decode(encoded).status();
    EXPECT_EQ(status.code(), Code::kBadParameter);
    EXPECT_NE(status.detail().find(why), std::string::npos) << status.detail();
  };
  refused({7, 0, 0}, "reference");
  refused({0x11, 6, 3, 'a'}, "AMF3");
  refused({4}, "movie clip");
  refused({14}, "record set");
  refused({9}, "object end");
  refused({0xFF}, "unknown type 255");
  refused({3, 0, 0, 5}, "without a name");
}

TEST(Amf0, TooManyValuesAreRefused) {
  const Bytes bytes = encode(Amf0Array{std::vector<Amf0Value>(100)});
  EXPECT_TRUE(Amf0Decoder(bytes, 32, 101).next().ok());
  EXPECT_EQ(Amf0Decoder(bytes, 32, 100).next().status().code(), Code::kBadParameter);
}

// CVE-2017-11665, nginx-rtmp 23e1873, SRS#1524: reading past the end, null pointers and leaks.
TEST(Amf0KnownFailures, EveryTypeCutOffAtEveryByte) {
  Bytes whole = encode(value_of_every_type(10));
  append_bytes(whole, encode(value_of_every_type()));  // with a long string, cut off in its middle
  const std::size_t first = encode(value_of_every_type(10)).size();
  for (std::size_t size = 0; size < first; ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(decode(cut).status().code(), Code::kBadParameter) << size;
  }
  const Bytes cut(whole.begin() + static_cast<std::ptrdiff_t>(first), whole.end() - 5000);
  EXPECT_NE(decode(cut).status().detail().find("cut off: 70000 bytes"), std::string::npos);
}

// ZLMediaKit PR#4787, Red5#469, flvmeta#29: a stack overflow.
TEST(Amf0KnownFailures, ValuesNestedTenThousandDeep) {
  Bytes arrays;
  Bytes objects;
  for (int i = 0; i < 10'000; ++i) {
    append_bytes(arrays, raw({10, 0, 0, 0, 1}));
    append_bytes(objects, raw({3, 0, 1, 'a'}));
  }
  for (const Bytes& bytes : {arrays, objects}) {
    const Status status = decode(bytes).status();
    EXPECT_EQ(status.code(), Code::kBadParameter);
    EXPECT_NE(status.detail().find("deeper than 32"), std::string::npos);
  }
}

// baresip/re#441, Red5#469: the declared count drives a loop or an allocation.
TEST(Amf0KnownFailures, AnArrayCountLargerThanTheMessage) {
  const Bytes bytes = raw({10, 0xFF, 0xFF, 0xFF, 0xFF, 5, 5, 5});
  const Status status = decode(bytes).status();
  EXPECT_NE(status.detail().find("4294967295 items in 3 bytes"), std::string::npos);
}

// CVE-2015-8270: AMF3 string references in librtmp. No AMF3 value is read at all.
TEST(Amf0KnownFailures, AnAmf3StringReference) {
  EXPECT_FALSE(decode(raw({0x11, 0x06, 0x7E})).ok());
}

// Red5#481: external entities. XML stays text.
TEST(Amf0KnownFailures, XmlIsNotParsed) {
  const std::string xml = "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>";
  const Bytes bytes = encode(Amf0Value(Amf0Value::Content(Amf0Xml{xml})));
  const auto value = decode(bytes);
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(std::get<Amf0Xml>(value->content()).text, xml);
}

}  // namespace
}  // namespace saywell::rtmp
