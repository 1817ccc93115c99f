#include "cli/output_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace saywell::cli {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class OutputFileTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(testing::TempDir()) /
        (std::string("saywell_") + testing::UnitTest::GetInstance()->current_test_info()->name() +
         std::to_string(getpid()));
    fs::create_directory(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
};

TEST_F(OutputFileTest, WritesTheWholeText) {
  const fs::path path = folder_ / "out";
  EXPECT_TRUE(write_output(path, std::string_view("some text")).ok());
  EXPECT_EQ(content_of(path), "some text");
}

TEST_F(OutputFileTest, LinesGetTheirNameAtTheEnd) {
  const fs::path path = folder_ / "out";
  {
    auto output = LineOutput::open(path);
    ASSERT_TRUE(output.ok());
    EXPECT_TRUE(output->write("one").ok());
    EXPECT_EQ(content_of(output->written_path()), "one\n");
    EXPECT_FALSE(fs::exists(path));
    EXPECT_TRUE(output->write("two").ok());
    EXPECT_TRUE(output->finish().ok());
  }
  EXPECT_EQ(content_of(path), "one\ntwo\n");
  EXPECT_FALSE(fs::exists(folder_ / "out.part"));
}

TEST_F(OutputFileTest, LinesBrokenOffAreNotTakenForWhole) {
  const fs::path path = folder_ / "out";
  std::ofstream(path) << "of the last time\n";
  { EXPECT_TRUE(LineOutput::open(path)->write("one").ok()); }
  EXPECT_EQ(content_of(path), "of the last time\n");
  EXPECT_EQ(content_of(folder_ / "out.part"), "one\n");
}

TEST_F(OutputFileTest, AFullDiskIsTold) {
  EXPECT_EQ(write_output("/dev/full", std::string_view("text")).code(), Code::kFileUnreadable);
  auto output = LineOutput::open("/dev/full");
  ASSERT_TRUE(output.ok());
  EXPECT_EQ(output->write("line").code(), Code::kFileUnreadable);
}

TEST_F(OutputFileTest, WhatCannotBeOpenedIsTold) {
  EXPECT_EQ(LineOutput::open(folder_).status().code(), Code::kFileUnreadable);
  EXPECT_EQ(LineOutput::open(folder_ / "nowhere" / "out").status().code(), Code::kFileUnreadable);
}

}  // namespace
}  // namespace saywell::cli
