// Readings in context on the development sentences of g2pM: one character per sentence between ▁
// marks, and its reading.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>

#include "mandarin/testing/front_end_for_tests.h"

namespace saywell {
namespace {

constexpr std::string_view kMark = "▁";

// The folder of dev.sent: SAYWELL_MANDARIN_CORPUS, or mandarin-g2p beside it.
std::optional<std::string> sentence_folder() {
  const char* corpus = std::getenv("SAYWELL_MANDARIN_CORPUS");
  if (corpus == nullptr) return std::nullopt;
  for (const std::string& folder :
       {std::string(corpus), std::string(corpus) + "/../mandarin-g2p"}) {
    if (std::ifstream(folder + "/dev.sent")) return folder;
  }
  return std::nullopt;
}

// As the labels write it: neutral 5, ü as u:, "r5" for the r of 儿.
std::string label_of(const MandarinText& text, std::size_t byte) {
  for (const MandarinSyllable& syllable : text.syllables) {
    if (byte < syllable.begin || byte >= syllable.end) continue;
    if (byte > syllable.begin && syllable.written.erhua) return "r5";
    std::string spelling(spelling_of(syllable.written.id));
    if (const std::size_t v = spelling.find('v'); v != std::string::npos)
      spelling.replace(v, 1, "u:");
    const int tone = syllable.written.tone;
    return spelling + static_cast<char>('0' + (tone == kNeutralTone ? 5 : tone));
  }
  return "";
}

TEST(ReadingAccuracy, DevelopmentSentences) {
  const std::optional<std::string> folder = sentence_folder();
  if (!folder) GTEST_SKIP() << "SAYWELL_MANDARIN_CORPUS names no folder with or beside dev.sent";
  std::ifstream sentences(*folder + "/dev.sent"), labels(*folder + "/dev.lb");
  int count = 0, right = 0, refused = 0;
  for (std::string line, label; std::getline(sentences, line) && std::getline(labels, label);
       ++count) {
    const std::size_t first = line.find(kMark);
    ASSERT_NE(first, std::string::npos) << line;
    line.erase(first, kMark.size());
    line.erase(line.find(kMark, first), kMark.size());
    const auto text = mandarin_front_end().read_text(line, {MandarinScript::kCharacters, 5000});
    if (!text.ok()) ++refused;
    if (text.ok() && label_of(*text, first) == label) ++right;
  }
  ASSERT_GT(count, 9000);
  std::cout << "readings in context: " << right << " of " << count << " right ("
            << 100.0 * right / count << " %), " << refused << " sentences refused\n";
  EXPECT_GE(right, 0.97 * count);
}

}  // namespace
}  // namespace saywell
