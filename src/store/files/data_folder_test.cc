#include "store/files/data_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "store/testing/temporary_store.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DataFolderTest : public ::testing::Test {
 protected:
  DataFolderTest() : data_(DataFolder::open(folder_.path()).value()) {}

  void write(const std::string& relative, const std::string& text) {
    Result<OpenFile> file = data_.create(relative);
    ASSERT_TRUE(file.ok()) << file.status().explanation();
    ASSERT_TRUE(write_at(*file, 0, text).ok());
    ASSERT_TRUE(sync(*file).ok());
  }

  TemporaryFolder folder_;
  DataFolder data_;
};

TEST_F(DataFolderTest, MovesIntoFoldersThatItMakesAndRemovesThemAgain) {
  write("incoming/a.1.part", "text");
  EXPECT_EQ(data_.create("incoming/a.1.part").status().code(), Code::kFileUnreadable);
  ASSERT_TRUE(data_.move("incoming/a.1.part", "audio/v1.1/x/y/z/a.flv").ok());
  EXPECT_EQ(*data_.size("audio/v1.1/x/y/z/a.flv"), 4);
  EXPECT_EQ(data_.move("incoming/a.1.part", "audio/v1.1/x/b.flv").code(), Code::kFileMissing);
  ASSERT_TRUE(data_.remove("audio/v1.1/x/y/z/a.flv").ok());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/audio/v1.1/x"));
  EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/audio"));
  EXPECT_TRUE(data_.remove("audio/v1.1/x/y/z/a.flv").ok());
}

TEST_F(DataFolderTest, FoldersThatAnotherFileNeedsStay) {
  write("incoming/a.1.part", "a");
  write("incoming/b.2.part", "b");
  ASSERT_TRUE(data_.move("incoming/a.1.part", "audio/v1.1/x/a.flv").ok());
  ASSERT_TRUE(data_.move("incoming/b.2.part", "audio/v1.1/x/b.flv").ok());
  ASSERT_TRUE(data_.remove("audio/v1.1/x/a.flv").ok());
  EXPECT_THAT(files_below(folder_.path()), ElementsAre("audio/v1.1/x/b.flv"));
}

TEST_F(DataFolderTest, AMoveFindsItsFolderAlthoughAnotherThreadTakesItAway) {
  constexpr int kEach = 200;
  const auto work = [this](int thread) {
    for (int i = 0; i < kEach; ++i) {
      const std::string from = incoming_path("t" + std::to_string(thread), i + 1);
      const std::string to = "audio/v1.1/shared/deep/" + std::to_string(thread) + ".flv";
      write(from, "text");
      EXPECT_TRUE(data_.move(from, to).ok());
      EXPECT_TRUE(data_.remove(to).ok());
    }
  };
  std::thread other(work, 1);
  work(2);
  other.join();
  EXPECT_THAT(files_below(folder_.path()), IsEmpty());
}

TEST_F(DataFolderTest, AFolderThatIsGoneIsAnErrorNotALoop) {
  write("incoming/a.1.part", "a");
  std::filesystem::remove_all(folder_.path());
  EXPECT_EQ(data_.move("incoming/a.1.part", "audio/v1.1/x/a.flv").code(), Code::kFileMissing);
  EXPECT_EQ(data_.create("incoming/b.2.part").status().code(), Code::kFileMissing);
}

TEST_F(DataFolderTest, ALinkIsNoFile) {
  std::filesystem::create_symlink("/etc/passwd", folder_.path() + "/audio/link");
  EXPECT_EQ(data_.size("audio/link").status().code(), Code::kFileUnreadable);
}

TEST_F(DataFolderTest, NamesOfIncomingFilesTellTheirNumber) {
  EXPECT_EQ(incoming_path("rec-1", 42), "incoming/rec-1.42.part");
  EXPECT_EQ(incoming_number("incoming/rec-1.42.part"), 42);
  for (const char* name : {"incoming/rec-1.42", "incoming/rec.x.part", "incoming/.part", "",
                           "incoming/rec.99999999999999999999.part", "incoming/rec. 1.part"}) {
    EXPECT_EQ(incoming_number(name), 0) << name;
  }
}

TEST_F(DataFolderTest, FinalPathsFollowTheLayout) {
  EXPECT_EQ(final_path({"aistream.enscore", "app", "../x", "", "rec", "flv"}),
            "audio/v1.1/aistream.enscore/app/%2E.%2Fx/%/rec.flv");
}

TEST(FileError, SaysWhatTheDiskSaid) {
  EXPECT_EQ(file_error("x", ENOSPC).code(), Code::kInternal);
  EXPECT_THAT(file_error("x", EDQUOT).explanation(), HasSubstr("x: the disk is full"));
  EXPECT_EQ(file_error("x", EIO).code(), Code::kInternal);
  EXPECT_EQ(file_error("x", EACCES).code(), Code::kFileUnreadable);
  EXPECT_EQ(file_error("x", ENOENT).code(), Code::kFileMissing);
}

}  // namespace
}  // namespace saywell
