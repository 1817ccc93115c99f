#include "base/model_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "base/digest.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr char kManifestName[] = "manifest.tsv";
constexpr std::streamoff kMaxBytes = std::streamoff{2} << 30;

Status unusable(const std::string& path, const std::string& why) {
  return Status(Code::kKernelUnavailable, "model file '" + path + "' " + why);
}

Result<std::string> read_whole(const std::filesystem::path& path) {
  std::error_code error;
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file || !std::filesystem::is_regular_file(path, error)) {
    return unusable(path.string(), "cannot be opened");
  }
  const std::streamoff size = file.tellg();
  if (size < 0 || size > kMaxBytes) return unusable(path.string(), "has an unlikely size");
  std::string content(static_cast<std::size_t>(size), '\0');
  file.seekg(0);
  if (!file.read(content.data(), size)) return unusable(path.string(), "cannot be read");
  return content;
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t start = 0; start <= line.size();) {
    const std::size_t end = std::min(line.find('\t', start), line.size());
    fields.push_back(line.substr(start, end - start));
    start = end + 1;
  }
  return fields;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0 && text[0] != '#') lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// The field `wanted` of the row whose field `file` is `name`; the first row names the fields.
std::optional<std::string> find_in_manifest(std::string_view manifest, std::string_view name,
                                            std::string_view wanted) {
  const std::vector<std::string_view> lines = lines_of(manifest);
  if (lines.empty()) return std::nullopt;
  const std::vector<std::string_view> names = fields_of(lines[0]);
  const auto column = [&names](std::string_view field) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), field) - names.begin());
  };
  const std::size_t file_column = column("file"), wanted_column = column(wanted);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string_view> fields = fields_of(lines[i]);
    if (std::max(file_column, wanted_column) >= fields.size()) continue;
    if (fields[file_column] == name) return std::string(fields[wanted_column]);
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> read_model_file(const std::string& path) {
  ASSIGN_OR_RETURN(std::string content, read_whole(path));
  const std::filesystem::path file(path);
  const std::filesystem::path manifest_path = file.parent_path() / kManifestName;
  std::error_code error;
  if (!std::filesystem::exists(manifest_path, error) && !error) return content;
  ASSIGN_OR_RETURN(const std::string manifest, read_whole(manifest_path));
  const std::optional<std::string> expected =
      find_in_manifest(manifest, file.filename().string(), "sha256");
  if (!expected) {
    return unusable(path, "is not in '" + manifest_path.string() +
                              "': add its line there, or remove the manifest");
  }
  const std::string found = sha256_hex(content);
  if (found == *expected) return content;
  return unusable(path,
                  "is damaged or was exchanged: its SHA-256 is " + found + ", but '" +
                      manifest_path.string() + "' names " + *expected +
                      "; fetch the models again, or write the new sum there if the file is meant");
}

}  // namespace saywell
