#include "text/unicode_text.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

TEST(UnicodeText, FoldsWhatLearnersType) {
  EXPECT_EQ(fold_to_ascii("café naïve Ångström"), "cafe naive Angstrom");
  EXPECT_EQ(fold_to_ascii("cafe\u0301"), "cafe");
  EXPECT_EQ(fold_to_ascii("Don’t “say” –5"), "Don't \"say\" -5");
  EXPECT_EQ(fold_to_ascii("ＨＩ ﬁne Œuvre Straße"), "HI fine OEuvre Strasse");
  EXPECT_EQ(fold_to_ascii("5½ ½"), "5 1/2 1/2");
  EXPECT_EQ(fold_to_ascii("so\u00ADft \uFEFFx\u200D"), "soft x");
  EXPECT_EQ(fold_to_ascii("brand™"), "brand");
  EXPECT_EQ(fold_to_ascii("€5 £5 5°"), "€5 £5 5°");
}

TEST(UnicodeText, OtherScriptsAndEmojiStayUnreadable) {
  for (const char* text : {"привет", "你好", "😀", "hello😀", "αβγ", "٣", "→"}) {
    EXPECT_FALSE(is_readable(fold_to_ascii(text))) << text;
  }
  EXPECT_TRUE(is_readable(fold_to_ascii("café — €5")) == false)
      << "long dashes are no part of a word";
  EXPECT_TRUE(is_readable(fold_to_ascii("café €5 20°C")));
}

TEST(UnicodeText, InvalidUtf8IsRefusedWithItsPlace) {
  for (const std::string text :
       {"ab\xFF", "ab\xC3", "ab\xC0\x80", "ab\xED\xA0\x80", "ab\xF5\x80\x80\x80"}) {
    const auto points = decode_text(text);
    ASSERT_FALSE(points.ok());
    EXPECT_EQ(points.status().code(), Code::kBadParameter);
    EXPECT_NE(points.status().explanation().find("byte 2"), std::string::npos)
        << points.status().explanation();
  }
}

TEST(UnicodeText, ControlCharactersAreRefusedUnlessTheyAreWhiteSpace) {
  EXPECT_TRUE(decode_text("a\tb\r\nc\v\fd\u0085e").ok());
  for (const std::string& text :
       {std::string("a\x07"), std::string("a\0b", 3), std::string("a\x7F"), std::string("a\x1B[0m"),
        std::string("a\u0080")}) {
    const auto points = decode_text(text);
    ASSERT_FALSE(points.ok());
    EXPECT_EQ(points.status().code(), Code::kBadParameter);
  }
}

TEST(UnicodeText, ShorteningCutsBetweenCharacters) {
  EXPECT_EQ(shortened("short"), "short");
  EXPECT_EQ(shortened("ééé", 3), "é…");
}

}  // namespace
}  // namespace saywell
