#include "format/batch_line.h"

#include <array>
#include <utility>

#include "base/status_macros.h"
#include "format/envelope_json.h"
#include "format/json_text.h"
#include "format/result_json.h"

namespace saywell {
namespace {

constexpr std::array<std::string_view, 2> kOwnFields = {"id", "audio"};

Result<BatchRequest> read_request(const boost::json::object& fields) {
  if (const auto* id = fields.if_contains("id"); id && !id->is_string() && !id->is_int64()) {
    return Status(Code::kBadParameter, "id", "a text or a whole number is expected");
  }
  ASSIGN_OR_RETURN(RequestOptions options, request_from_json(fields, kOwnFields));
  if (options.record_only) {
    return Status(Code::kBadParameter, "mode", "a batch assesses; it does not record");
  }
  const auto* audio = fields.if_contains("audio");
  if (!audio || !audio->is_string() || audio->get_string().empty()) {
    return Status(Code::kBadParameter, "audio", "the name of a recording is expected");
  }
  return BatchRequest{std::string(audio->get_string()), std::move(options)};
}

}  // namespace

BatchLine parse_batch_line(std::string_view text, std::size_t number) {
  boost::json::value id = number;
  const Result<boost::json::object> fields = parse_json_object(text);
  if (!fields.ok()) return {std::move(id), fields.status()};
  const auto* given = fields->if_contains("id");
  if (given && (given->is_string() || given->is_int64())) id = *given;
  return {std::move(id), read_request(*fields)};
}

std::string batch_answer(const boost::json::value& id, const Assessment& assessment,
                         const Presentation& presentation) {
  return json_text(
      boost::json::object{{"id", id}, {"result", result_to_json(assessment, presentation)}});
}

std::string batch_answer(const boost::json::value& id, const Status& status) {
  boost::json::object answer{{"id", id}};
  add_status(answer, status);
  return json_text(answer);
}

}  // namespace saywell
