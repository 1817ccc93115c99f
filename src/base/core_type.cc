#include "base/core_type.h"

#include <algorithm>

#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr std::size_t kSentenceTokens = 40;

std::string_view default_name(std::size_t tokens) {
  if (tokens == 1) return "en.word.score";
  return tokens <= kSentenceTokens ? "en.sent.score" : "en.pred.score";
}

const CoreType* find(std::string_view name) {
  const auto* found = std::find_if(kCoreTypes.begin(), kCoreTypes.end(),
                                   [&](const CoreType& type) { return type.name == name; });
  return found == kCoreTypes.end() ? nullptr : found;
}

}  // namespace

Status check_core_type(std::string_view name) {
  if (find(name) != nullptr) return Status();
  constexpr std::size_t kLongestQuoted = 40;
  std::string what;
  if (name.size() <= kLongestQuoted) what += "'" + std::string(name) + "' ";
  what += name.starts_with("cn.") ? "is Mandarin, which is not built yet; supported are"
                                  : "is not supported; supported are";
  for (const CoreType& type : kCoreTypes) what += ' ' + std::string(type.name);
  return Status(Code::kBadParameter, "coreType", what);
}

Result<CoreType> choose_core_type(std::string_view name, std::size_t tokens) {
  if (name.empty()) name = default_name(tokens);
  RETURN_IF_ERROR(check_core_type(name));
  const CoreType* found = find(name);
  if (tokens > found->max_tokens) {
    return Status(Code::kBadParameter, "coreType",
                  std::string(name) + " takes at most " + std::to_string(found->max_tokens) +
                      " words, refText has " + std::to_string(tokens));
  }
  return *found;
}

}  // namespace saywell
