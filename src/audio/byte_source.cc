#include "audio/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace saywell {
namespace {

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::int64_t read(std::span<std::byte> target) override {
    const std::size_t count = std::min(target.size(), bytes_.size() - position_);
    std::copy_n(bytes_.data() + position_, count, target.data());
    position_ += count;
    return static_cast<std::int64_t>(count);
  }
  void seek(std::int64_t offset) override { position_ = static_cast<std::size_t>(offset); }
  std::int64_t position() const override { return static_cast<std::int64_t>(position_); }
  std::int64_t size() const override { return static_cast<std::int64_t>(bytes_.size()); }

 private:
  std::span<const std::byte> bytes_;
  std::size_t position_ = 0;
};

class FileSource final : public ByteSource {
 public:
  FileSource(int descriptor, std::int64_t size) : descriptor_(descriptor), size_(size) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override { close(descriptor_); }

  std::int64_t read(std::span<std::byte> target) override {
    ssize_t count;
    do {
      count = pread(descriptor_, target.data(), target.size(), position_);
    } while (count < 0 && errno == EINTR);
    if (count < 0) failed_ = true;
    if (count > 0) position_ += count;
    return count;
  }
  void seek(std::int64_t offset) override { position_ = offset; }
  std::int64_t position() const override { return position_; }
  std::int64_t size() const override { return size_; }
  bool failed() const override { return failed_; }

 private:
  int descriptor_;
  std::int64_t size_;
  std::int64_t position_ = 0;
  bool failed_ = false;
};

std::string error_text(int error) { return std::system_category().message(error); }

}  // namespace

std::unique_ptr<ByteSource> memory_source(std::span<const std::byte> bytes) {
  return std::make_unique<MemorySource>(bytes);
}

Result<std::unique_ptr<ByteSource>> file_source(const std::string& path) {
  if (path.find('\0') != std::string::npos) {
    return Status(Code::kFileMissing, "the file name holds a zero byte");
  }
  // Without O_NONBLOCK opening a pipe waits for its writer.
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const int error = errno;
    const bool missing = error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG;
    return Status(missing ? Code::kFileMissing : Code::kFileUnreadable,
                  "'" + path + "': " + error_text(error));
  }
  struct stat info = {};
  if (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
    close(descriptor);
    return Status(
        Code::kFileUnreadable,
        "'" + path + "' is " + (S_ISDIR(info.st_mode) ? "a directory" : "no regular file"));
  }
  return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(descriptor, info.st_size));
}

Result<std::vector<std::byte>> read_stream(int descriptor, std::size_t max_bytes) {
  constexpr std::size_t kChunkBytes = 65536;
  std::vector<std::byte> bytes;
  while (true) {
    const std::size_t wanted = std::min(kChunkBytes, max_bytes + 1 - bytes.size());
    const std::size_t filled = bytes.size();
    bytes.resize(filled + wanted);
    const ssize_t count = ::read(descriptor, bytes.data() + filled, wanted);
    bytes.resize(filled + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Status(Code::kFileUnreadable, "input stream: " + error_text(errno));
    if (count == 0) return bytes;
    if (bytes.size() > max_bytes) {
      return Status(Code::kBadParameter, "audio",
                    "more than the limit of " + std::to_string(max_bytes) + " bytes");
    }
  }
}

}  // namespace saywell
