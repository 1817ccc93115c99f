#include "format/request_json.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "base/core_type.h"
#include "base/nearest_name.h"
#include "base/status_macros.h"
#include "format/json_text.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

using boost::json::value;

constexpr std::size_t kMaxIdBytes = 256;
constexpr double kMaxDeadlineMs = 86'400'000;

Status bad_field(std::string_view field, const std::string& what) {
  return Status(Code::kBadParameter, std::string(field), what);
}

// What was given, short enough for a sentence.
std::string quoted(const value& given) { return shortened(json_text(given), 60); }

Status expected(std::string_view field, std::string_view what, const value& given) {
  return bad_field(field, std::string(what) + " is expected, not " + quoted(given));
}

Status read_text(std::string_view field, const value& given, std::string& target) {
  if (!given.is_string()) return expected(field, "a text", given);
  target = given.get_string();
  return Status();
}

Status read_id(std::string_view field, const value& given, std::string& target) {
  if (given.is_string() && given.get_string().size() > kMaxIdBytes) {
    return bad_field(field, "longer than 256 bytes");
  }
  return read_text(field, given, target);
}

std::optional<double> number_of(const value& given) {
  if (!given.is_number()) return std::nullopt;
  return given.to_number<double>();
}

Status read_flag(std::string_view field, const value& given, bool& target) {
  const std::optional<double> number = number_of(given);
  if (!given.is_bool() && number != 0.0 && number != 1.0) {
    return expected(field, "true or false", given);
  }
  target = given.is_bool() ? given.get_bool() : number == 1.0;
  return Status();
}

Status read_choice(std::string_view field, const value& given,
                   std::span<const std::string_view> choices, std::size_t& chosen) {
  const auto found = given.is_string() ? std::find(choices.begin(), choices.end(),
                                                   std::string_view(given.get_string()))
                                       : choices.end();
  if (found == choices.end()) {
    std::string list;
    for (const std::string_view choice : choices) {
      if (!list.empty()) list += " or ";
      list += '"' + std::string(choice) + '"';
    }
    return expected(field, list, given);
  }
  chosen = static_cast<std::size_t>(found - choices.begin());
  return Status();
}

Status read_ref_text(const value& given, RequestOptions& options) {
  return read_text("refText", given, options.request.ref_text);
}

Status read_core_type(const value& given, RequestOptions& options) {
  const Status read = read_text("coreType", given, options.request.core_type);
  return read.ok() ? check_core_type(options.request.core_type) : read;
}

Status read_phone_list(const value& given, std::vector<std::string>& phones) {
  if (!given.is_array()) return expected("phones", "a list of phones for each token", given);
  for (const value& phone : given.get_array()) {
    if (!phone.is_string()) return expected("phones", "the name of a phone", phone);
    phones.emplace_back(phone.get_string());
  }
  return Status();
}

Status read_phones(const value& given, RequestOptions& options) {
  if (!given.is_array() || given.get_array().empty()) {
    return expected("phones", "a list of phones for each token", given);
  }
  for (const value& list : given.get_array()) {
    RETURN_IF_ERROR(read_phone_list(list, options.request.phones.emplace_back()));
  }
  return Status();
}

Status read_rank_as(std::string_view field, const value& given, RequestOptions& options) {
  const std::optional<double> number = number_of(given);
  for (const int rank : {100, 5, 4, 2}) {
    if (number != rank) continue;
    options.presentation.rank = rank;
    return Status();
  }
  return expected(field, "2, 4, 5 or 100", given);
}

Status read_rank(const value& given, RequestOptions& options) {
  return read_rank_as("rank", given, options);
}

Status read_score_type(const value& given, RequestOptions& options) {
  return read_rank_as("scoreType", given, options);
}

Status read_precision(const value& given, RequestOptions& options) {
  const std::optional<double> number = number_of(given);
  for (const double precision : {1.0, 0.5, 0.1}) {
    if (number != precision) continue;
    options.presentation.precision = precision;
    return Status();
  }
  return expected("precision", "1, 0.5 or 0.1", given);
}

