#include "base/model_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/digest.h"

namespace saywell {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr char kModel[] = "the weights of a network";
constexpr char kHead[] = "# Where the models are from.\nfile\tpackage\tsha256\tlicence\n";

class ModelFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
    write("a.onnx", kModel);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  void write_manifest(const std::string& rows) const { write("manifest.tsv", kHead + rows); }
  Result<std::string> read() const { return read_model_file(folder_ / "a.onnx"); }
  void expect_refused(const testing::Matcher<std::string>& detail) const {
    const Status status = read().status();
    EXPECT_EQ(status.code(), Code::kKernelUnavailable);
    EXPECT_THAT(status.detail(), AllOf(HasSubstr((folder_ / "a.onnx").string()), detail));
  }

  std::filesystem::path folder_;
};

TEST_F(ModelFile, IsTakenAsItIsWithoutAManifest) {
  ASSERT_TRUE(read().ok());
  EXPECT_EQ(*read(), kModel);
}

TEST_F(ModelFile, IsTakenWhenItsSumIsTheManifests) {
  write_manifest("b.onnx\t-\tsome\tMIT\na.onnx\t-\t" + sha256_hex(kModel) + "\tMIT\n");
  ASSERT_TRUE(read().ok()) << read().status().detail();
  EXPECT_EQ(*read(), kModel);
}

TEST_F(ModelFile, EveryFlippedBitIsNoticed) {
  write_manifest("a.onnx\t-\t" + sha256_hex(kModel) + "\tMIT\n");
  for (std::size_t bit = 0; bit < 8 * (sizeof kModel - 1); ++bit) {
    std::string flipped = kModel;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    write("a.onnx", flipped);
    expect_refused(AllOf(HasSubstr(sha256_hex(flipped)), HasSubstr(sha256_hex(kModel)),
                         HasSubstr("fetch the models again")));
  }
}

TEST_F(ModelFile, MustBeInAManifestThatIsThere) {
  write_manifest("b.onnx\t-\t" + sha256_hex(kModel) + "\tMIT\n");
  expect_refused(HasSubstr("is not in"));
  write_manifest("a.onnx\t-\n");
  expect_refused(HasSubstr("is not in"));
  write("manifest.tsv", "");
  expect_refused(HasSubstr("is not in"));
}

TEST_F(ModelFile, ThatCannotBeReadIsNamed) {
  std::filesystem::remove(folder_ / "a.onnx");
  expect_refused(HasSubstr("cannot be opened"));
  std::filesystem::create_directory(folder_ / "a.onnx");
  expect_refused(HasSubstr("cannot be opened"));
}

}  // namespace
}  // namespace saywell
