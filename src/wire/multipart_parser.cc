#include "wire/multipart_parser.h"

#include <algorithm>
#include <optional>

#include "base/status_macros.h"
#include "wire/header_parameters.h"

namespace saywell {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kMaxBoundaryBytes = 70;  // RFC 2046
constexpr std::size_t kMaxPaddingBytes = 128;  // blanks behind a boundary

Status bad(const std::string& what) {
  return Status(Code::kBadParameter, "multipart body: " + what);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

// Name and value of a header's line; nullopt for a line without a colon.
struct HeaderLine {
  std::string_view name, value;
};

std::optional<HeaderLine> split_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  std::string_view value = line.substr(colon + 1);
  value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
  return HeaderLine{line.substr(0, colon), value};
}

Status read_disposition(std::string_view value, PartHeader& header) {
  const auto parsed = parse_parameterised(value);
  if (!parsed || parsed->value != "form-data") return bad("a part is not form-data");
  const std::string* name = parsed->find("name");
  if (name == nullptr || name->empty()) return bad("a part has no name");
  header.name = *name;
  if (const std::string* file_name = parsed->find("filename")) header.file_name = *file_name;
  return Status();
}

// `text` is the part's header lines, each with its line end.
Result<PartHeader> parse_part_header(std::string_view text) {
  PartHeader header;
  while (!text.empty()) {
    const std::size_t end = text.find(kLineEnd);
    const auto line = split_line(text.substr(0, end));
    if (!line) return bad("a header line of a part has no name");
    if (equal_ignoring_case(line->name, "content-disposition")) {
      RETURN_IF_ERROR(read_disposition(line->value, header));
    } else if (equal_ignoring_case(line->name, "content-type")) {
      header.content_type = line->value;
    }
    text.remove_prefix(end + kLineEnd.size());
  }
  if (header.name.empty()) return bad("a part has no Content-Disposition");
  return header;
}

}  // namespace

MultipartParser::MultipartParser(std::string delimiter, PartSink& sink)
    // The first boundary needs no line end before it: one stands in the buffer already.
    : delimiter_(std::move(delimiter)), sink_(&sink), buffer_(kLineEnd) {}

Result<MultipartParser> MultipartParser::for_content_type(std::string_view content_type,
                                                          PartSink& sink) {
  const auto parsed = parse_parameterised(content_type);
  if (!parsed || parsed->value != "multipart/form-data") {
    return Status(Code::kBadParameter, "Content-Type", "multipart/form-data is expected");
  }
  const std::string* boundary = parsed->find("boundary");
  if (boundary == nullptr || boundary->empty() || boundary->size() > kMaxBoundaryBytes ||
      boundary->find_first_of(kLineEnd) != std::string::npos) {
    return Status(Code::kBadParameter, "Content-Type", "a boundary of 1 to 70 bytes is expected");
  }
  return MultipartParser("\r\n--" + *boundary, sink);
}

Status MultipartParser::push(std::string_view bytes) {
  buffer_.append(bytes);
  while (true) {
    ASSIGN_OR_RETURN(const Step done, step());
    if (done == Step::kNeedMore) break;
  }
  buffer_.erase(0, begin_);
  begin_ = 0;
  return Status();
}

Status MultipartParser::finish() {
  if (state_ == State::kEpilogue) return Status();
  return bad(parts_ == 0 ? "no part in it" : "it ends before its last boundary");
}

Result<MultipartParser::Step> MultipartParser::step() {
  switch (state_) {
    case State::kPreamble:
      return read_preamble();
    case State::kBoundaryEnd:
      return read_boundary_end();
    case State::kHeader:
      return read_header();
    case State::kData:
      return read_data();
    case State::kEpilogue:
      break;
  }
  consume(waiting().size());
  return Step::kNeedMore;
}

Result<MultipartParser::Step> MultipartParser::read_preamble() {
  const std::size_t found = waiting().find(delimiter_);
  if (found == std::string_view::npos) {
    if (waiting().size() >= delimiter_.size()) consume(waiting().size() - delimiter_.size() + 1);
    return Step::kNeedMore;
  }
  consume(found + delimiter_.size());
  state_ = State::kBoundaryEnd;
  return Step::kGoOn;
}

// Behind a boundary stand "--" (the last one) or blanks and a line end.
Result<MultipartParser::Step> MultipartParser::read_boundary_end() {
  const std::string_view text = waiting();
  if (text.size() < 2) return Step::kNeedMore;
  if (text.substr(0, 2) == "--") {
    consume(2);
    state_ = State::kEpilogue;
    return Step::kGoOn;
  }
  const std::size_t padding = std::min(text.find_first_not_of(" \t"), text.size());
  if (padding > kMaxPaddingBytes) return bad("endless blanks behind a boundary");
  const std::string_view behind = text.substr(padding, 2);
  if (behind == kLineEnd) {
    if (++parts_ > kMaxParts) return bad("more than " + std::to_string(kMaxParts) + " parts");
    consume(padding + 2);
    state_ = State::kHeader;
    return Step::kGoOn;
  }
  if (behind.empty() || behind == kLineEnd.substr(0, 1)) return Step::kNeedMore;
  return bad("something stands behind a boundary");
}

Result<MultipartParser::Step> MultipartParser::read_header() {
  const std::string_view text = waiting();
  const bool empty = text.substr(0, 2) == kLineEnd;
  const std::size_t blank_line = empty ? 0 : text.find("\r\n\r\n");
  const std::size_t length = std::min(blank_line, text.size());
  if (length > kMaxPartHeaderBytes + 3) return bad("the header of a part is too long");
  if (blank_line == std::string_view::npos) return Step::kNeedMore;
  ASSIGN_OR_RETURN(const PartHeader header,
                   parse_part_header(empty ? std::string_view() : text.substr(0, blank_line + 2)));
  RETURN_IF_ERROR(sink_->part_begin(header));
  consume(empty ? kLineEnd.size() : blank_line + 2 * kLineEnd.size());
  state_ = State::kData;
  return Step::kGoOn;
}

// Gives away all but the last bytes, which may be the front of a boundary.
Result<MultipartParser::Step> MultipartParser::read_data() {
  const std::string_view text = waiting();
  const std::size_t found = text.find(delimiter_);
  const bool ends = found != std::string_view::npos;
  const std::size_t kept = std::min(text.size(), delimiter_.size() - 1);
  const std::string_view data = text.substr(0, ends ? found : text.size() - kept);
  if (!data.empty()) {
    RETURN_IF_ERROR(sink_->part_data(data));
  }
  consume(data.size());
  if (!ends) return Step::kNeedMore;
  RETURN_IF_ERROR(sink_->part_end());
  consume(delimiter_.size());
  state_ = State::kBoundaryEnd;
  return Step::kGoOn;
}

}  // namespace saywell
