#include "audio/byte_source.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>

namespace saywell {
namespace {

// A pipe that a thread fills and closes.
class FedPipe {
 public:
  explicit FedPipe(std::size_t size) {
    if (pipe(ends_.data()) != 0) return;
    writer_ = std::thread([this, size] {
      const std::string block(size, 'x');
      std::size_t written = 0;
      while (written < size) {
        const ssize_t count = write(ends_[1], block.data() + written, size - written);
        if (count <= 0) break;
        written += static_cast<std::size_t>(count);
      }
      close(ends_[1]);
    });
  }
  ~FedPipe() {
    std::array<char, 65536> rest;
    while (read(ends_[0], rest.data(), rest.size()) > 0) {
    }
    writer_.join();
    close(ends_[0]);
  }
  int reading_end() const { return ends_[0]; }

 private:
  std::array<int, 2> ends_ = {-1, -1};
  std::thread writer_;
};

TEST(ReadStream, AWholePipeIsRead) {
  for (const std::size_t size : {0UL, 1UL, 65536UL, 300000UL}) {
    const FedPipe pipe(size);
    const auto bytes = read_stream(pipe.reading_end(), 300000);
    ASSERT_TRUE(bytes.ok()) << size;
    EXPECT_EQ(bytes->size(), size);
  }
}

TEST(ReadStream, TheLimitStopsAnEndlessPipe) {
  const FedPipe pipe(300001);
  const auto bytes = read_stream(pipe.reading_end(), 300000);
  EXPECT_EQ(bytes.status().code(), Code::kBadParameter);
  EXPECT_NE(bytes.status().explanation().find("300000"), std::string::npos);
}

TEST(ReadStream, ABrokenDescriptorIsUnreadable) {
  EXPECT_EQ(read_stream(-1, 1000).status().code(), Code::kFileUnreadable);
}

TEST(MemorySource, ReadsAndSeeks) {
  const std::array<std::byte, 4> bytes = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
  const auto source = memory_source(bytes);
  std::array<std::byte, 3> target = {};
  EXPECT_EQ(source->read(target), 3);
  EXPECT_EQ(source->read(target), 1);
  EXPECT_EQ(source->read(target), 0);
  source->seek(1);
  EXPECT_EQ(source->read(target), 3);
  EXPECT_EQ(target[0], std::byte{2});
}

}  // namespace
}  // namespace saywell
