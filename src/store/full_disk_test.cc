// A disk that fills up: by a limit on the size of files, which everyone can set, and by a small
// disk of its own, where the tests may mount one.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "store/testing/temporary_store.h"

namespace saywell {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FullDisk : public StoreTest {
 protected:
  // Appends until it is refused; the refusal.
  Status filled(RecordingWriter& writer) {
    const std::string piece(100'000, 'a');
    for (int i = 0; i < 1000; ++i) {
      const Status appended = writer.append(bytes_of(piece));
      if (!appended.ok()) return appended;
    }
    return Status();
  }

  void expect_refused_and_forgotten() {
    limits_.recording_max_bytes = 1'000'000'000;
    Result<RecordingWriter> writer =
        store_->recordings().begin(recording_of("anna", "rec"), limits_);
    ASSERT_TRUE(writer.ok()) << writer.status().explanation();
    const Status refused = filled(*writer);
    EXPECT_EQ(refused.code(), Code::kInternal);
    EXPECT_EQ(refused.explanation(), "recording: the disk is full");
    EXPECT_EQ(writer->complete(1000).explanation(), refused.explanation());
    writer->discard();
    EXPECT_THAT(files_below(folder_.path() + "/incoming"), IsEmpty());
    EXPECT_EQ(store_->recordings().find("rec").status().code(), Code::kFileMissing);
    record(recording_of("anna", "next"), "small enough");
    EXPECT_EQ(content("next"), "small enough");
  }
};

TEST_F(FullDisk, AFileThatMayNotGrowIsAFullDisk) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto ignored = ::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 2'000'000;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  expect_refused_and_forgotten();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ::signal(SIGXFSZ, ignored);
}

TEST_F(FullDisk, ASmallDiskFillsUpAndRecovers) {
  store_.reset();
  if (::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=3m,mode=0700") != 0) {
    GTEST_SKIP() << "no disk can be mounted here: " << std::strerror(errno);
  }
  open();
  expect_refused_and_forgotten();
  EXPECT_TRUE(store_->check().ok());
  {
    // Records are refused too, and kept ones are still there, to be read and to be deleted.
    Result<RecordingWriter> writer = store_->recordings().begin(recording_of("anna"), limits_);
    ASSERT_TRUE(writer.ok());
    EXPECT_FALSE(filled(*writer).ok());
    EXPECT_THAT(store_->check().explanation(), HasSubstr("full"));
    NewRecording large = recording_of("bob");
    large.request_json = std::string(900'000, 'r');
    const Status refused = store_->recordings().begin(large, limits_).status();
    EXPECT_EQ(refused.code(), Code::kInternal);
    EXPECT_THAT(refused.explanation(), HasSubstr("full"));
    EXPECT_EQ(content("next"), "small enough");
    EXPECT_TRUE(store_->recordings().open("next", access_of(Role::kLearner, "anna")).ok());
    EXPECT_TRUE(store_->recordings().remove("next", access_of(Role::kLearner, "anna")).ok());
  }
  record(recording_of("anna", "after"), "there is room again");
  EXPECT_EQ(content("after"), "there is room again");
  store_.reset();
  EXPECT_EQ(::umount(folder_.path().c_str()), 0);
}

}  // namespace
}  // namespace saywell
