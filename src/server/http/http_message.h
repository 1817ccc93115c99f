// An HTTP request and its answer as the handlers see them: without a socket.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/form_fields.h"
#include "wire/multipart_parser.h"

namespace saywell {

struct BodyPart {
  PartHeader header;
  std::string content;
};

struct HttpRequest {
  std::string method;
  std::string path;  // still percent-encoded
  FormFields query;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::vector<std::string> path_values;  // what stood for {…} in the route's pattern, decoded
  std::string remote_address;
  bool http_1_0 = false;
  std::string body;             // of other kinds than multipart
  std::vector<BodyPart> parts;  // of a multipart body

  // Empty when there is no such header (given in lower case) or field.
  std::string_view header(std::string_view name) const;
  bool has_header(std::string_view name) const;
  std::string_view query_value(std::string_view name) const;
  // nullptr when there is no part `name`.
  const BodyPart* part(std::string_view name) const;
};

// An open file's bytes [begin, end): closed with the last copy.
class FileSlice {
 public:
  // Takes over `descriptor`.
  FileSlice(int descriptor, std::uint64_t begin, std::uint64_t end);
  ~FileSlice();
  FileSlice(const FileSlice&) = delete;
  FileSlice& operator=(const FileSlice&) = delete;

  std::uint64_t size() const { return end_ - begin_; }
  // At most `size` bytes from `offset` of the slice on; fewer when the file is shorter than it was.
  std::string read(std::uint64_t offset, std::size_t size) const;

 private:
  const int descriptor_;
  const std::uint64_t begin_, end_;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<const FileSlice> file;  // instead of `body`
  bool refuses_sign_in = false;           // is then delayed, as SignInGuard says
};

// Gives the answer, from any thread, once. When every copy is gone without a call, the connection
// answers 500.
using Respond = std::function<void(HttpResponse response)>;

// May block; runs on one of the server's worker threads, never on a network thread (but for routes
// that answer at once).
using Handler =
    std::function<void(const std::shared_ptr<const HttpRequest>& request, const Respond& respond)>;

}  // namespace saywell
