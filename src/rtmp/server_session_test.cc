#include "rtmp/server_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "rtmp/testing/transcript.h"

namespace saywell::rtmp {
namespace {

using testing::HasSubstr;
using testing::Not;

// Everything that a client sends, written in advance.
class Talk {
 public:
  Talk() {
    ClientHandshake(3).start(link_.output());
    append_bytes(link_.output(), Bytes(kHandshakeBytes));
  }

  Talk& connect(std::string_view app = "v1.1/aistream.enscore") {
    Amf0Object object;
    object.add("app", app);
    object.add("tcUrl", "rtmp://localhost/v1.1/aistream.enscore?sig=1");
    return command(0, "connect", 1, {object});
  }
  Talk& create() { return command(0, "createStream", 2, {Amf0Value::null()}); }
  Talk& publish(std::string_view name = "take-1?coreType=en.sent.score") {
    return command(1, "publish", 0, {Amf0Value::null(), name, "live"});
  }
  Talk& publishing() { return connect().create().publish(); }
  Talk& command(std::uint32_t stream, std::string name, double transaction,
                std::vector<Amf0Value> arguments) {
    link_.send_command({std::move(name), transaction, std::move(arguments)}, stream);
    return *this;
  }
  Talk& raw(MessageType type, std::string_view payload, std::uint32_t time_ms = 0) {
    link_.send(type, 1, time_ms, bytes_of(payload));
    return *this;
  }
  Talk& audio(std::uint32_t time_ms, std::string_view payload) {
    return raw(MessageType::kAudio, payload, time_ms);
  }
  Talk& data(std::vector<Amf0Value> values) {
    Bytes payload;
    for (const Amf0Value& value : values) append_amf0(value, payload);
    return raw(MessageType::kData, text_of(payload));
  }

  const Bytes& bytes() { return link_.output(); }

  // The session's events and output, which must be the same however the bytes are cut.
  std::string heard(const Limits& limits = {}) {
    EXPECT_TRUE(
        same_however_cut([&](Cut cut) { return session_transcript(bytes(), cut, limits); }));
    return session_transcript(bytes(), Cut::kWhole, limits);
  }

