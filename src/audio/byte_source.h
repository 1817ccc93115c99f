// Sources of a recording's bytes: memory, a file, a pipe read to its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "saywell/status.h"

namespace saywell {

// The bytes of a recording. One reader at a time.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Fills the front of `target` and advances. Returns the bytes read, 0 at the end, -1 on an error
  // of the device (failed() is true from then on).
  virtual std::int64_t read(std::span<std::byte> target) = 0;

  // False for bytes that arrive one after the other: seek() and size() are then not called.
  virtual bool seekable() const { return true; }

  // REQUIRES: 0 <= offset <= size().
  virtual void seek(std::int64_t offset) = 0;

  virtual std::int64_t position() const = 0;
  virtual std::int64_t size() const = 0;
  virtual bool failed() const { return false; }
};

// Reads from `bytes`, which must outlive the source.
std::unique_ptr<ByteSource> memory_source(std::span<const std::byte> bytes);

// Opens a regular file. Errors: 40001 no such file · 40002 cannot be opened, or is a directory,
// pipe or device.
Result<std::unique_ptr<ByteSource>> file_source(const std::string& path);

// Reads a pipe (or any descriptor) to its end; the descriptor stays open. Errors: 40002 the read
// failed · 40031 more than `max_bytes`, reported after reading one byte beyond.
Result<std::vector<std::byte>> read_stream(int descriptor, std::size_t max_bytes);

}  // namespace saywell
