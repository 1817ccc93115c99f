// For tests and fuzzers: the complete output of a stage as text, for input cut in different ways.
// Stages are chunk-invariant when the texts are equal.
#pragma once

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "rtmp/flv.h"
#include "rtmp/server_session.h"

namespace saywell::rtmp {

enum class Cut { kWhole, kSingleBytes, kUneven };

// Calls take(piece) with pieces that make up `bytes`. Each is in a heap block of exactly its size
// that is freed afterwards, so that the address sanitizer notices code that reads past it or keeps
// it.
template <class Take>
void feed_in_pieces(ByteView bytes, Cut cut, Take take) {
  auto random = static_cast<std::uint32_t>(12345 + bytes.size());
  while (!bytes.empty()) {
    std::size_t size = bytes.size();
    if (cut == Cut::kSingleBytes) size = 1;
    if (cut == Cut::kUneven) {
      random = random * 1664525 + 1013904223;
      size = std::min<std::size_t>(size, 1 + (random >> 16) % ((random >> 30) == 0 ? 1500 : 40));
    }
    const Bytes piece(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    bytes = bytes.subspan(size);
    if (!take(ByteView(piece))) return;
  }
}

// True when transcript(cut) is the same for every cut.
template <class Transcript>
bool same_however_cut(Transcript transcript) {
  const std::string whole = transcript(Cut::kWhole);
  return transcript(Cut::kSingleBytes) == whole && transcript(Cut::kUneven) == whole;
}

// For fuzzers: takes a tenth of the time, and cuts differently for every length of the input.
template <class Transcript>
bool same_whole_and_uneven(Transcript transcript) {
  return transcript(Cut::kWhole) == transcript(Cut::kUneven);
}

inline void append_line(std::string& out, std::initializer_list<std::string> words) {
  for (const std::string& word : words) out += word + " ";
  out += "\n";
}

// Messages, answers and the error of a MessageLink.
inline std::string link_transcript(ByteView bytes, Cut cut, const Limits& limits = {}) {
  MessageLink link(limits);
  std::string out;
  feed_in_pieces(bytes, cut, [&](ByteView piece) {
    link.feed(piece);
    for (;;) {
      const Result<std::optional<Message>> message = link.next();
      if (!message.ok()) {
        append_line(out, {"error", message.status().detail()});
        return false;
      }
      if (message->has_value()) {
        const Message& got = **message;
        append_line(out, {std::to_string(static_cast<int>(got.type)), std::to_string(got.stream_id),
                          std::to_string(got.timestamp_ms), std::to_string(got.length_bytes),
                          got.skipped ? "skipped" : std::string(text_of(got.payload))});
      } else if (link.reader().out_of_work()) {
        out += "out of work\n";
        link.reader().allow_work(1000);
      } else {
        return true;
      }
    }
  });
  return out + std::string(text_of(link.output()));
}

// Tags, the error and the figures of an FlvReader.
inline std::string flv_transcript(ByteView bytes, Cut cut) {
  FlvReader reader(100'000);
  std::string out;
  feed_in_pieces(bytes, cut, [&](ByteView piece) {
    reader.feed(piece);
    for (;;) {
      const Result<std::optional<FlvTag>> tag = reader.next();
      if (!tag.ok()) append_line(out, {"error", tag.status().detail()});
      if (!tag.ok()) return false;
      if (!tag->has_value()) return true;
      append_line(out, {std::to_string(static_cast<int>((*tag)->type)),
                        std::to_string((*tag)->timestamp_ms), std::to_string((*tag)->offset),
                        std::to_string((*tag)->data_bytes), std::string(text_of((*tag)->data))});
    }
  });
  append_line(out, {std::to_string(reader.good_bytes()), std::to_string(reader.duration_ms()),
                    reader.whole() ? "whole" : "cut off"});
  return out;
}

// Records every event and answers it as a server would; it rejects applications called "rejected".
class EventScribe {
 public:
  EventScribe(ServerSession& session, std::string& out) : session_(session), out_(out) {}

  void operator()(const ConnectRequest& request) {
    append_line(out_, {"connect", request.app, "query", request.query});
    if (request.app == "rejected") {
      session_.reject_connect(request, "Not allowed.");
    } else {
      session_.accept_connect(request);
    }
  }
  void operator()(const StreamCreated& created) { line("created", created.stream_id); }
  void operator()(const PublishRequest& request) {
    line("publish", request.stream_id, request.name + " query " + request.query);
    session_.accept_publish(request);
  }
  void operator()(const PlayRequest& request) {
    line("play", request.stream_id, request.name + " from " + std::to_string(request.start_ms));
    session_.begin_play(request);
    session_.send_audio(request.stream_id, 20, bytes_of("audio"));
    if (request.name != "endless") session_.end_play(request.stream_id, 40);
  }
  void operator()(const PauseRequest& request) {
    line(request.pause ? "pause" : "go on", request.stream_id, std::to_string(request.time_ms));
    session_.confirm_pause(request);
  }
  void operator()(const SeekRequest& request) {
    line("seek", request.stream_id, std::to_string(request.time_ms));
    session_.confirm_seek(request);
  }
  void operator()(const StreamClosed& closed) {
    line(closed.deleted ? "deleted" : "closed", closed.stream_id,
         closed.was_publishing ? "publishing"
         : closed.was_playing  ? "playing"
                               : "idle");
  }
  void operator()(const Call& call) {
    line("call", call.stream_id, call.command.name);
    session_.reply_error(call, "NetConnection.Call.Failed", "No such call.");
  }
  void operator()(const AudioMessage& audio) {
    line("audio", audio.stream_id,
         std::to_string(audio.time_ms) + " " + std::string(text_of(audio.payload)));
  }
  void operator()(const DataMessage& data) {
    line("data", data.stream_id, std::to_string(data.values.size()) + " values");
  }
  void operator()(const IgnoredMessage& ignored) {
    line("ignored", ignored.stream_id, ignored.why.detail());
  }

 private:
  void line(const std::string& what, std::uint32_t stream_id, const std::string& more = "") {
    append_line(out_, {what, std::to_string(stream_id), more});
  }

  ServerSession& session_;
  std::string& out_;
};

// Events, output and the error of a session.
inline std::string session_transcript(ByteView bytes, Cut cut, const Limits& limits = {}) {
  ServerSession session(limits, 1);
  std::string out;
  Bytes sent;
  Bytes all_sent;
  EventScribe scribe(session, out);
  const auto hear = [&](ByteView piece) {
    session.feed(piece);
    for (;;) {
      Result<std::optional<ServerEvent>> event = session.next();
      if (!event.ok()) append_line(out, {"error", event.status().detail()});
      if (!event.ok()) return false;
      if (event->has_value()) {
        std::visit(scribe, **event);
        session.take_output(sent);
        append_bytes(all_sent, sent);
      } else if (session.out_of_work()) {
        out += "out of work\n";
        session.allow_work(1000);
      } else {
        return true;
      }
    }
  };
  // The handshake, which has its own tests, is fed at once.
  const std::size_t handshake = std::min<std::size_t>(bytes.size(), 1 + 2 * 1536);
  if (hear(bytes.first(handshake))) feed_in_pieces(bytes.subspan(handshake), cut, hear);
  session.take_output(sent);
  append_bytes(all_sent, sent);
  return out + "--\n" + std::string(text_of(all_sent));
}

}  // namespace saywell::rtmp
