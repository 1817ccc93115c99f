#include "server/http/client_address.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

HttpRequest request_from(const std::string& peer,
                         std::vector<std::pair<std::string, std::string>> headers) {
  HttpRequest request;
  request.remote_address = peer;
  request.headers = std::move(headers);
  return request;
}

std::string client_of(const std::string& peer,
                      std::vector<std::pair<std::string, std::string>> headers) {
  const std::vector<IpNetwork> proxies = {*IpNetwork::parse("127.0.0.1"),
                                          *IpNetwork::parse("10.0.0.0/8")};
  return client_address(request_from(peer, std::move(headers)), proxies);
}

TEST(ParseHost, ReadsNamesAddressesAndPorts) {
  EXPECT_EQ(parse_host("LocalHost:8080")->host, "localhost");
  EXPECT_EQ(parse_host("localhost:8080")->port, "8080");
  EXPECT_EQ(parse_host("school.example.")->host, "school.example");
  EXPECT_EQ(parse_host("[::1]:80")->host, "::1");
  EXPECT_EQ(parse_host("[::1]")->port, "");
  for (const char* text : {"", ":80", "a b", "a/b", "[::1", "[::1]80", "[localhost]", "::1",
                           "localhost:", "localhost:x", "localhost:123456", "user@localhost",
                           "[127.0.0.1]", "localhost:80:80"}) {
    EXPECT_FALSE(parse_host(text)) << text;
  }
}

TEST(ClientAddress, IsThePeerUnlessAProxySaysOtherwise) {
  EXPECT_EQ(client_of("203.0.113.7", {}), "203.0.113.7");
  EXPECT_EQ(client_of("203.0.113.7", {{"x-forwarded-for", "198.51.100.1"}}), "203.0.113.7");
  EXPECT_EQ(client_of("127.0.0.1", {{"x-forwarded-for", "198.51.100.1"}}), "198.51.100.1");
  EXPECT_EQ(client_of("127.0.0.1", {{"x-forwarded-for", "192.0.2.9, 198.51.100.1"}}),
            "198.51.100.1");
  EXPECT_EQ(client_of("127.0.0.1", {{"x-forwarded-for", "198.51.100.1 , 10.1.2.3"}}),
            "198.51.100.1");
  EXPECT_EQ(client_of("127.0.0.1",
                      {{"x-forwarded-for", "192.0.2.9"}, {"x-forwarded-for", "2001:db8::1"}}),
            "2001:db8::1");
  EXPECT_EQ(client_of("127.0.0.1", {{"x-forwarded-for", "192.0.2.9, unknown"}}), "127.0.0.1");
}

TEST(IsLocal, IsAProgramOnThisMachine) {
  EXPECT_TRUE(is_local(request_from("127.0.0.1", {{"host", "localhost:8080"}})));
  EXPECT_TRUE(is_local(request_from("::1", {{"host", "[::1]:8080"}})));
  EXPECT_TRUE(is_local(request_from("127.0.0.1", {{"host", "127.0.0.1"}})));
}

TEST(IsLocal, IsNobodyElse) {
  EXPECT_FALSE(is_local(request_from("203.0.113.7", {{"host", "localhost"}})));
  EXPECT_FALSE(is_local(request_from("10.0.0.1", {{"host", "10.0.0.1"}})));
  // A name that somebody pointed here, or the one that a proxy passes on.
  EXPECT_FALSE(is_local(request_from("127.0.0.1", {{"host", "evil.example"}})));
  EXPECT_FALSE(is_local(request_from("127.0.0.1", {{"host", "203.0.113.1"}})));
  EXPECT_FALSE(is_local(request_from("127.0.0.1", {})));
  // Proxies.
  for (const char* name :
       {"x-forwarded-for", "x-forwarded-proto", "x-real-ip", "forwarded", "via"}) {
    EXPECT_FALSE(is_local(request_from("127.0.0.1", {{"host", "localhost"}, {name, "x"}}))) << name;
  }
  HttpRequest of_nginx = request_from("127.0.0.1", {{"host", "127.0.0.1:8080"}});
  of_nginx.http_1_0 = true;
  EXPECT_FALSE(is_local(of_nginx));
}

}  // namespace
}  // namespace saywell
