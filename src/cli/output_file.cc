#include "cli/output_file.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

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
  // Devices such as /dev/full are not removed.
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) std::filesystem::remove(path, ignored);
  return not_written(path, error);
}

Status write_output(const std::string& path, std::string_view text) {
  return write_output(path, std::as_bytes(std::span(text)));
}

void LineOutput::Close::operator()(std::FILE* file) const {
  if (file != stdout) std::fclose(file);
}

LineOutput::LineOutput(std::string path, std::string written_path, std::FILE* file)
    : path_(std::move(path)), written_path_(std::move(written_path)), file_(file) {}

Result<LineOutput> LineOutput::open(const std::string& path) {
  if (path == "-") return LineOutput(path, path, stdout);
  std::error_code error;
  const auto kind = std::filesystem::status(path, error).type();
  using Type = std::filesystem::file_type;
  if (kind == Type::directory) return not_written(path, EISDIR);
  const bool direct = kind != Type::regular && kind != Type::not_found;
  const std::string written_path = direct ? path : path + ".part";
  std::FILE* file = std::fopen(written_path.c_str(), "wb");
  if (!file) return not_written(written_path, errno);
  return LineOutput(path, written_path, file);
}

Status LineOutput::write(std::string_view line) {
  std::string text(line);
  text += '\n';
  const bool written = write_all(file_.get(), std::as_bytes(std::span(text)));
  return written ? Status() : not_written(written_path_, errno);
}

Status LineOutput::finish() {
  if (path_ == "-") return Status();
  if (std::fclose(file_.release()) != 0) return not_written(written_path_, errno);
  if (written_path_ == path_) return Status();
  std::error_code error;
  std::filesystem::rename(written_path_, path_, error);
  return error ? not_written(path_, error.value()) : Status();
}

}  // namespace saywell::cli
