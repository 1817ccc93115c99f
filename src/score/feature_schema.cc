#include "score/feature_schema.h"

#include <cstdio>

#include "base/digest.h"

namespace saywell {
namespace {

constexpr std::size_t kHashDigits = 16;

// {"name": "level_db", "size": 1, "scale": 20, "source": "prosody"}
std::string feature_json(const Feature& feature) {
  char numbers[80];
  std::snprintf(numbers, sizeof numbers, "\"size\": %zu, \"scale\": %.9g", feature.size,
                feature.scale);
  return "{\"name\": \"" + std::string(feature.name) + "\", " + numbers + ", \"source\": \"" +
         std::string(feature.source) + "\"}";
}

// The tables as members of a JSON object, one feature per line.
std::string tables_json() {
  std::string text;
  for (const FeatureTable& table : kFeatureTables) {
    text += (text.empty() ? "  \"" : ",\n  \"") + std::string(table.name) + "\": [";
    for (const Feature& feature : table.features)
      text += (&feature == &table.features.front() ? "\n    " : ",\n    ") + feature_json(feature);
    text += "\n  ]";
  }
  return text;
}

}  // namespace

const std::string& feature_schema_hash() {
  static const std::string hash = sha256_hex(tables_json()).substr(0, kHashDigits);
  return hash;
}

std::string feature_schema_json() {
  return "{\n  \"hash\": \"" + feature_schema_hash() + "\",\n" + tables_json() + "\n}\n";
}

}  // namespace saywell
