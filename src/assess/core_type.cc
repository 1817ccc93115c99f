#include "assess/core_type.h"

#include <algorithm>

namespace saywell {
namespace {

constexpr std::size_t kSentenceTokens = 40;

std::string_view default_name(std::size_t tokens) {
  if (tokens == 1) return "en.word.score";
  return tokens <= kSentenceTokens ? "en.sent.score" : "en.pred.score";
}

}  // namespace

Result<CoreType> choose_core_type(std::string_view name, std::size_t tokens) {
  if (name.empty()) name = default_name(tokens);
  const auto found = std::find_if(kCoreTypes.begin(), kCoreTypes.end(),
                                  [&](const CoreType& type) { return type.name == name; });
  if (found == kCoreTypes.end()) {
    std::string known;
    for (const CoreType& type : kCoreTypes) known += (known.empty() ? "" : ", ") + std::string(type.name);
    return Status(Code::kBadParameter, "coreType: '" + std::string(name) + "' is not one of " + known);
  }
  if (tokens > found->max_tokens) {
    return Status(Code::kBadParameter, "coreType: " + std::string(name) + " takes at most " +
                                           std::to_string(found->max_tokens) + " words, refText has " +
                                           std::to_string(tokens));
  }
  return *found;
}

}  // namespace saywell
