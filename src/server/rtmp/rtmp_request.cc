#include "server/rtmp/rtmp_request.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "format/json_text.h"
#include "text/unicode_text.h"
#include "wire/form_fields.h"

namespace saywell {
namespace {

using boost::json::object;
using boost::json::value;
using rtmp::Amf0Object;
using rtmp::Amf0Value;

constexpr std::string_view kAppPath = "v1.1/";
constexpr std::array<std::string_view, 2> kInterfaces = {"aistream.enscore", "aistream.cnscore"};
// Read here, kept among the recording's parameters: they do not matter to the assessment.
constexpr std::array<std::string_view, 2> kVadFields = {"vadEnable", "vadSilenceMs"};
constexpr std::size_t kMaxTextBytes = 512;
constexpr double kMostMs = 86'400'000;
constexpr double kLeastSilenceMs = 200;
constexpr double kMostSilenceMs = 10'000;

Status bad(std::string_view field, const std::string& what) {
  return Status(Code::kBadParameter, shortened(std::string(field), 60), what);
}

Status expected(std::string_view field, const std::string& what, const value& given) {
  return bad(field, what + " is expected, not " + shortened(json_text(given), 60));
}

// Queries carry numbers as text.
std::optional<double> number_of(const value& given) {
  if (given.is_number()) return given.to_number<double>();
  if (!given.is_string()) return std::nullopt;
  const std::string_view text = given.get_string();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Status read_ms(std::string_view field, const value& given, double least, double most,
               std::int64_t& target) {
  const std::optional<double> number = number_of(given);
  if (!number || !(*number >= least && *number <= most)) {
    return expected(field,
                    "a number of milliseconds from " + json_text(value(least)) + " to " +
                        json_text(value(most)),
                    given);
  }
  target = std::llround(*number);
  return Status();
}

Status read_flag(std::string_view field, const value& given, bool& target) {
  const std::optional<double> number = number_of(given);
  const bool yes = given == "true" || number == 1.0;
  if (!given.is_bool() && !yes && given != "false" && number != 0.0) {
    return expected(field, "true or false", given);
  }
  target = given.is_bool() ? given.get_bool() : yes;
  return Status();
}

// Takes vadEnable, vadSilenceMs and recordLength in; the last is taken out of `fields`.
Status read_stop_fields(object& fields, RtmpRequest& target) {
  for (auto& [name, given] : fields) {
    Status read;
    if (name == "vadEnable") {
      read = read_flag(name, given, target.recording.stop_at_silence);
    } else if (name == "vadSilenceMs") {
      read = read_ms(name, given, kLeastSilenceMs, kMostSilenceMs, target.silence_ms);
    } else if (name == "recordLength") {
      read = read_ms(name, given, 1, kMostMs, target.longest_ms);
    }
    if (!read.ok()) return read;
  }
  fields.erase("recordLength");
  return Status();
}

// Either application assesses its own language alone.
Status check_language(std::string_view interface_name, const RequestOptions& options) {
  const bool mandarin = interface_name == kInterfaces[1];
  const std::string_view core_type = options.request.core_type;
  if (core_type.starts_with("cn.") == mandarin) return Status();
  if (core_type.empty() && !mandarin) return Status();
  return bad("coreType", std::string(interface_name) + " expects " + (mandarin ? "cn" : "en") +
                             ".…, not '" + std::string(core_type) + "'");
}

Result<RtmpRequest> read_request(object fields, const std::string& interface_name,
                                 RtmpRequest wanted) {
  RETURN_IF_ERROR(read_stop_fields(fields, wanted));
  ASSIGN_OR_RETURN(RequestOptions options, request_from_json(fields, kVadFields));
  RETURN_IF_ERROR(check_language(interface_name, options));
  wanted.recording.interface_name = interface_name;
  wanted.recording.options = std::move(options);
  wanted.recording.params = std::move(fields);
  wanted.recording.extension = "flv";
  return wanted;
}

// Texts of an object are read as those of a query, since clients of 2011 sent numbers as text.
Result<object> with_typed_texts(const object& given) {
  FormFields texts;
  object typed;
  for (const auto& [name, member] : given) {
    if (member.is_string()) {
      texts.emplace_back(name, member.get_string());
    } else {
      typed[name] = member;
    }
  }
  Result<object> read = form_fields_to_request(texts);
  if (!read.ok()) return read;
  for (auto& [name, member] : *read) typed[name] = std::move(member);
  return typed;
}

Result<object> read_server_param(const value& given) {
  if (given.is_object()) return with_typed_texts(given.get_object());
  if (!given.is_string()) return expected("serverParam", "an object, or its JSON", given);
  const Result<object> parsed = parse_json_object(std::string_view(given.get_string()));
  if (!parsed.ok()) return bad("serverParam", parsed.status().explanation());
  return with_typed_texts(*parsed);
}

Status read_text(std::string_view field, const value& given, std::string& target) {
  if (given.is_string()) {
    target = given.get_string();
  } else if (given.is_int64()) {  // timestamps are signed as text, and sent as text or as a number
    target = json_text(given);
  } else {
    return expected(field, "a text", given);
  }
  return target.size() <= kMaxTextBytes ? Status() : bad(field, "longer than 512 bytes");
}

std::string* credential(Credentials& credentials, std::string_view name) {
  if (name == "applicationId") return &credentials.application_id;
  if (name == "userId") return &credentials.user_id;
  if (name == "sig" || name == "signature") return &credentials.signature;
  if (name == "timestamp") return &credentials.timestamp;
  if (name == "token") return &credentials.token;
  return nullptr;
}

// The members of a call's only argument.
Result<object> argument_object(std::string_view call, const Amf0Value* argument) {
  if (argument == nullptr || argument->object() == nullptr) {
    return bad(call, argument == nullptr
                         ? "an object is missing"
                         : "an object is expected, not " + std::string(argument->kind()));
  }
  return to_json(*argument).get_object();
}

std::string_view without_flv(std::string_view name) {
  if (name.starts_with("flv:")) name.remove_prefix(4);
  if (name.ends_with(".flv")) name.remove_suffix(4);
  return name;
}

}  // namespace

Result<std::string> interface_of(std::string_view app) {
  while (app.ends_with('/')) app.remove_suffix(1);
  if (app.starts_with(kAppPath)) {
    const std::string_view name = app.substr(kAppPath.size());
    if (std::find(kInterfaces.begin(), kInterfaces.end(), name) != kInterfaces.end()) {
      return std::string(name);
    }
  }
  return Status(Code::kBadParameter, "app",
                "'v1.1/aistream.enscore' or 'v1.1/aistream.cnscore' is expected, not '" +
                    shortened(std::string(app), 60) + "'");
}

Result<Credentials> credentials_of(const rtmp::ConnectRequest& request) {
  Credentials credentials;
  ASSIGN_OR_RETURN(const FormFields query, parse_form_fields(request.query));
  for (const auto& [name, text] : query) {
    std::string* target = credential(credentials, name);
    if (target == nullptr) return bad(name, "unknown field of the address");
    RETURN_IF_ERROR(read_text(name, value(text), *target));
  }
  for (const auto& [name, member] : request.object.members) {
    std::string* target = credential(credentials, name);
    if (target == nullptr || member.is_null()) continue;
    RETURN_IF_ERROR(read_text(name, to_json(member), *target));
  }
  return credentials;
}

Result<RtmpRequest> read_publish_query(std::string_view query, const std::string& interface_name) {
  ASSIGN_OR_RETURN(const FormFields fields, parse_form_fields(query));
  ASSIGN_OR_RETURN(object request, form_fields_to_request(fields));
  return read_request(std::move(request), interface_name, {});
}

Result<RtmpRequest> read_start_record(const Amf0Value* argument,
                                      const std::string& interface_name) {
  ASSIGN_OR_RETURN(const object given, argument_object("startRecord", argument));
  RtmpRequest wanted;
  std::optional<object> fields;
  for (const auto& [name, member] : given) {
    Status read;
    bool ding = false;
    std::int64_t level = 0;
    if (name == "serverParam") {
      ASSIGN_OR_RETURN(fields, read_server_param(member));
    } else if (name == "recordLength") {
      read = read_ms(name, member, 1, kMostMs, wanted.longest_ms);
    } else if (name == "isVADEnabled") {
      read = read_flag(name, member, wanted.recording.stop_at_silence);
    } else if (name == "playDing") {
      read = read_flag(name, member, ding);
    } else if (name == "silenceLevel") {
      read = read_ms(name, member, 0, 100, level);
    } else {
      read = bad(name, "unknown field");
    }
    if (!read.ok()) return read;
  }
  if (!fields) return bad("serverParam", "missing");
  return read_request(*std::move(fields), interface_name, std::move(wanted));
}

Result<ReplayRequest> read_start_replay(const Amf0Value* argument) {
  ASSIGN_OR_RETURN(const object given, argument_object("startReplay", argument));
  ReplayRequest wanted;
  for (const auto& [name, member] : given) {
    Status read;
    if (name == "recordId") {
      read = read_text(name, member, wanted.record_id);
    } else if (name == "userId") {
      read = read_text(name, member, wanted.user_id);
    } else if (name == "startPos") {
      read = read_ms(name, member, 0, kMostMs, wanted.start_ms);
    } else if (name == "stopPos") {
      read = read_ms(name, member, -1, kMostMs, wanted.stop_ms);
    } else {
      read = bad(name, "unknown field");
    }
    if (!read.ok()) return read;
  }
  if (wanted.record_id.empty()) return bad("recordId", "missing");
  if (wanted.stop_ms >= 0 && wanted.stop_ms < wanted.start_ms) {
    return bad("stopPos", "it lies before startPos");
  }
  return wanted;
}

Result<ReplayRequest> read_play(const rtmp::PlayRequest& request) {
  ReplayRequest wanted;
  wanted.record_id = without_flv(request.name);
  ASSIGN_OR_RETURN(const FormFields query, parse_form_fields(request.query));
  for (const auto& [name, text] : query) {
    if (name != "userId") return bad(name, "unknown field");
    wanted.user_id = text;
  }
  const auto within = [](double ms) { return std::llround(std::clamp(ms, 0.0, kMostMs)); };
  if (request.start_ms > 0) wanted.start_ms = within(request.start_ms);
  if (request.duration_ms >= 0) wanted.stop_ms = wanted.start_ms + within(request.duration_ms);
  return wanted;
}

value to_json(const Amf0Value& amf0) {
  if (const auto number = amf0.number()) {
    constexpr double kWholeBelow = 9e15;
    const bool whole = std::abs(*number) < kWholeBelow && std::floor(*number) == *number;
    return whole ? value(static_cast<std::int64_t>(*number)) : value(*number);
  }
  if (const auto flag = amf0.boolean()) return value(*flag);
  if (amf0.string() != nullptr) return value(*amf0.string());
  if (const Amf0Object* members = amf0.object()) {
    object json;
    for (const auto& [name, member] : members->members) json[name] = to_json(member);
    return json;
  }
  if (const rtmp::Amf0Array* items = amf0.array()) {
    boost::json::array json;
    for (const Amf0Value& item : items->items) json.push_back(to_json(item));
    return json;
  }
  if (const auto* date = std::get_if<rtmp::Amf0Date>(&amf0.content())) {
    return to_json(Amf0Value(date->unix_time_ms));
  }
  if (const auto* xml = std::get_if<rtmp::Amf0Xml>(&amf0.content())) return value(xml->text);
  return nullptr;
}

}  // namespace saywell
