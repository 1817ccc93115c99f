// A disk that fails: what the store then says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "store/testing/temporary_store.h"

namespace saywell {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using BrokenDisk = StoreTest;

// A folder that leads to itself: looking for a file in it fails, and not because it is gone.
class BrokenFolder {
 public:
  explicit BrokenFolder(std::string path) : path_(std::move(path)) {
    std::filesystem::rename(path_, path_ + ".away");
    std::filesystem::create_symlink(path_, path_);
  }
  ~BrokenFolder() {
    std::filesystem::remove(path_);
    std::filesystem::rename(path_ + ".away", path_);
  }
  BrokenFolder(const BrokenFolder&) = delete;
  BrokenFolder& operator=(const BrokenFolder&) = delete;

 private:
  const std::string path_;
};

TEST_F(BrokenDisk, ADiskThatFailsIsNoDeletionAndNoPathIsShown) {
  record(recording_of("anna", "kept"), "audio");
  std::vector<Status> refusals;
  {
    Result<RecordingWriter> cut = store_->recordings().begin(recording_of("anna", "cut"), limits_);
    Result<RecordingWriter> whole =
        store_->recordings().begin(recording_of("anna", "whole"), limits_);
    ASSERT_TRUE(cut->append(bytes_of("half of it")).ok());
    ASSERT_TRUE(cut->flush().ok());
    ASSERT_TRUE(whole->append(bytes_of("all of it")).ok());
    const BrokenFolder incoming(folder_.path() + "/incoming");
    const BrokenFolder audio(folder_.path() + "/audio");
    refusals.push_back(cut->keep_cut_short(Code::kTimeout, 500));
    refusals.push_back(whole->complete(1000));
    refusals.push_back(store_->recordings().begin(recording_of("anna"), limits_).status());
    refusals.push_back(store_->recordings().open("kept", access_of(Role::kBackEnd)).status());
  }
  for (const Status& refusal : refusals) {
    EXPECT_EQ(refusal.code(), Code::kFileUnreadable) << refusal.detail();
    EXPECT_THAT(refusal.detail(), HasSubstr("symbolic links"));
    for (const char* part : {"deleted", "lost", "incoming", "audio/", ".part", "/"}) {
      EXPECT_THAT(refusal.detail(), Not(HasSubstr(part)));
    }
  }
  EXPECT_EQ(content("kept"), "audio");
}

}  // namespace
}  // namespace saywell
