// The half of RtmpConversation that answers the calls of 2011 and plays recordings back.
#include <algorithm>
#include <string>
#include <utility>

#include "base/status_macros.h"
#include "server/rtmp/rtmp_answers.h"
#include "server/rtmp/rtmp_conversation.h"

namespace saywell {
namespace {

using rtmp::Amf0Object;
using rtmp::Amf0Value;
using rtmp::ServerSession;

constexpr std::size_t kMaxPrepared = 4;

std::string play_code(const Status& why) {
  return why.code() == Code::kFileMissing ? "NetStream.Play.StreamNotFound"
                                          : "NetStream.Play.Failed";
}

}  // namespace

void RtmpConversation::call(const rtmp::Call& call) {
  const std::string& name = call.command.name;
  if (name == "startRecord") return start_record(call);
  if (name == "stopRecord") return stop_record(call);
  if (name == "startReplay") return start_replay(call);
  if (name == "stopReplay") return stop_replay(call);
  if (name == "checkBandwidth") return check_bandwidth(call);
  if (name == "getStreamLength") return give_length(call);
  // Others are nobody's: clients call what other servers offer, and go on without an answer.
}

void RtmpConversation::refuse_call(const rtmp::Call& call, const RecordingRequest& wanted,
                                   const Status& why) {
  outlet_.run([call, why](ServerSession& session) {
    session.reply_error(call, "NetConnection.Call.Failed", why.message(), refusal_members(why));
  });
  send_answer(outlet_, call.stream_id, service_refusal(service_, wanted, why));
}

void RtmpConversation::refuse_call(const rtmp::Call& call, const Status& why) {
  refuse_call(call, {}, why);
}

void RtmpConversation::start_record(const rtmp::Call& call) {
  Result<RtmpRequest> wanted = read_start_record(call.command.argument(1), interface_);
  if (!wanted.ok()) return refuse_call(call, wanted.status());
  const Status allowed = authorize_recording(wanted->recording);
  if (!allowed.ok()) return refuse_call(call, wanted->recording, allowed);
  if (prepared_.size() >= kMaxPrepared) {
    return refuse_call(call, Status(Code::kBadParameter, "startRecord: " + prepared_.front()->id() +
                                                             " and others wait to be published"));
  }
  const RecordingRequest asked = wanted->recording;
  Result<std::unique_ptr<RtmpRecording>> recording =
      RtmpRecording::begin(service_, *std::move(wanted));
  if (!recording.ok()) return refuse_call(call, asked, recording.status());
  outlet_.run([call, id = (*recording)->id()](ServerSession& session) {
    session.reply(call, std::string_view(id));
    rtmp::StatusObject told = coded_status(kRecordIdGiven);
    told.extra.add("recordId", std::string_view(id));
    session.send_status(call.stream_id, told);
  });
  prepared_.push_back(*std::move(recording));
}

void RtmpConversation::stop_record(const rtmp::Call& call) {
  bool any = !prepared_.empty();
  prepared_.clear();  // what was never published is no recording
  for (Slot& slot : slots_) {
    if (!slot.recording) continue;
    any = true;
    outlet_.run([id = slot.stream_id](ServerSession& session) { session.stop_publish(id); });
    finish(slot, "manual");
  }
  if (!any) {
    return refuse_call(call, Status(Code::kBadParameter, "stopRecord: nothing is being recorded"));
  }
  outlet_.run([call](ServerSession& session) { session.reply(call, true); });
}

// By signature every name could be claimed: it reads the recordings of the user that it names.
Access RtmpConversation::reader_of(const ReplayRequest& wanted) const {
  Access reader = access_;
  if (access_.open) {
    const Result<StoredRecording> recording = service_.store().recordings().find(wanted.record_id);
    if (recording.ok()) reader.application_id = recording->application_id;
  } else if (by_signature_ && reader.role == Role::kBackEnd) {
    reader.role = Role::kLearner;
    reader.user_id = !wanted.user_id.empty() ? wanted.user_id
                     : user_id_.empty()      ? "guest"
                                             : user_id_;
  }
  return reader;
}

Result<std::unique_ptr<RtmpPlayer>> RtmpConversation::open_player(const ReplayRequest& wanted) {
  ASSIGN_OR_RETURN(RecordingFile file,
                   service_.store().recordings().open(wanted.record_id, reader_of(wanted)));
  ASSIGN_OR_RETURN(RtmpPlayer player,
                   RtmpPlayer::open(std::move(file), {wanted.start_ms, wanted.stop_ms}));
  return std::make_unique<RtmpPlayer>(std::move(player));
}

void RtmpConversation::begin_play(Slot& slot, const rtmp::PlayRequest& request,
                                  std::unique_ptr<RtmpPlayer> player) {
  outlet_.run([request, metadata = player->metadata()](ServerSession& session) {
    session.begin_play(request);
    session.send_data(request.stream_id, 0, {"onMetaData", metadata});
  });
  slot.player = std::move(player);
}

void RtmpConversation::play(const rtmp::PlayRequest& request) {
  Slot* slot = slot_of(request.stream_id);
  if (slot == nullptr) return;
  slot->player.reset();
  const Result<ReplayRequest> wanted = read_play(request);
  Result<std::unique_ptr<RtmpPlayer>> player = wanted.ok() ? open_player(*wanted) : wanted.status();
  if (player.ok()) return begin_play(*slot, request, *std::move(player));
  const Status why = player.status();
  outlet_.run([request, why](ServerSession& session) {
    session.refuse_play(request, play_code(why), why.message(), refusal_members(why));
  });
  send_answer(outlet_, request.stream_id, service_refusal(service_, {}, why));
}

void RtmpConversation::start_replay(const rtmp::Call& call) {
  const Result<ReplayRequest> wanted = read_start_replay(call.command.argument(1));
  if (!wanted.ok()) return refuse_call(call, wanted.status());
  Slot* slot = slot_of(call.stream_id);
  for (Slot& idle :
       slots_) {  // called on the connection: the stream made last that has nothing to do
    if (call.stream_id == 0 && !idle.recording) slot = &idle;
  }
  if (slot == nullptr || slot->recording) {
    return refuse_call(call, Status(Code::kBadParameter, "startReplay: no stream is free"));
  }
  Result<std::unique_ptr<RtmpPlayer>> player = open_player(*wanted);
  if (!player.ok()) return refuse_call(call, player.status());
  rtmp::PlayRequest request;
  request.stream_id = slot->stream_id;
  request.name = wanted->record_id;
  begin_play(*slot, request, *std::move(player));
  outlet_.run([call, id = request.stream_id](ServerSession& session) {
    session.reply(call, true);
    session.send_status(id, coded_status(kReplayStarted));
  });
}

void RtmpConversation::stop_replay(const rtmp::Call& call) {
  for (Slot& slot : slots_) {
    if (!slot.player) continue;
    slot.player.reset();
    outlet_.run([id = slot.stream_id](ServerSession& session) {
      session.stop_play(id);
      session.send_status(id, coded_status(kReplayStopped));
    });
  }
  outlet_.run([call](ServerSession& session) { session.reply(call, true); });
}

void RtmpConversation::pause(const rtmp::PauseRequest& request) {
  Slot* slot = slot_of(request.stream_id);
  if (slot == nullptr || !slot->player) return;
  slot->player->pause(request.pause, now_ms_);
  outlet_.run([request](ServerSession& session) { session.confirm_pause(request); });
}

void RtmpConversation::seek(const rtmp::SeekRequest& request) {
  Slot* slot = slot_of(request.stream_id);
  if (slot == nullptr || !slot->player) return;
  const bool found = slot->player->seek(static_cast<std::int64_t>(request.time_ms));
  outlet_.run([request, found](ServerSession& session) {
    if (found) {
      session.confirm_seek(request);
    } else {
      session.refuse_seek(request, "The recording has no such place.");
    }
  });
}

void RtmpConversation::on_tick(std::int64_t now_ms) {
  now_ms_ = now_ms;
  for (Slot& slot : slots_) {
    if (!slot.player) continue;
    Result<RtmpPlayer::Piece> piece = slot.player->advance(now_ms);
    if (piece.ok()) {
      send_piece(slot, *std::move(piece));
    } else {
      slot.player.reset();
      outlet_.run([id = slot.stream_id](ServerSession& session) { session.stop_play(id); });
      send_answer(outlet_, slot.stream_id, service_refusal(service_, {}, piece.status()));
    }
  }
  count();
}

void RtmpConversation::send_piece(Slot& slot, RtmpPlayer::Piece piece) {
  if (piece.tags.empty() && !piece.ended) return;
  const std::int64_t end_ms = slot.player->last_timestamp_ms();
  if (piece.ended) slot.player.reset();
  const auto shared = std::make_shared<const RtmpPlayer::Piece>(std::move(piece));
  outlet_.run([id = slot.stream_id, shared, end_ms](ServerSession& session) {
    for (const RtmpPlayer::Tag& tag : shared->tags) {
      session.send_audio(id, tag.timestamp_ms, tag.payload);
    }
    if (shared->ended) session.end_play(id, end_ms);
  });
}

void RtmpConversation::give_length(const rtmp::Call& call) {
  rtmp::PlayRequest asked;
  if (const std::string* name = call.command.string(1)) {
    rtmp::NameAndQuery parts = rtmp::split_query(*name);
    asked.name = std::move(parts.name);
    asked.query = std::move(parts.query);
  }
  const Result<ReplayRequest> wanted = read_play(asked);
  const Result<std::unique_ptr<RtmpPlayer>> player =
      wanted.ok() ? open_player(*wanted) : Result<std::unique_ptr<RtmpPlayer>>(wanted.status());
  const double length_s =
      player.ok() ? static_cast<double>((*player)->last_timestamp_ms()) / 1000.0 : 0;
  outlet_.run([call, length_s](ServerSession& session) { session.reply(call, length_s); });
}

void RtmpConversation::check_bandwidth(const rtmp::Call& call) {
  outlet_.measure([call](ServerSession& session, const ConnectionFigures& figures) {
    Amf0Object measured = coded_status(kBandwidthMeasured).to_amf0();
    measured.add("latency", figures.round_trip_ms);
    measured.add("jitter", figures.round_trip_spread_ms);
    measured.add("kbitDown", figures.down_kbit_per_s);
    measured.add("kbitUp", figures.up_kbit_per_s);
    measured.add("receivedBytes", static_cast<double>(figures.received_bytes));
    measured.add("sentBytes", static_cast<double>(figures.sent_bytes));
    session.reply(call, measured);
    session.send_command(0, "onBWDone", {figures.down_kbit_per_s, 0.0, 0.0, figures.round_trip_ms});
  });
}

}  // namespace saywell
