// The table against tests/data/status-codes.tsv: the numbers and families of the specification.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>

#include "saywell/status.h"

namespace saywell {
namespace {

std::map<int, std::string> specified_codes() {
  std::ifstream file(SAYWELL_SOURCE_DIR "/tests/data/status-codes.tsv");
  std::string header;
  std::getline(file, header);
  std::map<int, std::string> codes;
  std::string family;
  for (int code; file >> code >> family;) codes[code] = family;
  return codes;
}

// What servers add to the specification: it leaves open how a refused sign-in is answered.
const std::map<int, std::string> kAdditions = {{40080, "media"}, {40082, "media"}};

TEST(StatusTable, HasExactlyTheCodesOfTheSpecificationAndTheAdditions) {
  std::map<int, std::string> table;
  for (const StatusInfo& row : status_table()) table[row.code] = row.family;
  std::map<int, std::string> expected = specified_codes();
  for (const auto& [code, family] : kAdditions) {
    EXPECT_TRUE(expected.emplace(code, family).second) << code << " is the specification's";
  }
  EXPECT_EQ(table, expected);
  EXPECT_EQ(table.size(), status_table().size()) << "a code stands twice";
}

TEST(StatusTable, IsOrderedByFamilyAndCode) {
  for (std::size_t i = 1; i < status_table().size(); ++i) {
    EXPECT_LT(status_table()[i - 1].code, status_table()[i].code);
  }
}

TEST(StatusTable, EveryRowIsComplete) {
  std::set<std::string_view> symbols;
  for (const StatusInfo& row : status_table()) {
    EXPECT_TRUE(symbols.insert(row.symbol).second) << row.code << ": symbol taken twice";
    EXPECT_EQ(row.message_en.back(), '.') << row.code;
    EXPECT_TRUE(row.message_zh.ends_with("。")) << row.code;
    EXPECT_EQ(row.hint.back(), '.') << row.code;
  }
}

TEST(StatusTable, HttpStatusesAreTheContracts) {
  for (const StatusInfo& row : status_table()) {
    if (row.code >= 20000 && row.code < 30000) {
      EXPECT_EQ(row.http_status, 422) << row.code;
    } else if (row.family == "client") {
      EXPECT_EQ(row.http_status, 200) << row.code;
    }
  }
  const std::map<int, int> others = {{500, 500},   {503, 503},   {40001, 404}, {40002, 500},
                                     {40003, 422}, {40004, 422}, {40031, 400}, {40051, 503},
                                     {40080, 401}, {40082, 403}};
  for (const auto& [code, http_status] : others) {
    ASSERT_NE(find_status(code), nullptr) << code;
    EXPECT_EQ(find_status(code)->http_status, http_status) << code;
  }
}

TEST(StatusTable, AnUnknownCodeFallsBackToItsFamily) {
  const std::map<int, std::string_view> families = {
      {-1, "kernel"},   {1, "kernel"},     {20999, "kernel"}, {39999, "kernel"}, {40000, "media"},
      {49999, "media"}, {50999, "client"}, {59999, "client"}, {60000, "kernel"}};
  for (const auto& [code, family] : families) {
    EXPECT_EQ(find_status(code), nullptr) << code;
    const StatusInfo info = describe_status(code);
    EXPECT_EQ(info.code, code);
    EXPECT_EQ(info.family, family) << code;
    EXPECT_FALSE(info.message_en.empty()) << code;
  }
  EXPECT_EQ(describe_status(20001).symbol, "VAD_NO_SPEECH");
}

TEST(StatusTable, SubStatusesNameTheStates) {
  EXPECT_EQ(sub_statuses(50353).size(), 6u);
  EXPECT_EQ(sub_statuses(50454).size(), 6u);
  EXPECT_TRUE(sub_statuses(20001).empty());
  for (const std::string_view state : sub_statuses(50353)) {
    EXPECT_TRUE(state.starts_with("status.invalid:")) << state;
  }
}

TEST(Status, ExplanationNamesTheField) {
  const Status status(Code::kBadParameter, "refText", "missing");
  EXPECT_EQ(status.field(), "refText");
  EXPECT_EQ(status.detail(), "missing");
  EXPECT_EQ(status.explanation(), "refText: missing");
}

TEST(Status, MessageIsTheSentenceAndTheDetail) {
  EXPECT_EQ(Status(Code::kTooQuiet, "level -63.2 dBFS").message(),
            "Speech is too weak to process, please try again. (level -63.2 dBFS)");
}

}  // namespace
}  // namespace saywell