 private:
  static constexpr std::size_t kHandshakeBytes = 1536;
  MessageLink link_{Limits()};
};

TEST(ServerSession, APublisherIsHeard) {
  const std::string heard = Talk()
                                .connect()
                                .command(0, "releaseStream", 2, {Amf0Value::null(), "take-1"})
                                .command(0, "FCPublish", 3, {Amf0Value::null(), "take-1"})
                                .create()
                                .publish()
                                .data({"@setDataFrame", "onMetaData", Amf0Object()})
                                .audio(0, "one")
                                .audio(20, "two")
                                .command(0, "FCUnpublish", 4, {Amf0Value::null(), "take-1"})
                                .command(0, "deleteStream", 5, {Amf0Value::null(), 1.0})
                                .audio(40, "too late")
                                .heard();
  EXPECT_THAT(heard, HasSubstr("connect v1.1/aistream.enscore query sig=1"));
  EXPECT_THAT(heard, HasSubstr("created 1  \npublish 1 take-1 query coreType=en.sent.score \n"
                               "data 1 3 values \naudio 1 0 one \naudio 1 20 two \n"
                               "deleted 1 publishing \n--\n"));
  EXPECT_THAT(heard, HasSubstr("NetConnection.Connect.Success"));
  EXPECT_THAT(heard, HasSubstr("onFCPublish"));
  EXPECT_THAT(heard, HasSubstr("NetStream.Publish.Start"));
  EXPECT_THAT(heard, HasSubstr("onFCUnpublish"));
}

TEST(ServerSession, APlayerIsServed) {
  const std::string heard =
      Talk()
          .connect()
          .create()
          .command(1, "play", 0, {Amf0Value::null(), "take-1", 1500.0, -1000.0, true})
          .command(1, "play", 0, {Amf0Value::null(), "endless"})
          .command(1, "pause", 0, {Amf0Value::null(), true, 700.0})
          .command(1, "pause", 0, {Amf0Value::null(), false, 700.0})
          .command(1, "seek", 0, {Amf0Value::null(), 300.0})
          .command(1, "closeStream", 0, {Amf0Value::null()})
          .heard();
  EXPECT_THAT(heard,
              HasSubstr("play 1 take-1 from 1500.000000 \nplay 1 endless from -2000.000000 \n"
                        "pause 1 700.000000 \ngo on 1 700.000000 \nseek 1 300.000000 \n"
                        "closed 1 playing \n"));
  for (const char* code : {"Play.Reset", "Play.Start", "Play.Complete", "Play.Stop", "Pause.Notify",
                           "Unpause.Notify", "Seek.Notify"}) {
    EXPECT_THAT(heard, HasSubstr(std::string("NetStream.") + code));
  }
}

TEST(ServerSession, CallsOfTheRecorderComeThrough) {
  Amf0Object request;
  request.add("recordLength", 5000.0);
  const std::string heard = Talk()
                                .connect()
                                .command(0, "startRecord", 7, {Amf0Value::null(), request})
                                .command(0, "nobodyKnowsThis", 0, {})
                                .heard();
  EXPECT_THAT(heard, HasSubstr("call 0 startRecord \ncall 0 nobodyKnowsThis \n--\n"));
  EXPECT_THAT(heard, HasSubstr("NetConnection.Call.Failed"));
}

TEST(ServerSession, ARejectedClientIsNotHeardAnyMore) {
  const std::string heard = Talk().connect("rejected").create().publish().audio(0, "x").heard();
  EXPECT_THAT(heard, HasSubstr("connect rejected query sig=1 \n--\n"));
  EXPECT_THAT(heard, HasSubstr("NetConnection.Connect.Rejected"));
}

TEST(ServerSession, CommandsBeforeConnectAreIgnored) {
  const std::string heard = Talk().create().publish().connect().connect().heard();
  EXPECT_THAT(heard, HasSubstr("ignored 0 'createStream' before connect"));
  EXPECT_THAT(heard, HasSubstr("a second connect"));
}

TEST(ServerSession, StreamsAreLimitedAndUsedAgain) {
  Limits limits;
  limits.max_streams = 2;
  const std::string heard = Talk()
                                .connect()
                                .create()
                                .create()
                                .create()
                                .command(0, "deleteStream", 0, {Amf0Value::null(), 1.0})
                                .create()
                                .heard(limits);
  EXPECT_THAT(heard, HasSubstr("created 1  \ncreated 2  \nignored 0 createStream: more than 2 "
                               "streams are open \ndeleted 1 idle \ncreated 1  \n"));
}

// GStreamer 1.22 sends deleteStream with the stream's name where its id belongs.
TEST(ServerSession, DeleteStreamByNameMeansTheOnlyStream) {
  EXPECT_THAT(
      Talk().publishing().command(0, "deleteStream", 0, {Amf0Value::null(), "take-1"}).heard(),
      HasSubstr("deleted 1 publishing"));
}

TEST(ServerSession, PublishFalseEndsPublishing) {
  EXPECT_THAT(Talk().publishing().command(1, "publish", 0, {Amf0Value::null(), false}).heard(),
              HasSubstr("closed 1 publishing"));
}

TEST(ServerSession, AggregatesAreTakenApart) {
  // Tags at 100 and 120 ms in a message at 1000 ms; a video tag between them.
  const std::string_view tags(
      "\x08\0\0\x01\0\0\x64\0\0\0\0A\0\0\0\x0C"
      "\x09\0\0\x01\0\0\x6E\0\0\0\0V\0\0\0\x0C"
      "\x08\0\0\x01\0\0\x78\0\0\0\0B\0\0\0\x0C"
      "\x08\0\0\x09\0\0\x78\0\0\0\0C",
      60);
  EXPECT_THAT(Talk().publishing().raw(MessageType::kAggregate, tags, 1000).heard(),
              HasSubstr("audio 1 1000 A \naudio 1 1020 B \n--\n"));
}

TEST(ServerSession, StoppingAPublisherDropsWhatStillComes) {
  Talk talk;
  talk.publishing();
  ServerSession session({}, 1);
  std::string out;
  EventScribe scribe(session, out);
  const auto hear = [&](ByteView bytes) {
    session.feed(bytes);
    for (auto event = session.next(); event.ok() && event->has_value(); event = session.next()) {
      std::visit(scribe, **event);
    }
  };
  const std::size_t before = talk.bytes().size();
  hear(talk.bytes());
  EXPECT_TRUE(session.publishing());
  session.stop_publish(1);
  EXPECT_FALSE(session.publishing());
  const Bytes all = talk.audio(0, "late").bytes();
  hear(ByteView(all).subspan(before));
  EXPECT_THAT(out, Not(HasSubstr("late")));
  Bytes sent;
  session.take_output(sent);
  EXPECT_THAT(std::string(text_of(sent)), HasSubstr("NetStream.Unpublish.Success"));
}

TEST(ServerSession, ThePhaseTellsWhatIsAwaited) {
  using Phase = ServerSession::Phase;
  ServerSession session({}, 1);
  EXPECT_EQ(session.phase(), Phase::kHandshake);
  const Bytes bytes = Talk().connect().bytes();
  session.feed(ByteView(bytes).first(1600));
  EXPECT_FALSE(session.next()->has_value());
  EXPECT_EQ(session.phase(), Phase::kHandshake);
  session.feed(ByteView(bytes).subspan(1600));
  const auto event = session.next();
  EXPECT_EQ(session.phase(), Phase::kConnect);
  session.accept_connect(std::get<ConnectRequest>(**event));
  EXPECT_EQ(session.phase(), Phase::kOpen);
  EXPECT_EQ(session.received_bytes(), bytes.size());
}

TEST(ServerSession, WorkComesBackWithTime) {
  Limits limits;
  limits.max_saved_work = 1;
  limits.work_per_s = 1;
  ServerSession session(limits, 1);
  const Bytes bytes = Talk().connect().bytes();
  session.feed(bytes);
  ASSERT_TRUE(session.next().ok());
  EXPECT_TRUE(session.out_of_work());
  session.allow_work(999);
  EXPECT_TRUE(session.out_of_work());
  for (int i = 0; i < 10; ++i) session.allow_work(1000);
  EXPECT_FALSE(session.out_of_work());
}

// nginx-http-flv-module#170: a name in a buffer of 256 bytes.
TEST(SessionKnownFailures, LongNames) {
  const std::string name(60'000, 'n');
  EXPECT_THAT(Talk().connect().create().publish(name).heard(), HasSubstr("publish 1 " + name));
  Limits limits;
  limits.max_name_bytes = 1000;
  const std::string heard = Talk().connect("a").create().publish(name).heard(limits);
  EXPECT_THAT(heard, HasSubstr("ignored 1 publish: the name is too long"));
  EXPECT_THAT(heard, HasSubstr("NetStream.Publish.BadName"));
  EXPECT_THAT(Talk().connect(name).heard(limits), HasSubstr("error connect: app or tcUrl"));
}

// Red5 PR#482: a name is any bytes here; the store makes a file name of it.
TEST(SessionKnownFailures, PathTricksComeThroughAsTheyAre) {
  EXPECT_THAT(Talk().connect().create().publish("../../etc/passwd").heard(),
              HasSubstr("publish 1 ../../etc/passwd query"));
}

// nginx-rtmp 23e1873: null pointers where a client omits fields that others send.
TEST(SessionKnownFailures, MissingAndMistypedArguments) {
  for (const char* name : {"connect", "createStream", "publish", "play", "pause", "seek",
                           "deleteStream", "closeStream", "FCPublish", "startRecord"}) {
    for (const std::vector<Amf0Value>& arguments : std::vector<std::vector<Amf0Value>>{
             {}, {Amf0Value::null()}, {1.0, 2.0, "three"}, {Amf0Array(), Amf0Object(), -1e300}}) {
      Talk().command(1, name, 1, arguments).heard();
      Talk().connect().create().command(1, name, 0, arguments).heard();
      Talk talk;
      talk.connect().create().command(1, name, 1, arguments).command(0, "stillHere", 0, {});
      EXPECT_THAT(talk.heard(), HasSubstr("call 0 stillHere"));
    }
  }
}

// SRS#185, #418, #3803, #2731: dates, strict arrays, AMF3 marks and unknown data closed the stream.
TEST(SessionKnownFailures, OddMessagesNeverDropAPublisher) {
  Talk talk;
  talk.publishing()
      .data({"onTimeCode", Amf0Value(Amf0Value::Content(Amf0Date{1e12}))})
      .data({Amf0Value::null(), Amf0Array{{1.0}}, "onMetaData"})
      .raw(MessageType::kDataAmf3, std::string_view("\0\x02\0\x03two\x05", 8))
      .raw(MessageType::kDataAmf3, "\x11\x06\x7E")
      .raw(MessageType::kData, "\xFF\xFF")
      .raw(MessageType::kCommand, "")
      .raw(MessageType::kCommand, "\x05")
      .raw(MessageType::kCommandAmf3, std::string_view("\0\x02\0\x01x\0\0\0\0\0\0\0\0\0\x11", 15))
      .raw(MessageType::kCommand, std::string_view("\x02\0\x05short", 7))
      .raw(MessageType::kSharedObject, "shared")
      .raw(static_cast<MessageType>(99), "what is this")
      .raw(MessageType::kVideo, "picture")
      .audio(20, "still here");
  EXPECT_THAT(talk.heard(), HasSubstr("audio 1 20 still here"));
}

TEST(SessionKnownFailures, ValuesNestedTenThousandDeepAreIgnored) {
  std::string nested;
  for (int i = 0; i < 10'000; ++i) nested += std::string("\x0A\0\0\0\x01", 5);
  const std::string heard =
      Talk().publishing().raw(MessageType::kData, nested).audio(0, "still here").heard();
  EXPECT_THAT(heard, HasSubstr("nested deeper than 32"));
  EXPECT_THAT(heard, HasSubstr("still here"));
}

// Red5#452-#482, the Go servers' panic: optional fields absent because the input ends.
TEST(SessionKnownFailures, CutOffAtEveryByte) {
  Talk talk;
  talk.publishing().data({"@setDataFrame", "onMetaData", Amf0Object()}).audio(0, "one");
  const Bytes& bytes = talk.bytes();
  const std::string whole = session_transcript(bytes, Cut::kWhole);
  const std::string events = whole.substr(0, whole.find("--\n"));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    if (size > 10 && size < 3060 && size % 97 != 0) continue;  // the handshake
    const std::string cut = session_transcript(ByteView(bytes).first(size), Cut::kWhole);
    EXPECT_TRUE(events.starts_with(cut.substr(0, cut.find("--\n")))) << size;
  }
}

// Enhanced RTMP: an audio message without even a tag header is silence.
TEST(SessionKnownFailures, AnEmptyAudioMessage) {
  EXPECT_THAT(Talk().publishing().audio(40, "").heard(), HasSubstr("audio 1 40  \n"));
}

}  // namespace
}  // namespace saywell::rtmp
