#include "cli/model_dir.h"

#include <filesystem>

namespace saywell::cli {
namespace {

namespace fs = std::filesystem;

// `name` beside the program, else ../share/saywell/`name` relative to it, if that exists.
std::string find_folder(const char* name) {
  std::error_code error;
  const fs::path program_dir = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path installed = program_dir.parent_path() / "share" / "saywell" / name;
  const fs::path beside = program_dir / name;
  return fs::is_directory(beside, error) || !fs::is_directory(installed, error) ? beside
                                                                                : installed;
}

}  // namespace

std::string resolve_model_dir(const GlobalOptions& globals) {
  return globals.model_dir.empty() ? find_folder("models") : globals.model_dir;
}

std::string find_web_dir() {
  std::error_code error;
  const std::string folder = find_folder("web");
  return fs::is_directory(folder, error) ? folder : "";
}

}  // namespace saywell::cli
