// Reads requests of RTMP clients from AMF0 values and form-encoded queries: credentials of connect,
// recordings of publish and startRecord, replays. Pure; callable from any thread.
//
// Code 40031 everywhere names the field: unknown, missing, of another type or value.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "rtmp/server_event.h"
#include "saywell/status.h"
#include "server/recording/recording_service.h"
#include "wire/stream_command.h"

namespace saywell {

// The applications of the path: "v1.1/aistream.enscore" to "aistream.enscore", and cnscore.
Result<std::string> interface_of(std::string_view app);

// applicationId, timestamp, sig (or signature), userId, token: from the command object, and missing
// ones from the query. Other members belong to the protocol and are ignored.
Result<Credentials> credentials_of(const rtmp::ConnectRequest& request);

struct RtmpRequest {
  RecordingRequest recording;
  std::int64_t longest_ms = 0;  // recordLength; 0: as long as its coreType allows
  std::int64_t silence_ms = 0;  // vadSilenceMs; 0: the server's end_of_speech_ms
};

// `query` of a stream's name: the fields of request_json.h, vadEnable, vadSilenceMs, recordLength.
Result<RtmpRequest> read_publish_query(std::string_view query, const std::string& interface_name);

// The argument of startRecord: {serverParam: {…} (or its JSON), recordLength (ms), isVADEnabled,
// silenceLevel, playDing}; the last two concern the microphone.
Result<RtmpRequest> read_start_record(const rtmp::Amf0Value* argument,
                                      const std::string& interface_name);

struct ReplayRequest {
  std::string record_id;
  std::string user_id;  // the recording's user, if the connection does not name one
  std::int64_t start_ms = 0;
  std::int64_t stop_ms = -1;  // negative: to the end
};

// The argument of startReplay: {recordId, startPos, stopPos (ms), userId}.
Result<ReplayRequest> read_start_replay(const rtmp::Amf0Value* argument);

// Standard play: the name is the record id; a prefix "flv:" and a suffix ".flv" are removed.
Result<ReplayRequest> read_play(const rtmp::PlayRequest& request);

// As JSON: whole numbers without a point, dates as milliseconds, XML as its text.
boost::json::value to_json(const rtmp::Amf0Value& value);

}  // namespace saywell
