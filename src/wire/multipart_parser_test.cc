#include "wire/multipart_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "wire/header_parameters.h"

namespace saywell {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kType[] = "multipart/form-data; boundary=XyZ";

struct Part {
  std::string name, file_name, content_type, content;
  bool ended = false;
  bool operator==(const Part&) const = default;
};

class Collector : public PartSink {
 public:
  Status part_begin(const PartHeader& header) override {
    parts.push_back({header.name, header.file_name, header.content_type, "", false});
    return Status();
  }
  Status part_data(std::string_view bytes) override {
    parts.back().content += bytes;
    if (parts.back().content.size() > max_bytes) return Status(Code::kBadParameter, "too large");
    return Status();
  }
  Status part_end() override {
    parts.back().ended = true;
    return Status();
  }

  std::vector<Part> parts;
  std::size_t max_bytes = 1'000'000;
};

// Parses `body` cut into pieces whose sizes `next_size` gives.
template <class NextSize>
Status parse(std::string_view body, Collector& collector, NextSize next_size) {
  Result<MultipartParser> parser = MultipartParser::for_content_type(kType, collector);
  if (!parser.ok()) return parser.status();
  while (!body.empty()) {
    const std::size_t size = std::min<std::size_t>(next_size(), body.size());
    if (Status pushed = parser->push(body.substr(0, size)); !pushed.ok()) return pushed;
    body.remove_prefix(size);
  }
  return parser->finish();
}

Status parse(std::string_view body, Collector& collector) {
  return parse(body, collector, [&] { return body.size(); });
}

const std::string kTwoParts =
    "--XyZ\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n{\"refText\":\"x\"}\r\n"
    "--XyZ\r\ncontent-disposition: form-data; name=audio; filename=\"a \\\"b\\\".wav\"\r\n"
    "Content-Type: audio/wav\r\n\r\nRIFF\r\n--XyRIFF\r\n\r\n--XyZ--\r\nepilogue";

TEST(MultipartParser, GivesThePartsOfABody) {
  Collector collector;
  EXPECT_TRUE(parse(kTwoParts, collector).ok());
  EXPECT_THAT(collector.parts,
              ElementsAre(Part{"request", "", "", "{\"refText\":\"x\"}", true},
                          Part{"audio", "a \"b\".wav", "audio/wav", "RIFF\r\n--XyRIFF\r\n", true}));
}

TEST(MultipartParser, PiecesOfAnySizeGiveTheSame) {
  Collector whole;
  ASSERT_TRUE(parse(kTwoParts, whole).ok());
  for (std::size_t size = 1; size < 40; ++size) {
    Collector cut;
    ASSERT_TRUE(parse(kTwoParts, cut, [&] { return size; }).ok()) << size;
    EXPECT_EQ(cut.parts, whole.parts) << size;
  }
  std::mt19937 random(7);
  for (int round = 0; round < 100; ++round) {
    Collector cut;
    ASSERT_TRUE(parse(kTwoParts, cut, [&] { return 1 + random() % 30; }).ok());
    EXPECT_EQ(cut.parts, whole.parts);
  }
}

TEST(MultipartParser, TakesAPreambleAndEmptyParts) {
  Collector collector;
  const Status parsed =
      parse("hello\r\n--XyZ \t\r\nContent-Disposition: form-data; name=\"e\"\r\n\r\n\r\n--XyZ--",
            collector);
  EXPECT_TRUE(parsed.ok()) << parsed.explanation();
  EXPECT_THAT(collector.parts, ElementsAre(Part{"e", "", "", "", true}));
}

struct BadBody {
  std::string body, what;
};

TEST(MultipartParser, SaysWhatIsWrongHoweverTheBodyIsCut) {
  const std::string head = "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
  std::string many;
  for (std::size_t i = 0; i <= kMaxParts; ++i) many += head + "x\r\n";
  const std::vector<BadBody> cases = {
      {"", "no part"},
      {"no boundary", "no part"},
      {head + "endless", "ends before its last boundary"},
      {head + "x\r\n--XyZ", "ends before its last boundary"},
      {"--XyZ\r\n\r\nx\r\n--XyZ--", "no Content-Disposition"},
      {"--XyZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--XyZ--", "not form-data"},
      {"--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ--", "no name"},
      {"--XyZ\r\nnonsense\r\n\r\nx\r\n--XyZ--", "header line"},
      {"--XyZjunk\r\n\r\n", "behind a boundary"},
      {"--XyZ" + std::string(500, ' '), "endless blanks"},
      {"--XyZ\r\nA: " + std::string(10'000, 'x'), "too long"},
      {many + "--XyZ--", "more than 32 parts"}};
  for (const BadBody& bad : cases) {
    for (const std::size_t size : {1UL, 3UL, 7UL, bad.body.size() + 1}) {
      Collector collector;
      const Status parsed = parse(bad.body, collector, [&] { return size; });
      EXPECT_EQ(parsed.code(), Code::kBadParameter);
      EXPECT_THAT(parsed.explanation(), HasSubstr(bad.what));
    }
  }
}

TEST(MultipartParser, TheSinkMayRefuse) {
  Collector collector;
  collector.max_bytes = 3;
  EXPECT_THAT(parse(kTwoParts, collector).explanation(), "too large");
}

TEST(MultipartParser, RefusesOtherContentTypes) {
  Collector collector;
  for (const std::string type :
       {"", "text/plain", "multipart/mixed; boundary=x", "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"x"}) {
    EXPECT_EQ(MultipartParser::for_content_type(type, collector).status().code(),
              Code::kBadParameter)
        << type;
  }
  const std::string long_boundary = "multipart/form-data; boundary=" + std::string(71, 'b');
  EXPECT_FALSE(MultipartParser::for_content_type(long_boundary, collector).ok());
}

TEST(HeaderParameters, ReadsQuotedAndPlainValues) {
  const auto parsed = parse_parameterised("Form-Data ; Name = \"a;b\" ;file=c d ; x=");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->value, "form-data");
  EXPECT_EQ(*parsed->find("name"), "a;b");
  EXPECT_EQ(*parsed->find("file"), "c d");
  EXPECT_EQ(*parsed->find("x"), "");
  EXPECT_EQ(parsed->find("y"), nullptr);
  for (const char* bad : {"", ";", "a; b", "a; =b", "a; b=\"c", "a; b=\"c\"d"}) {
    EXPECT_FALSE(parse_parameterised(bad)) << bad;
  }
}

}  // namespace
}  // namespace saywell