Status read_alphabet(const value& given, RequestOptions& options) {
  std::size_t chosen = 0;
  const Status read =
      read_choice("alphabet", given, std::array<std::string_view, 2>{"arpabet", "ipa"}, chosen);
  options.presentation.alphabet = chosen == 0 ? Alphabet::kArpabet : Alphabet::kIpa;
  return read;
}

Status read_quality(const value& given, RequestOptions& options) {
  std::size_t chosen = 0;
  const Status read =
      read_choice("quality", given, std::array<std::string_view, 2>{"strict", "advise"}, chosen);
  options.request.quality = chosen == 0 ? QualityMode::kStrict : QualityMode::kAdvise;
  return read;
}

Status read_deadline(const value& given, RequestOptions& options) {
  const std::optional<double> number = number_of(given);
  if (!number || !(*number > 0 && *number <= kMaxDeadlineMs)) {
    return expected("deadlineMs", "a number of milliseconds above 0, at most 86400000", given);
  }
  options.request.deadline_ms = *number;
  return Status();
}

Status read_mode(const value& given, RequestOptions& options) {
  std::size_t chosen = 0;
  const Status read =
      read_choice("mode", given, std::array<std::string_view, 1>{"record-only"}, chosen);
  options.record_only = read.ok();
  return read;
}

struct Field {
  std::string_view name;
  Status (*read)(const value& given, RequestOptions& options);
};

constexpr std::array<Field, 16> kFields = {
    {{"refText", read_ref_text},
     {"coreType", read_core_type},
     {"phones", read_phones},
     {"rank", read_rank},
     {"scoreType", read_score_type},
     {"precision", read_precision},
     {"alphabet", read_alphabet},
     {"quality", read_quality},
     {"deadlineMs", read_deadline},
     {"mode", read_mode},
     {"userId",
      [](const value& v, RequestOptions& o) { return read_id("userId", v, o.caller.user_id); }},
     {"applicationId",
      [](const value& v, RequestOptions& o) {
        return read_id("applicationId", v, o.caller.application_id);
      }},
     {"tokenId",
      [](const value& v, RequestOptions& o) { return read_id("tokenId", v, o.caller.token_id); }},
     {"sessionId", [](const value& v,
                      RequestOptions& o) { return read_id("sessionId", v, o.caller.session_id); }},
     {"attachAudioUrl",
      [](const value& v, RequestOptions& o) {
        return read_flag("attachAudioUrl", v, o.attach_audio_url);
      }},
     {"store", [](const value& v, RequestOptions& o) { return read_flag("store", v, o.store); }}}};

Status unknown_field(std::string_view name, std::span<const std::string_view> others) {
  std::vector<std::string_view> known(others.begin(), others.end());
  for (const Field& field : kFields) known.push_back(field.name);
  return bad_field(shortened(std::string(name), 60),
                   "unknown field" + nearest_name_hint(name, known));
}

Status check_one_rank(const boost::json::object& fields) {
  const value* rank = fields.if_contains("rank");
  const value* score_type = fields.if_contains("scoreType");
  if (rank == nullptr || score_type == nullptr || number_of(*rank) == number_of(*score_type)) {
    return Status();
  }
  return bad_field("rank", "scoreType says otherwise; give one of them");
}

}  // namespace

Result<RequestOptions> request_from_json(const boost::json::object& fields,
                                         std::span<const std::string_view> others) {
  RequestOptions options;
  for (const auto& [key, given] : fields) {
    const std::string_view name = key;
    if (std::find(others.begin(), others.end(), name) != others.end()) continue;
    const auto field = std::find_if(kFields.begin(), kFields.end(),
                                    [&](const Field& known) { return known.name == name; });
    if (field == kFields.end()) return unknown_field(name, others);
    RETURN_IF_ERROR(field->read(given, options));
  }
  if (!fields.contains("refText")) return bad_field("refText", "missing");
  RETURN_IF_ERROR(check_one_rank(fields));
  return options;
}

}  // namespace saywell
