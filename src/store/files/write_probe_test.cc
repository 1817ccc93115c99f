#include "store/files/write_probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "store/testing/temporary_store.h"

namespace saywell {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Clock = WriteProbe::Clock;

class WriteProbeTest : public ::testing::Test {
 protected:
  WriteProbeTest() : data_(DataFolder::open(folder_.path()).value()), probe_(data_) {}

  void expect_refused(const std::string& why) {
    const Status tried = probe_.run();
    EXPECT_EQ(tried.code(), Code::kInternal);
    EXPECT_THAT(tried.detail(), HasSubstr("recordings cannot be kept: "));
    EXPECT_THAT(tried.detail(), HasSubstr(why));
    EXPECT_THAT(tried.detail(), Not(HasSubstr(folder_.path())));
    EXPECT_EQ(probe_.last(Clock::now()).detail(), tried.detail());
  }
  void expect_well() {
    EXPECT_TRUE(probe_.run().ok());
    EXPECT_TRUE(probe_.last(Clock::now()).ok());
    EXPECT_THAT(files_below(folder_.path()), IsEmpty());
  }
  std::string path(const char* name) const { return folder_.path() + "/" + name; }

  TemporaryFolder folder_;
  DataFolder data_;
  WriteProbe probe_;
};

TEST_F(WriteProbeTest, LeavesNothingAndRecovers) {
  EXPECT_TRUE(probe_.last(Clock::now()).ok());
  expect_well();
  for (const char* name : {"incoming", "audio", "probe"}) {
    std::filesystem::rename(path(name), path("away"));
    expect_refused("no such file");
    std::filesystem::create_symlink(name, path(name));  // leads nowhere but to itself
    expect_refused("symbolic links");
    std::filesystem::remove(path(name));
    std::filesystem::rename(path("away"), path(name));
    expect_well();
  }
}

TEST_F(WriteProbeTest, WhatAKillLeftDoesNotMatter) {
  for (const char* name : {"probe/before", "probe/after", "probe/unnamed"}) {
    std::ofstream(path(name)) << "left";
  }
  EXPECT_TRUE(probe_.run().ok());
}

TEST_F(WriteProbeTest, AFileThatMayNotGrowIsAFullDisk) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto ignored = ::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 100;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  expect_refused("the disk is full");
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ::signal(SIGXFSZ, ignored);
  expect_well();
}

TEST_F(WriteProbeTest, AReadOnlyDiskAndOneWithoutInodes) {
  const auto mount = [&](unsigned long flags, const char* options) {
    return ::mount("tmpfs", folder_.path().c_str(), "tmpfs", flags, options);
  };
  if (mount(0, "size=4m,nr_inodes=6,mode=0700") != 0) {
    GTEST_SKIP() << "no disk can be mounted here: " << std::strerror(errno);
  }
  ASSERT_TRUE(
      DataFolder::open(folder_.path()).ok());  // the root and four folders: one inode is left
  expect_well();
  std::ofstream(path("last")) << "";
  expect_refused("full");
  std::filesystem::remove(path("last"));
  expect_well();
  ASSERT_EQ(mount(MS_REMOUNT | MS_RDONLY, ""), 0);
  expect_refused("Read-only file system");
  ASSERT_EQ(mount(MS_REMOUNT, ""), 0);
  expect_well();
  EXPECT_EQ(::umount(folder_.path().c_str()), 0);
}

}  // namespace
}  // namespace saywell
