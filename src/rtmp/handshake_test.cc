#include "rtmp/handshake.h"

#include <gtest/gtest.h>

#include "rtmp/handshake_digest.h"
#include "rtmp/testing/transcript.h"

namespace saywell::rtmp {
namespace {

constexpr std::size_t kPacket = kHandshakeBytes;

// C0 and C1 as a player of Flash 9 and later writes them.
Bytes digest_hello(DigestScheme scheme) {
  Bytes c1(kPacket, std::byte{0x5A});
  c1[4] = std::byte{9};
  sign_client_packet(c1, scheme);
  Bytes hello = {std::byte{3}};
  append_bytes(hello, c1);
  return hello;
}

Bytes simple_hello() {
  Bytes hello;
  ClientHandshake(7).start(hello);
  return hello;
}

struct Outcome {
  Bytes output;
  std::size_t left_bytes = 0;
  bool over = false;
};

Outcome run_server(ByteView bytes, Cut cut) {
  ServerHandshake handshake(1);
  Outcome outcome;
  feed_in_pieces(bytes, cut, [&](ByteView piece) {
    if (!outcome.over) {
      const auto over = handshake.take(piece, outcome.output);
      outcome.over = over.ok() && *over;
    }
    outcome.left_bytes += piece.size();
    return true;
  });
  return outcome;
}

TEST(Handshake, SimpleClientGetsItsPacketBack) {
  Bytes bytes = simple_hello();
  const Bytes c1(bytes.begin() + 1, bytes.end());
  append_bytes(bytes, Bytes(kPacket));
  append_bytes(bytes, bytes_of("rest"));
  for (const Cut cut : {Cut::kWhole, Cut::kSingleBytes, Cut::kUneven}) {
    const Outcome outcome = run_server(bytes, cut);
    EXPECT_TRUE(outcome.over);
    EXPECT_EQ(outcome.left_bytes, 4U);
    ASSERT_EQ(outcome.output.size(), 1 + 2 * kPacket);
    EXPECT_EQ(outcome.output[0], std::byte{3});
    EXPECT_EQ(Bytes(outcome.output.end() - kPacket, outcome.output.end()), c1);
  }
}

TEST(Handshake, DigestClientGetsSignedPackets) {
  for (const DigestScheme scheme : {DigestScheme::kFirstHalf, DigestScheme::kSecondHalf}) {
    const Bytes hello = digest_hello(scheme);
    const auto found = find_client_digest(ByteView(hello).subspan(1));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->scheme, scheme);
    const Outcome outcome = run_server(hello, Cut::kUneven);
    EXPECT_FALSE(outcome.over);
    ASSERT_EQ(outcome.output.size(), 1 + 2 * kPacket);
    EXPECT_TRUE(server_answer_is_signed(ByteView(outcome.output).last(kPacket), found->digest));
  }
}

TEST(Handshake, ADigestThatIsWrongIsASimpleHandshake) {
  Bytes hello = digest_hello(DigestScheme::kFirstHalf);
  hello[1500] ^= std::byte{1};
  const Outcome outcome = run_server(hello, Cut::kWhole);
  EXPECT_EQ(Bytes(outcome.output.end() - kPacket, outcome.output.end()),
            Bytes(hello.begin() + 1, hello.end()));
}

TEST(Handshake, OtherProtocolsAreNamed) {
  const auto refused = [](std::byte first) {
    Bytes output;
    const Bytes bytes = {first, std::byte{3}};
    ByteView input = bytes;
    ServerHandshake handshake(1);
    const Status status = handshake.take(input, output).status();
    EXPECT_EQ(status.code(), Code::kBadParameter);
    EXPECT_TRUE(output.empty());
    return status.detail();
  };
  EXPECT_NE(refused(std::byte{'G'}).find("71, not 3"), std::string::npos);
  EXPECT_NE(refused(std::byte{6}).find("RTMPE"), std::string::npos);
}

TEST(Handshake, ClientAndServerAgree) {
  ClientHandshake client(5);
  ServerHandshake server(6);
  Bytes to_server;
  Bytes to_client;
  client.start(to_server);
  ByteView input = to_server;
  EXPECT_FALSE(*server.take(input, to_client));
  Bytes rest;
  ByteView answer = to_client;
  EXPECT_TRUE(*client.take(answer, rest));
  input = rest;
  EXPECT_TRUE(*server.take(input, to_client));
}

// SRS#418: some clients do not echo S1 in C2.
TEST(HandshakeKnownFailures, TheLastPacketIsNotVerified) {
  Bytes bytes = simple_hello();
  append_bytes(bytes, Bytes(kPacket, std::byte{0xEE}));
  EXPECT_TRUE(run_server(bytes, Cut::kWhole).over);
}

TEST(HandshakeKnownFailures, HalfAHandshakeIsNeverOver) {
  Bytes bytes = digest_hello(DigestScheme::kSecondHalf);
  append_bytes(bytes, Bytes(kPacket));
  for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 9) {
    const Outcome outcome = run_server(ByteView(bytes).first(size), Cut::kWhole);
    EXPECT_FALSE(outcome.over);
    EXPECT_EQ(outcome.output.size(), size > kPacket ? 1 + 2 * kPacket : 0U);
  }
}

}  // namespace
}  // namespace saywell::rtmp
