#include "server/http/request_gate.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <thread>

namespace saywell {
namespace {

struct Asked {
  std::string method = "GET";
  std::string host = "localhost:8080";
  std::string origin = {};
  std::string forwarded_proto = {};
  bool is_websocket = false;
};

// 0 when it gets in.
int status_of(const RequestGate& gate, const Asked& asked) {
  HttpRequest request;
  request.method = asked.method;
  request.headers = {{"host", asked.host}};
  if (!asked.origin.empty()) request.headers.emplace_back("origin", asked.origin);
  if (!asked.forwarded_proto.empty()) {
    request.headers.emplace_back("x-forwarded-proto", asked.forwarded_proto);
  }
  const std::optional<HttpResponse> refusal = gate.refusal(request, asked.is_websocket);
  if (!refusal) return 0;
  const boost::json::value body = boost::json::parse(refusal->body);
  EXPECT_EQ(body.at("errID").as_int64(), 40082);
  EXPECT_EQ(body.at("field").as_string(), refusal->status == 421 ? "Host" : "Origin");
  EXPECT_FALSE(body.at("error").as_string().empty());
  return refusal->status;
}

TEST(RequestGate, AnOpenServerIsCalledByItsOwnNamesOnly) {
  GateRules rules;
  rules.allowed_hosts = {"Speech.School.example"};
  const RequestGate gate(rules);
  for (const char* host :
       {"localhost", "LOCALHOST:8080", "127.0.0.1", "192.168.1.7:8080", "[::1]",
        "[2001:db8::1]:8080", "speech.school.example", "speech.school.example.:8080"}) {
    EXPECT_EQ(status_of(gate, {.host = host}), 0) << host;
  }
  for (const char* host :
       {"evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example",
        "evil.speech.school.example", "speech.school.example.evil.example", "127.1", "2130706433",
        "", "localhost@evil.example", "[::1", "evil.localhost", "localhost:80:80"}) {
    EXPECT_EQ(status_of(gate, {.host = host}), 421) << host;
    EXPECT_EQ(status_of(gate, {.method = "POST", .host = host}), 421) << host;
    EXPECT_EQ(status_of(gate, {.host = host, .is_websocket = true}), 421) << host;
  }
}

TEST(RequestGate, WithoutTheCheckEveryNameIsRight) {
  GateRules rules;
  rules.checks_hosts = false;
  EXPECT_EQ(status_of(RequestGate(rules), {.host = "any.example"}), 0);
}

TEST(RequestGate, ProgramsThatSendNoHostOrOriginGetIn) {
  const RequestGate gate{GateRules{}};
  HttpRequest request;
  request.method = "POST";
  request.http_1_0 = true;
  EXPECT_FALSE(gate.refusal(request, false));
  EXPECT_EQ(status_of(gate, {.method = "POST"}), 0);
  EXPECT_EQ(status_of(gate, {.is_websocket = true}), 0);
}

TEST(RequestGate, PagesOfOthersMayNotChangeAnything) {
  GateRules rules;
  rules.allowed_origins = {"https://school.example"};
  for (const bool checks_hosts : {true, false}) {
    rules.checks_hosts = checks_hosts;
    const RequestGate gate(rules);
    for (const char* origin : {"http://localhost:8080", "https://school.example"}) {
      EXPECT_EQ(status_of(gate, {.method = "POST", .origin = origin}), 0) << origin;
      EXPECT_EQ(status_of(gate, {.origin = origin, .is_websocket = true}), 0) << origin;
    }
    for (const char* origin :
         {"http://evil.example", "null", "http://localhost", "http://localhost:8081",
          "https://localhost:8080", "http://127.0.0.1:8080", "http://school.example",
          "https://school.example:444", "https://school.example.evil.example", "localhost:8080"}) {
      for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "PROPFIND"}) {
        EXPECT_EQ(status_of(gate, {.method = method, .origin = origin}), 403) << origin;
      }
      EXPECT_EQ(status_of(gate, {.origin = origin, .is_websocket = true}), 403) << origin;
      // Requests that only read are answered; the browser keeps the answer from the page (CORS).
      for (const char* method : {"GET", "HEAD", "OPTIONS"}) {
        EXPECT_EQ(status_of(gate, {.method = method, .origin = origin}), 0) << origin;
      }
      EXPECT_FALSE(gate.allows_origin(origin)) << origin;
    }
  }
}

TEST(RequestGate, ItsOwnOriginHasItsSchemeAndPort) {
  GateRules rules;
  rules.checks_hosts = false;
  const auto post = [](const std::string& host, const std::string& origin,
                       const std::string& forwarded_proto) {
    return Asked{"POST", host, origin, forwarded_proto, false};
  };
  const RequestGate plain(rules);
  EXPECT_EQ(status_of(plain, post("a.example", "http://a.example", "")), 0);
  EXPECT_EQ(status_of(plain, post("a.example:80", "http://a.example", "")), 0);
  EXPECT_EQ(status_of(plain, post("[::1]:8080", "http://[::1]:8080", "")), 0);
  EXPECT_EQ(status_of(plain, post("a.example", "https://a.example", "")), 403);
  // A proxy that ends TLS says so.
  EXPECT_EQ(status_of(plain, post("a.example", "https://a.example", "https")), 0);
  EXPECT_EQ(status_of(plain, post("a.example", "https://a.example", "https,http")), 0);
  EXPECT_EQ(status_of(plain, post("a.example", "http://a.example", "https")), 403);
  EXPECT_EQ(status_of(plain, post("a.example", "https://b.example", "https")), 403);
  rules.tls = true;
  const RequestGate tls(rules);
  EXPECT_EQ(status_of(tls, post("a.example", "https://a.example", "")), 0);
  EXPECT_EQ(status_of(tls, post("a.example:443", "https://a.example", "")), 0);
  EXPECT_EQ(status_of(tls, post("a.example:8443", "https://a.example:8443", "")), 0);
  EXPECT_EQ(status_of(tls, post("a.example", "http://a.example", "")), 403);
}

TEST(RequestGate, AStarAllowsEveryPage) {
  GateRules rules;
  rules.allowed_origins = {"*"};
  const RequestGate gate(rules);
  EXPECT_EQ(status_of(gate, {.method = "POST", .origin = "http://any.example"}), 0);
  EXPECT_TRUE(gate.allows_origin("http://any.example"));
  EXPECT_EQ(status_of(gate, {.method = "POST", .host = "evil.example"}), 421);
}

TEST(RequestGate, NewRulesHoldAtOnceWhileOthersAsk) {
  RequestGate gate{GateRules{}};
  const Asked asked{.method = "POST", .origin = "https://school.example"};
  std::thread other([&] {
    for (int i = 0; i < 1000; ++i) status_of(gate, asked);
  });
  for (int i = 0; i < 1000; ++i) {
    GateRules rules;
    if (i % 2 == 1) rules.allowed_origins = {"https://school.example"};
    gate.set(rules);
    EXPECT_EQ(status_of(gate, asked), i % 2 == 1 ? 0 : 403);
  }
  other.join();
}

}  // namespace
}  // namespace saywell
