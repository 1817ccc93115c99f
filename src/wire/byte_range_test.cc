#include "wire/byte_range.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

using Kind = ByteRange::Kind;

void expect(std::string_view header, std::uint64_t size, const ByteRange& expected) {
  const ByteRange range = parse_byte_range(header, size);
  EXPECT_EQ(range.kind, expected.kind) << header;
  EXPECT_EQ(range.begin, expected.begin) << header;
  EXPECT_EQ(range.end, expected.end) << header;
}

TEST(ByteRange, PartsOfAFile) {
  expect("bytes=0-9", 100, {Kind::kPart, 0, 10});
  expect("bytes=90-", 100, {Kind::kPart, 90, 100});
  expect("bytes=-10", 100, {Kind::kPart, 90, 100});
  expect("bytes=-1000", 100, {Kind::kPart, 0, 100});
  expect("bytes=99-99999999999999999999999", 100, {Kind::kPart, 99, 100});
}

TEST(ByteRange, BehindTheEnd) {
  expect("bytes=100-", 100, {Kind::kUnsatisfiable, 0, 0});
  expect("bytes=0-", 0, {Kind::kUnsatisfiable, 0, 0});
  expect("bytes=-0", 100, {Kind::kUnsatisfiable, 0, 0});
}

TEST(ByteRange, AnythingElseIsTheWholeFile) {
  for (const char* header :
       {"", "bytes", "bytes=", "bytes=-", "items=0-9", "bytes=9-0", "bytes=0-1,5-6", "bytes=a-b",
        "bytes=1-b", "bytes=a-1", "bytes= 1-2"}) {
    expect(header, 100, {Kind::kWhole, 0, 100});
  }
}

}  // namespace
}  // namespace saywell
