// A header's value with parameters: `form-data; name="audio"; filename="a.wav"`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saywell {

struct ParameterisedValue {
  std::string value;                                            // in lower case
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case

  // The first parameter `name` (given in lower case); nullptr: none.
  const std::string* find(std::string_view name) const;
};

// nullopt for an empty value, a parameter without a name or '=', an open quote. Pure; callable from
// any thread.
std::optional<ParameterisedValue> parse_parameterised(std::string_view text);

}  // namespace saywell
