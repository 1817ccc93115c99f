#include "server/pages/page_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "base/digest.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPacked = ".gz";
constexpr std::size_t kEtagDigits = 32;

// Everything comes from here. Styles are also written by the scripts (the drawing of the waveform).
constexpr char kPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; media-src 'self' blob:; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct FileType {
  std::string_view extension, content_type;
};
constexpr std::array<FileType, 9> kTypes = {{{".html", "text/html; charset=utf-8"},
                                             {".js", "text/javascript; charset=utf-8"},
                                             {".css", "text/css; charset=utf-8"},
                                             {".json", "application/json"},
                                             {".webmanifest", "application/manifest+json"},
                                             {".svg", "image/svg+xml"},
                                             {".png", "image/png"},
                                             {".ico", "image/x-icon"},
                                             {".woff2", "font/woff2"}}};

Status refused(const fs::path& path, const std::string& why) {
  return Status(Code::kBadParameter, "web_dir", path.string() + ": " + why);
}

std::string_view type_of(const std::string& name) {
  const std::string extension = fs::path(name).extension();
  const auto* found = std::find_if(kTypes.begin(), kTypes.end(), [&](const FileType& type) {
    return type.extension == extension;
  });
  return found == kTypes.end() ? std::string_view() : found->content_type;
}

bool is_usual_name(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c == '/';
  });
}

Result<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.bad() || !file.is_open()) {
    return Status(Code::kFileUnreadable, "web_dir", path.string() + " cannot be read");
  }
  return bytes;
}

// Name below the folder -> content.
using Contents = std::map<std::string, std::string>;

Status take_file(const fs::directory_entry& entry, const fs::path& folder, Contents& contents) {
  const std::string name = entry.path().lexically_relative(folder).generic_string();
  const bool packed = name.ends_with(kPacked);
  const std::string plain = packed ? name.substr(0, name.size() - kPacked.size()) : name;
  if (!is_usual_name(name)) return refused(entry.path(), "letters, digits, . - _ are expected");
  if (type_of(plain).empty()) return refused(entry.path(), "no file of a page");
  ASSIGN_OR_RETURN(std::string bytes, read_file(entry.path()));
  contents.emplace(name, std::move(bytes));
  return Status();
}

Result<Contents> read_folder(const fs::path& folder) {
  Contents contents;
  std::uintmax_t bytes = 0;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error), end;
  for (; !error && at != end; at.increment(error)) {
    const bool hidden = at->path().filename().string().starts_with('.');
    if (hidden) at.disable_recursion_pending();
    if (hidden || at->is_symlink(error) || !at->is_regular_file(error)) continue;
    bytes += at->file_size(error);
    if (bytes > PageFiles::kMaxBytes || contents.size() >= PageFiles::kMaxFiles) {
      return refused(folder, "too much for a page");
    }
    RETURN_IF_ERROR(take_file(*at, folder, contents));
  }
  if (error) return Status(Code::kFileUnreadable, "web_dir", folder.string() + " cannot be read");
  return contents;
}

// Whether a name ends with a digest before its extension, as the bundler writes it into its folder:
// assets/page-BxY12_c3.js.
bool has_digest(const std::string& name) {
  constexpr std::size_t kDigestLetters = 8;
  const std::string stem = fs::path(name).stem();
  return name.starts_with("assets/") && stem.size() > kDigestLetters &&
         stem[stem.size() - kDigestLetters - 1] == '-';
}

// Whether a list such as "br, gzip;q=0.5" takes gzip.
bool takes_gzip(std::string_view encodings) {
  const std::size_t found = encodings.find("gzip");
  if (found == std::string_view::npos) return false;
  const std::string_view rest = encodings.substr(found, encodings.find(',', found) - found);
  const std::size_t quality = rest.find("q=");
  return quality == std::string_view::npos ||
         rest.substr(quality + 2).find_first_of("123456789") != std::string_view::npos;
}

bool has_tag(std::string_view tags, const std::string& etag) {
  return tags == "*" || tags.find(etag) != std::string_view::npos;
}

}  // namespace

Result<PageFiles> PageFiles::load(const std::string& folder) {
  PageFiles pages;
  if (folder.empty()) return pages;
  ASSIGN_OR_RETURN(Contents contents, read_folder(folder));
  for (auto& [name, bytes] : contents) {
    if (name.ends_with(kPacked)) continue;
    PageFile file;
    file.is_document = name == "index.html";
    file.path = file.is_document ? "/" : "/" + name;
    file.content_type = type_of(name);
    file.never_changes = has_digest(name);
    file.etag = '"' + sha256_hex(bytes).substr(0, kEtagDigits) + '"';
    const auto packed = contents.find(name + std::string(kPacked));
    if (packed != contents.end()) file.gzip_bytes = std::move(packed->second);
    file.bytes = std::move(bytes);
    pages.files_.push_back(std::move(file));
  }
  return pages;
}

bool PageFiles::has_document() const {
  return std::any_of(files_.begin(), files_.end(), [](const PageFile& f) { return f.is_document; });
}

HttpResponse page_file_response(const PageFile& file, const HttpRequest& request) {
  const bool packed = !file.gzip_bytes.empty() && takes_gzip(request.header("accept-encoding"));
  std::string etag = file.etag;
  if (packed) etag.insert(etag.size() - 1, "-gzip");
  HttpResponse response;
  response.content_type = file.content_type;
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control", file.never_changes
                                                     ? "public, max-age=31536000, immutable"
                                                     : "public, no-cache");
  if (!file.gzip_bytes.empty()) response.headers.emplace_back("Vary", "Accept-Encoding");
  if (file.is_document) {
    response.headers.emplace_back("Content-Security-Policy", kPolicy);
    response.headers.emplace_back("Permissions-Policy", "microphone=(self)");
  }
  if (has_tag(request.header("if-none-match"), etag)) {
    response.status = 304;
    return response;
  }
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = packed ? file.gzip_bytes : file.bytes;
  return response;
}

}  // namespace saywell
