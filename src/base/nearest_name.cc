#include "base/nearest_name.h"

#include <algorithm>
#include <cstddef>

#include "base/edit_distance.h"

namespace saywell {
namespace {

constexpr std::size_t kLongestName = 40;  // far from every known name, and costly to compare

}  // namespace

std::string nearest_name_hint(std::string_view name, std::span<const std::string_view> known) {
  if (name.size() > kLongestName || known.empty()) return "";
  const auto nearest =
      std::min_element(known.begin(), known.end(), [&](std::string_view a, std::string_view b) {
        return edit_distance(name, a) < edit_distance(name, b);
      });
  if (edit_distance(name, *nearest) > std::max<std::size_t>(2, name.size() / 3)) return "";
  return "; is '" + std::string(*nearest) + "' meant?";
}

}  // namespace saywell
