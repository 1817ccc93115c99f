#include "base/wall_clock.h"

#include <chrono>

namespace saywell {

WallClock system_wall_clock() {
  return [] {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return std::int64_t{std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count()};
  };
}

}  // namespace saywell
