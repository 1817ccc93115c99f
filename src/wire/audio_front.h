// Distinguishes samples from a container by the first bytes of a recording, not by its declaration.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace saywell {

inline constexpr std::size_t kAudioFrontBytes = 4096;

// True for bytes that begin a container which the service takes, or two frames of an MP3 or AAC
// stream; false for others, which are samples. nullopt while `front` is too short; never when it
// has kAudioFrontBytes. Pure.
std::optional<bool> is_container(std::string_view front);

}  // namespace saywell
