#include "format/syllables.h"

#include <gtest/gtest.h>

#include <sstream>

namespace saywell {
namespace {

// "m eh t ah l" -> "m_eh t_ah_l"
std::string parted(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> phones;
  for (std::string phone; stream >> phone;) phones.push_back(phone);
  std::string out;
  for (const Syllable& syllable : phones_to_syllables(phones)) {
    if (!out.empty()) out += ' ';
    for (std::size_t i = syllable.first; i < syllable.end; ++i) {
      out += (i > syllable.first ? "_" : "") + phones[i];
    }
  }
  return out;
}

TEST(PhonesToSyllables, GivesConsonantsToTheLaterSyllable) {
  EXPECT_EQ(parted("m eh t ah l"), "m_eh t_ah_l");
  EXPECT_EQ(parted("eh k s t r ah"), "eh_k s_t_r_ah");
  EXPECT_EQ(parted("ih m p r uw v"), "ih_m p_r_uw_v");
}

TEST(PhonesToSyllables, NeverStartsWithWhatEnglishCannot) {
  EXPECT_EQ(parted("s ih ng er"), "s_ih_ng er");
  EXPECT_EQ(parted("ae t l ah s"), "ae_t l_ah_s");
}

TEST(PhonesToSyllables, CoversEveryPhone) {
  EXPECT_EQ(parted("k iy ao s"), "k_iy ao_s");
  EXPECT_EQ(parted("s t r eh ng k th s"), "s_t_r_eh_ng_k_th_s");
  EXPECT_EQ(parted("sh m"), "sh_m");
  EXPECT_EQ(parted(""), "");
}

}  // namespace
}  // namespace saywell
