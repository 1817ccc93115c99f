#include "cli/model_dir.h"

#include <filesystem>

namespace saywell::cli {

std::string resolve_model_dir(const GlobalOptions& globals) {
  namespace fs = std::filesystem;
  if (!globals.model_dir.empty()) return globals.model_dir;
  std::error_code error;
  const fs::path program_dir = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path installed = program_dir.parent_path() / "share" / "saywell" / "models";
  const fs::path beside = program_dir / "models";
  return fs::is_directory(beside, error) || !fs::is_directory(installed, error) ? beside : installed;
}

}  // namespace saywell::cli
