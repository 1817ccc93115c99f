// The files of the practice page, read once when the server starts: only files found then have an
// address.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "saywell/status.h"
#include "server/http/http_message.h"

namespace saywell {

struct PageFile {
  std::string path;  // of its address: "/" for index.html, else "/assets/page.js" …
  std::string content_type;
  bool is_document = false;    // index.html
  bool never_changes = false;  // its name has a digest of its content
  std::string bytes, etag;     // the etag with its quotes
  std::string gzip_bytes;      // of FILE.gz beside it; empty: none
};

class PageFiles {
 public:
  // Everything below `folder`, without hidden files and symbolic links. Empty: no pages. Codes:
  // 40002 names the file that cannot be read · 40031 an unknown type of file, an unusual name, more
  // than kMaxFiles or kMaxBytes.
  static Result<PageFiles> load(const std::string& folder);

  static constexpr std::size_t kMaxFiles = 200;
  static constexpr std::size_t kMaxBytes = 20'000'000;

  const std::vector<PageFile>& files() const { return files_; }
  bool has_document() const;

 private:
  std::vector<PageFile> files_;
};

// The file, compressed if the client accepts that; 304 if the client already has it. Pages have a
// policy that forbids every other host.
HttpResponse page_file_response(const PageFile& file, const HttpRequest& request);

}  // namespace saywell
