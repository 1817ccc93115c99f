#include "server/http/router.h"

#include <algorithm>

namespace saywell {
namespace {

// Removes and returns the part before the next '/'.
std::string_view take_part(std::string_view& path) {
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view part = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return part;
}

// The values of {…} when `path` is of `pattern`.
std::optional<std::vector<std::string>> match_path(std::string_view pattern,
                                                   std::string_view path) {
  std::vector<std::string> values;
  if (std::count(pattern.begin(), pattern.end(), '/') !=
      std::count(path.begin(), path.end(), '/')) {
    return std::nullopt;
  }
  while (!pattern.empty() || !path.empty()) {
    const std::string_view wanted = take_part(pattern);
    const std::string_view given = take_part(path);
    if (wanted.size() < 2 || wanted.front() != '{') {
      if (wanted != given) return std::nullopt;
      continue;
    }
    Result<std::string> value = percent_decoded(given);
    if (!value.ok() || value->empty()) return std::nullopt;
    values.push_back(*std::move(value));
  }
  return values;
}

}  // namespace

void Router::add(Route route) { routes_.push_back(std::move(route)); }

Router::Match Router::find(std::string_view method, std::string_view path) const {
  Match match;
  for (const Route& route : routes_) {
    std::optional<std::vector<std::string>> values = match_path(route.pattern, path);
    if (!values) continue;
    const std::string methods = route.method == "GET" ? "GET, HEAD" : route.method;
    match.allowed += (match.allowed.empty() ? "" : ", ") + methods;
    if (route.method != method && !(method == "HEAD" && route.method == "GET")) continue;
    match.route = &route;
    match.path_values = *std::move(values);
  }
  return match;
}

}  // namespace saywell
