// Writes the commands' results: to a file, whole or not at all, or to standard output.
#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "saywell/status.h"

namespace saywell::cli {

// Writes `bytes` to `path`; "-" is standard output. A regular file that could not be written to its
// end (full disk) is removed. Errors: 40002 names the path and the system's reason.
Status write_output(const std::string& path, std::span<const std::byte> bytes);
Status write_output(const std::string& path, std::string_view text);

// An output that is written line by line while a long command runs. A regular file grows as
// PATH.part and finish() renames it, so that PATH is always whole. Standard output ("-"), devices
// and pipes are written to directly. One thread at a time. Errors: as write_output().
class LineOutput {
 public:
  static Result<LineOutput> open(const std::string& path);

  // Writes `line` and a line end, and flushes them.
  Status write(std::string_view line);
  Status finish();

  // Where the lines are until finish() has been called.
  const std::string& written_path() const { return written_path_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const;
  };

  LineOutput(std::string path, std::string written_path, std::FILE* file);

  std::string path_;
  std::string written_path_;
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace saywell::cli
