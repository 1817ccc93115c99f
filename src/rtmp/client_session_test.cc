#include "rtmp/client_session.h"

#include <gtest/gtest.h>

#include <functional>

#include "rtmp/server_session.h"
#include "rtmp/testing/transcript.h"

namespace saywell::rtmp {
namespace {

// A client and a server that answers everything, joined by memory.
class Joined {
 public:
  explicit Joined(Cut cut) : cut_(cut) {}

  // Passes bytes between them until both are silent; `on_event` receives the client's events.
  void run(const std::function<void(const ClientEvent&)>& on_event) {
    for (bool moved = true; moved;) {
      Bytes bytes;
      client.take_output(bytes);
      moved = !bytes.empty();
      feed_in_pieces(bytes, cut_, [&](ByteView piece) {
        server.feed(piece);
        for (auto event = server.next(); next_event(event); event = server.next()) {
          std::visit(scribe_, **event);
        }
        return true;
      });
      server.take_output(bytes);
      moved |= !bytes.empty();
      feed_in_pieces(bytes, cut_, [&](ByteView piece) {
        client.feed(piece);
        for (auto event = client.next(); next_event(event); event = client.next()) {
          on_event(**event);
        }
        return true;
      });
    }
  }

  ClientSession client{{}, 11};
  ServerSession server{{}, 12};
  std::string heard;

 private:
  template <class Event>
  static bool next_event(const Event& event) {
    EXPECT_TRUE(event.ok()) << event.status().detail();
    return event.ok() && event->has_value();
  }

  Cut cut_;
  EventScribe scribe_{server, heard};
};

// Acts as a client at each event, and records the events.
struct Driver {
  ClientSession& client;
  std::string app = "v1.1/aistream.enscore";
  bool plays = false;
  std::string got = {};

  void operator()(const ClientEvent& event) { std::visit(*this, event); }
  void operator()(const HandshakeDone&) { client.connect(app, "rtmp://localhost/" + app); }
  void operator()(const Reply& reply) {
    got += reply.ok ? "result " : "error ";
    if (reply.transaction == 1 && reply.ok) client.create_stream();
    if (reply.transaction != 2) return;
    const auto id = static_cast<std::uint32_t>(*reply.values.at(1).number());
    plays ? client.play(id, "take-1") : client.publish(id, "take-1");
  }
  void operator()(const ServerStatus& status) {
    got += status.code + " ";
    if (status.code != "NetStream.Publish.Start") return;
    client.send_data(status.stream_id, {"@setDataFrame", "onMetaData"});
    client.send_audio(status.stream_id, 0, bytes_of("one"));
    client.send_audio(status.stream_id, 20, bytes_of("two"));
    client.delete_stream(status.stream_id);
    client.call("checkBandwidth", {1.0});
  }
  void operator()(const ServerCommand& command) { got += command.command.name + " "; }
  void operator()(const ServerData&) { got += "data "; }
  void operator()(const ServerAudio& audio) {
    got += "audio:" + std::string(text_of(audio.payload)) + " ";
  }
  void operator()(const StreamEnded&) { got += "end "; }
};

constexpr Cut kCuts[] = {Cut::kWhole, Cut::kSingleBytes, Cut::kUneven};

TEST(ClientSession, Publishes) {
  for (const Cut cut : kCuts) {
    Joined joined(cut);
    Driver driver{joined.client};
    joined.run(std::ref(driver));
    EXPECT_EQ(driver.got, "result result NetStream.Publish.Start error ");
    EXPECT_EQ(joined.heard,
              "connect v1.1/aistream.enscore query  \ncreated 1  \npublish 1 take-1 query  \n"
              "data 1 2 values \naudio 1 0 one \naudio 1 20 two \ndeleted 1 publishing \n"
              "call 0 checkBandwidth \n");
  }
}

TEST(ClientSession, Plays) {
  for (const Cut cut : kCuts) {
    Joined joined(cut);
    Driver driver{joined.client};
    driver.plays = true;
    joined.run(std::ref(driver));
    EXPECT_EQ(driver.got,
              "result result NetStream.Play.Reset NetStream.Play.Start data audio:audio data end "
              "NetStream.Play.Stop ");
  }
}

TEST(ClientSession, IsRejected) {
  Joined joined(Cut::kUneven);
  Driver driver{joined.client};
  driver.app = "rejected";
  joined.run(std::ref(driver));
  EXPECT_EQ(driver.got, "error ");
}

TEST(ClientSession, AServerOfAnotherProtocolIsAnError) {
  ClientSession client({}, 1);
  client.feed(bytes_of("HTTP/1.1 400 Bad Request"));
  EXPECT_EQ(client.next().status().code(), Code::kBadParameter);
  EXPECT_EQ(client.next().status().code(), Code::kBadParameter);
}

}  // namespace
}  // namespace saywell::rtmp
