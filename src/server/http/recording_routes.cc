// /v1/recordings: play back, list, delete; DELETE /v1/users/{id}; GET /v1/audit.
#include <unistd.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <charconv>
#include <optional>
#include <utility>

#include "audio/wav_writer.h"
#include "server/answers.h"
#include "server/http/request_access.h"
#include "server/http/route_table.h"
#include "server/recording/sample_container.h"
#include "wire/byte_range.h"

namespace saywell {
namespace {

using boost::json::object;

constexpr std::size_t kFrontBytes = 16;

// The handlers of a signed-in caller.
using SignedHandler = void (*)(const RouteParts& parts, const Access& access,
                               const HttpRequest& request, const Respond& respond);

Handler signed_in(const RouteParts& parts, SignedHandler handler) {
  return [parts, handler](const auto& request, const Respond& respond) {
    const Result<Access> access = parts.authenticator.by_request(*request);
    if (!access.ok()) return respond(error_response(access.status()));
    handler(parts, *access, *request, respond);
  };
}

void add_range_headers(const ByteRange& range, std::uint64_t size, HttpResponse& response) {
  response.headers.emplace_back("Accept-Ranges", "bytes");
  response.headers.emplace_back("Cache-Control", "private, no-store");
  if (range.kind != ByteRange::Kind::kPart) return;
  response.status = 206;
  response.headers.emplace_back("Content-Range", "bytes " + std::to_string(range.begin) + "-" +
                                                     std::to_string(range.end - 1) + "/" +
                                                     std::to_string(size));
}

HttpResponse range_refused(std::uint64_t size) {
  HttpResponse response =
      error_response(416, Status(Code::kBadParameter, "Range", "behind the end of the recording"));
  response.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
  return response;
}

void give_as_stored(const RecordingFile& file, std::string_view range_header,
                    const Respond& respond) {
  const auto size = static_cast<std::uint64_t>(file.size());
  const ByteRange range = parse_byte_range(range_header, size);
  if (range.kind == ByteRange::Kind::kUnsatisfiable) return respond(range_refused(size));
  const Result<std::string> front = file.read_front(kFrontBytes);
  if (!front.ok()) return respond(error_response(front.status()));
  HttpResponse response;
  response.content_type = content_type_of(extension_of(*front));
  add_range_headers(range, size, response);
  response.file = std::make_shared<FileSlice>(dup(file.descriptor()), range.begin, range.end);
  respond(std::move(response));
}

void give_as_wav(const Decoding& decoding, const RecordingFile& file, std::string_view range_header,
                 const Respond& respond) {
  const Result<std::string> bytes = file.read_whole();
  if (!bytes.ok()) return respond(error_response(bytes.status()));
  const Result<Recording> recording = decoding.whole(
      std::as_bytes(std::span(bytes->data(), bytes->size())), DecodeLimits{}.max_duration_s);
  if (!recording.ok()) return respond(error_response(recording.status()));
  const std::vector<std::byte> wav = pcm_to_wav(recording->samples);
  const ByteRange range = parse_byte_range(range_header, wav.size());
  if (range.kind == ByteRange::Kind::kUnsatisfiable) return respond(range_refused(wav.size()));
  HttpResponse response;
  response.content_type = "audio/wav";
  add_range_headers(range, wav.size(), response);
  response.body.assign(reinterpret_cast<const char*>(wav.data()) + range.begin,
                       range.end - range.begin);
  respond(std::move(response));
}

// "ID", or "ID.EXTENSION", as it is stored; "ID.wav" converted, whatever is stored.
void give_recording(const RouteParts& parts, const Access& access, const HttpRequest& request,
                    const Respond& respond) {
  const std::string& name = request.path_values[0];
  const std::size_t dot = std::min(name.find('.'), name.size());
  const std::string id = name.substr(0, dot);
  const std::string extension = name.substr(std::min(dot + 1, name.size()));
  Recordings& recordings = parts.service.store().recordings();
  const Result<RecordingFile> file =
      recordings.open(id, access_to_recording(recordings, access, id));
  if (!file.ok()) return respond(error_response(file.status()));
  // No answer has a validator that If-Range could name: its condition never holds.
  const std::string_view range =
      request.header("if-range").empty() ? request.header("range") : std::string_view();
  if (extension == "wav") return give_as_wav(parts.service.decoding(), *file, range, respond);
  if (extension.empty() || extension == file->recording().extension) {
    return give_as_stored(*file, range, respond);
  }
  respond(error_response(Status(Code::kFileMissing, "recordId",
                                "'" + name + "' is kept as ." + file->recording().extension +
                                    "; only .wav can be asked for beside it")));
}

object to_json(const StoredRecording& recording) {
  object json{{"recordId", recording.id},
              {"applicationId", recording.application_id},
              {"userId", recording.user_id},
              {"coreType", recording.core_type},
              {"state", recording_state_name(recording.state)},
              {"bytes", recording.bytes},
              {"duration", recording.duration_ms},
              {"ts", recording.created_ms},
              {"cutShort", recording.cut_short},
              {"audioUrl", "/v1/recordings/" + recording.id}};
  if (recording.code != 0) json["errID"] = recording.code;
  return json;
}

// The whole number that `text` is, if it is one.
template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// The caller's rights in the application that the query names: on an open server any, else only
// their own. Code 40082.
Result<Access> access_in_application(const Access& access, const HttpRequest& request) {
  const std::string_view application = request.query_value("applicationId");
  Access reader = access;
  if (application.empty() || application == reader.application_id) return reader;
  if (!access.open) {
    return Status(Code::kNotAllowed, "applicationId", "signed in as another application");
  }
  reader.application_id = application;
  return reader;
}

void list_recordings(const RouteParts& parts, const Access& access, const HttpRequest& request,
                     const Respond& respond) {
  Status known = check_query(request, {"userId", "cursor", "limit", "applicationId"});
  if (!known.ok()) return respond(error_response(known));
  Recordings::Query query;
  query.user_id = request.query_value("userId");
  query.cursor = request.query_value("cursor");
  if (const std::string_view limit = request.query_value("limit"); !limit.empty()) {
    query.limit = parse_whole<std::size_t>(limit).value_or(0);
  }
  const Result<Access> reader = access_in_application(access, request);
  if (!reader.ok()) return respond(error_response(reader.status()));
  if (reader->role == Role::kLearner && query.user_id.empty()) query.user_id = reader->user_id;
  const Result<RecordingPage> page = parts.service.store().recordings().list(query, *reader);
  if (!page.ok()) return respond(error_response(page.status()));
  boost::json::array recordings;
  for (const StoredRecording& recording : page->recordings) {
    recordings.push_back(to_json(recording));
  }
  object json{{"recordings", std::move(recordings)}};
  if (!page->next_cursor.empty()) json["nextCursor"] = page->next_cursor;
  respond(json_response(200, json));
}

void delete_recording(const RouteParts& parts, const Access& access, const HttpRequest& request,
                      const Respond& respond) {
  Recordings& recordings = parts.service.store().recordings();
  const std::string& id = request.path_values[0];
  const Status removed = recordings.remove(id, access_to_recording(recordings, access, id));
  if (!removed.ok()) return respond(error_response(removed));
  respond(json_response(200, {{"recordId", id}, {"deleted", true}}));
}

void delete_user(const RouteParts& parts, const Access& access, const HttpRequest& request,
                 const Respond& respond) {
  if (Status known = check_query(request, {"applicationId"}); !known.ok()) {
    return respond(error_response(known));
  }
  const std::string& user_id = request.path_values[0];
  const Result<Access> remover = access_in_application(access, request);
  if (!remover.ok()) return respond(error_response(remover.status()));
  const Result<std::int64_t> removed =
      parts.service.store().recordings().remove_user(user_id, *remover);
  if (!removed.ok()) return respond(error_response(removed.status()));
  respond(json_response(200, {{"userId", user_id}, {"deletedRecordings", *removed}}));
}

void give_audit_log(const RouteParts& parts, const Access& access, const HttpRequest& request,
                    const Respond& respond) {
  Status known = check_query(request, {"after", "limit"});
  if (!known.ok()) return respond(error_response(known));
  if (access.role != Role::kBackEnd) {
    return respond(error_response(
        Status(Code::kNotAllowed, "the audit log is for the application's own back end")));
  }
  const std::string_view after_text = request.query_value("after");
  const std::string_view limit_text = request.query_value("limit");
  const auto after = parse_whole<std::int64_t>(after_text.empty() ? "0" : after_text);
  const auto limit = parse_whole<std::size_t>(limit_text.empty() ? "100" : limit_text);
  if (!after || !limit || *limit == 0 || *limit > AuditLog::kMaxPage) {
    return respond(error_response(Status(
        Code::kBadParameter, after ? "limit" : "after",
        after ? "a whole number from 1 to " + std::to_string(AuditLog::kMaxPage) + " is expected"
              : "a whole number is expected")));
  }
  const auto entries =
      parts.service.store().audit_log().entries(access.application_id, *after, *limit);
  if (!entries.ok()) return respond(error_response(entries.status()));
  boost::json::array list;
  for (const AuditEntry& entry : *entries) {
    list.push_back(object{{"number", entry.number},
                          {"ts", entry.at_ms},
                          {"actor", entry.actor_role},
                          {"actorUser", entry.actor_user},
                          {"action", entry.action},
                          {"userId", entry.user_id},
                          {"recordId", entry.record_id}});
  }
  respond(json_response(200, {{"entries", std::move(list)}}));
}

}  // namespace

void add_recording_routes(const RouteParts& parts, Router& router) {
  router.add({"GET", "/v1/recordings", signed_in(parts, list_recordings)});
  router.add({"GET", "/v1/recordings/{id}", signed_in(parts, give_recording)});
  router.add({"DELETE", "/v1/recordings/{id}", signed_in(parts, delete_recording)});
  router.add({"DELETE", "/v1/users/{id}", signed_in(parts, delete_user)});
  router.add({"GET", "/v1/audit", signed_in(parts, give_audit_log)});
}

}  // namespace saywell
