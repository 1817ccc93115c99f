// For tests: a data folder that goes away, a clock that stands still, and a store in it.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace saywell {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = std::filesystem::temp_directory_path() / "saywell_store_XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Every file below `folder`, relative to it, sorted.
inline std::vector<std::string> files_below(const std::filesystem::path& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(folder));
  }
  std::sort(files.begin(), files.end());
  return files;
}

class StoreTest : public ::testing::Test {
 protected:
  static constexpr std::int64_t kNow_ms = 1'700'000'000'000;

  void SetUp() override { open(); }

  StoreOptions options() {
    StoreOptions options;
    options.data_dir = folder_.path();
    options.serve = true;
    options.busy_ms = 0;
    options.now = [this] { return now_ms_; };
    return options;
  }

  void open() {
    store_.reset();
    Result<std::unique_ptr<Store>> store = Store::open(options());
    ASSERT_TRUE(store.ok()) << store.status().explanation();
    store_ = std::move(store).value();
  }

  static NewRecording recording_of(std::string user, std::string id = "") {
    NewRecording wanted;
    wanted.asked_id = std::move(id);
    wanted.interface_name = "stream";
    wanted.application_id = "app";
    wanted.user_id = std::move(user);
    wanted.session_id = "session";
    wanted.extension = "flv";
    wanted.request_json = R"({"refText":"hello"})";
    wanted.core_type = "en.word.score";
    return wanted;
  }

  // A whole recording of `text`; its id.
  std::string record(const NewRecording& wanted, std::string_view text) {
    Result<RecordingWriter> writer = store_->recordings().begin(wanted, limits_);
    EXPECT_TRUE(writer.ok()) << writer.status().explanation();
    if (!writer.ok()) return "";
    EXPECT_TRUE(writer->append(bytes_of(text)).ok());
    const Status completed = writer->complete(1000);
    EXPECT_TRUE(completed.ok()) << completed.explanation();
    return writer->id();
  }

  static Access access_of(Role role, std::string user = "", std::string application = "app") {
    Access access;
    access.application_id = std::move(application);
    access.user_id = std::move(user);
    access.role = role;
    return access;
  }

  std::string content(const std::string& id) {
    const Result<RecordingFile> file = store_->recordings().open_for_assessment(id);
    if (!file.ok()) return "(" + file.status().explanation() + ")";
    std::string text(static_cast<std::size_t>(file->size()), '\0');
    const Result<std::size_t> got =
        file->read_at(0, std::as_writable_bytes(std::span(text.data(), text.size())));
    return got.ok() && *got == text.size() ? text : "(short)";
  }

  TemporaryFolder folder_;
  std::int64_t now_ms_ = kNow_ms;
  ApplicationLimits limits_;
  std::unique_ptr<Store> store_;
};

}  // namespace saywell
