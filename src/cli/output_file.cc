#include "cli/output_file.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace saywell::cli {
namespace {

Status not_written(const std::string& path, int error) {
  const std::string reason = std::system_category().message(error);
  return Status(Code::kFileUnreadable, "'" + path + "' cannot be written: " + reason);
}

bool write_all(std::FILE* file, std::span<const std::byte> bytes) {
  return std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() && std::fflush(file) == 0;
}

}  // namespace

Status write_output(const std::string& path, std::span<const std::byte> bytes) {
  if (path == "-") {
    return write_all(stdout, bytes) ? Status() : not_written("standard output", errno);
  }
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return not_written(path, errno);
  int error = write_all(file, bytes) ? 0 : errno;
  if (std::fclose(file) != 0 && error == 0) error = errno;
  if (error == 0) return Status();
  // Devices such as /dev/full are left where they are.
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) std::filesystem::remove(path, ignored);
  return not_written(path, error);
}

}  // namespace saywell::cli
