#include "server/rtmp/rtmp_conversation.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "server/rtmp/rtmp_answers.h"
#include "store/files/safe_name.h"

namespace saywell {
namespace {

using rtmp::ServerSession;

std::string publish_code(Code code) {
  if (code == Code::kNotAllowed) return "NetStream.Publish.Denied";
  return code == Code::kBadParameter ? "NetStream.Publish.BadName" : "NetStream.Failed";
}

template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

}  // namespace

void RtmpConversation::on_event(rtmp::ServerEvent event) {
  std::visit(Overloaded{[this](const rtmp::ConnectRequest& request) { connect(request); },
                        [this](const rtmp::StreamCreated& created) {
                          slots_.push_back({.stream_id = created.stream_id});
                        },
                        [this](const rtmp::PublishRequest& request) { publish(request); },
                        [this](const rtmp::PlayRequest& request) { play(request); },
                        [this](const rtmp::PauseRequest& request) { pause(request); },
                        [this](const rtmp::SeekRequest& request) { seek(request); },
                        [this](const rtmp::StreamClosed& closed) { close(closed); },
                        [this](const rtmp::Call& asked) { call(asked); },
                        [](const rtmp::AudioMessage&) {}, [](const rtmp::DataMessage&) {},
                        [](const rtmp::IgnoredMessage& ignored) {
                          log_line(LogLevel::kDebug,
                                   "rtmp: passed over: " + ignored.why.explanation());
                        }},
             event);
  count();
}

RtmpConversation::Slot* RtmpConversation::slot_of(std::uint32_t stream_id) {
  const auto found = std::find_if(slots_.begin(), slots_.end(), [stream_id](const Slot& slot) {
    return slot.stream_id == stream_id;
  });
  return found == slots_.end() ? nullptr : &*found;
}

void RtmpConversation::count() {
  int players = 0;
  int recordings = 0;
  bool soon = false;
  for (const Slot& slot : slots_) {
    if (slot.player) ++players;
    if (slot.recording) ++recordings;
    soon = soon || (slot.recording && slot.recording->may_stop_by_itself());
  }
  players_ = players;
  recordings_ = recordings;
  wants_audio_ = soon;
}

void RtmpConversation::connect(const rtmp::ConnectRequest& request) {
  const auto reject = [&](const Status& why) {
    const auto answer = [run = outlet_.run, request, why] {
      run([request, why](ServerSession& session) {
        session.reject_connect(request, why.message(), refusal_members(why));
      });
    };
    if (why.code() != Code::kNotSignedIn) return answer();
    authenticator_.guard().answer_later(outlet_.client_address, answer);
  };
  const Result<std::string> interface_name = interface_of(request.app);
  if (!interface_name.ok()) return reject(interface_name.status());
  const Result<Credentials> credentials = credentials_of(request);
  if (!credentials.ok()) return reject(credentials.status());
  Result<Access> access =
      authenticator_.by_credentials(*credentials, {outlet_.client_address, "rtmp"});
  if (!access.ok()) return reject(access.status());
  interface_ = *interface_name;
  access_ = *std::move(access);
  user_id_ = credentials->user_id;
  by_signature_ = !access_.open && credentials->token.empty();
  if (by_signature_ && !user_id_.empty()) {  // a page that was given a signature for one learner
    access_.role = Role::kLearner;
    access_.user_id = user_id_;
  }
  outlet_.run([request](ServerSession& session) { session.accept_connect(request); });
}

Status RtmpConversation::authorize_recording(RecordingRequest& wanted) const {
  Caller& caller = wanted.options.caller;
  if (caller.user_id == "guest" && !user_id_.empty()) caller.user_id = user_id_;
  return authorize(access_, caller);
}

void RtmpConversation::publish(const rtmp::PublishRequest& request) {
  const auto prepared = std::find_if(prepared_.begin(), prepared_.end(), [&](const auto& waiting) {
    return waiting->id() == request.name;
  });
  if (prepared != prepared_.end()) {
    std::unique_ptr<RtmpRecording> recording = std::move(*prepared);
    prepared_.erase(prepared);
    return accept(request, std::move(recording));
  }
  Result<RtmpRequest> wanted = read_publish_query(request.query, interface_);
  if (!wanted.ok()) return refuse(request, {}, wanted.status());
  const Status allowed = authorize_recording(wanted->recording);
  if (!allowed.ok()) return refuse(request, wanted->recording, allowed);
  if (is_record_id(request.name)) wanted->recording.asked_id = request.name;
  wanted->recording.asked_id_or_made = true;
  const RecordingRequest asked = wanted->recording;
  Result<std::unique_ptr<RtmpRecording>> recording =
      RtmpRecording::begin(service_, *std::move(wanted));
  if (!recording.ok()) return refuse(request, asked, recording.status());
  accept(request, *std::move(recording));
}

void RtmpConversation::accept(const rtmp::PublishRequest& request,
                              std::unique_ptr<RtmpRecording> recording) {
  user_id_ = recording->request().options.caller.user_id;
  Slot* slot = slot_of(request.stream_id);
  if (slot == nullptr) return;  // the engine asks for streams that are open, and for no others
  outlet_.run([request, id = recording->id()](ServerSession& session) {
    rtmp::Amf0Object extra;
    extra.add("recordId", std::string_view(id));
    session.accept_publish(request, extra);
  });
  slot->recording = std::move(recording);
  slot->id_told = false;
}

// Not with the start, which has the id too: ffmpeg reads no further, and what it has not read when
// it closes makes its system reset the connection and throw the end of the recording away.
void RtmpConversation::tell_record_id(Slot& slot) {
  if (std::exchange(slot.id_told, true)) return;
  rtmp::StatusObject told = coded_status(kRecordIdGiven);
  told.extra.add("recordId", std::string_view(slot.recording->id()));
  send_status(outlet_, slot.stream_id, std::move(told));
}

void RtmpConversation::refuse(const rtmp::PublishRequest& request, const RecordingRequest& wanted,
                              const Status& why) {
  outlet_.run([request, why](ServerSession& session) {
    session.refuse_publish(request, publish_code(why.code()), why.message(), refusal_members(why));
  });
  send_answer(outlet_, request.stream_id, service_refusal(service_, wanted, why));
}

void RtmpConversation::on_audio(const AudioBatch& batch) {
  rtmp::ByteView payloads = batch.payloads;
  for (const AudioBatch::Entry& entry : batch.entries) {
    const rtmp::ByteView payload = payloads.first(entry.size);
    payloads = payloads.subspan(entry.size);
    Slot* slot = slot_of(entry.stream_id);
    if (slot == nullptr || !slot->recording) continue;
    tell_record_id(*slot);
    const Result<RtmpRecording::Heard> heard = slot->recording->append(entry, payload);
    if (!heard.ok()) {
      fail(*slot, heard.status());
    } else if (*heard == RtmpRecording::Heard::kEnough) {
      outlet_.run([id = entry.stream_id](ServerSession& session) { session.stop_publish(id); });
      finish(*slot, "auto");
    }
  }
  for (Slot& slot : slots_) {
    if (!slot.recording) continue;
    if (Status flushed = slot.recording->flush(); !flushed.ok()) fail(slot, flushed);
  }
  count();
}

void RtmpConversation::finish(Slot& slot, std::string_view stop_type) {
  tell_record_id(slot);
  const std::unique_ptr<RtmpRecording> recording = std::move(slot.recording);
  const auto held = std::make_shared<HeldAnswer>(outlet_, slot.stream_id);
  const Status finished = recording->finish([held](const Answer& answer) { held->give(answer); });
  if (!finished.ok()) {
    send_answer(outlet_, slot.stream_id, recording->give_up(finished));
    return;
  }
  rtmp::StatusObject stopped = coded_status(kRecordStopped);
  stopped.extra.add("recordId", std::string_view(recording->id()));
  stopped.extra.add("stopType", stop_type);
  send_status(outlet_, slot.stream_id, std::move(stopped));
  held->release();
}

void RtmpConversation::fail(Slot& slot, const Status& why) {
  const std::unique_ptr<RtmpRecording> recording = std::move(slot.recording);
  const rtmp::StatusObject failed{"error", "NetStream.Record.Failed", why.message(),
                                  refusal_members(why)};
  outlet_.run([id = slot.stream_id, failed](ServerSession& session) {
    session.stop_publish(id);
    session.send_status(id, failed);
  });
  send_answer(outlet_, slot.stream_id, recording->give_up(why));
}

void RtmpConversation::close(const rtmp::StreamClosed& closed) {
  Slot* slot = slot_of(closed.stream_id);
  if (slot == nullptr) return;
  if (slot->recording) finish(*slot, "manual");
  slot->player.reset();
  if (closed.deleted) slots_.erase(slots_.begin() + (slot - slots_.data()));
}

void RtmpConversation::on_close() {
  for (Slot& slot : slots_) {
    if (slot.recording) finish(slot, "auto");
  }
  slots_.clear();
  prepared_.clear();
  count();
}

}  // namespace saywell
