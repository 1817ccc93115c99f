#include "server/http/http_message.h"

#include <unistd.h>

#include <algorithm>

namespace saywell {
namespace {

std::string_view find_value(const std::vector<std::pair<std::string, std::string>>& pairs,
                            std::string_view name) {
  const auto found = std::find_if(pairs.begin(), pairs.end(),
                                  [&](const auto& pair) { return pair.first == name; });
  return found == pairs.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
  return find_value(headers, name);
}

bool HttpRequest::has_header(std::string_view name) const {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const auto& pair) { return pair.first == name; });
}

std::string_view HttpRequest::query_value(std::string_view name) const {
  return find_value(query, name);
}

const BodyPart* HttpRequest::part(std::string_view name) const {
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const BodyPart& candidate) {
    return candidate.header.name == name;
  });
  return found == parts.end() ? nullptr : &*found;
}

FileSlice::FileSlice(int descriptor, std::uint64_t begin, std::uint64_t end)
    : descriptor_(descriptor), begin_(begin), end_(end) {}

FileSlice::~FileSlice() { close(descriptor_); }

std::string FileSlice::read(std::uint64_t offset, std::size_t size) const {
  std::string bytes(std::min<std::uint64_t>(size, this->size() - offset), '\0');
  const ssize_t got =
      pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(begin_ + offset));
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

}  // namespace saywell
