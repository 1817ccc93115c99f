// A body of multipart/form-data (RFC 7578), read while it arrives.
//
//   auto parser = MultipartParser::for_content_type(content_type, sink);
//   while (more) status = parser->push(bytes);
//   status = parser->finish();
//
// However the body is cut into pieces, the sink receives the same parts with the same bytes, and
// the status is the same. Every error is code 40031 and names the mistake; after one the parser
// must not be used again. The parser holds back only a few bytes that may be a boundary, so its
// memory does not grow with the body.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "saywell/status.h"

namespace saywell {

inline constexpr std::size_t kMaxPartHeaderBytes = 8192;
inline constexpr std::size_t kMaxParts = 32;

struct PartHeader {
  std::string name;
  std::string file_name;     // empty: none given
  std::string content_type;  // empty: none given
};

// Receives the parts. A status that is not ok ends the parsing; push() returns it.
class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual Status part_begin(const PartHeader& header) = 0;
  virtual Status part_data(std::string_view bytes) = 0;  // any number of times, never empty
  virtual Status part_end() = 0;
};

// One thread at a time.
class MultipartParser {
 public:
  // `sink` must outlive the parser. Errors: 40031 the content type is not multipart/form-data, or
  // has no usable boundary (1–70 bytes).
  static Result<MultipartParser> for_content_type(std::string_view content_type, PartSink& sink);

  Status push(std::string_view bytes);

  // The body is over. Error: the last boundary is missing.
  Status finish();

 private:
  enum class State { kPreamble, kBoundaryEnd, kHeader, kData, kEpilogue };
  enum class Step { kGoOn, kNeedMore };

  MultipartParser(std::string delimiter, PartSink& sink);
  Result<Step> step();
  Result<Step> read_preamble();
  Result<Step> read_boundary_end();
  Result<Step> read_header();
  Result<Step> read_data();
  void consume(std::size_t count) { begin_ += count; }
  std::string_view waiting() const { return std::string_view(buffer_).substr(begin_); }

  std::string delimiter_;  // CR LF "--" boundary
  PartSink* sink_;
  State state_ = State::kPreamble;
  std::string buffer_;
  std::size_t begin_ = 0;  // of the unread bytes in buffer_
  std::size_t parts_ = 0;
};

}  // namespace saywell
