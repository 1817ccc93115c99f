#include "client/server_address.h"

#include <gtest/gtest.h>

namespace saywell::client {
namespace {

TEST(ServerAddress, SchemesHavePorts) {
  const auto plain = parse_server_url("http://school.example");
  ASSERT_TRUE(plain.ok());
  EXPECT_FALSE(plain->tls);
  EXPECT_EQ(plain->host_header(), "school.example:80");
  const auto secure = parse_server_url("wss://school.example:8443/speech/");
  ASSERT_TRUE(secure.ok());
  EXPECT_TRUE(secure->tls);
  EXPECT_EQ(secure->port, "8443");
  EXPECT_EQ(secure->prefix, "/speech");
}

TEST(ServerAddress, Ipv6StandsInBrackets) {
  const auto address = parse_server_url("http://[::1]:8080/");
  ASSERT_TRUE(address.ok());
  EXPECT_EQ(address->host, "::1");
  EXPECT_EQ(address->host_header(), "[::1]:8080");
  EXPECT_EQ(address->prefix, "");
}

TEST(ServerAddress, WhatIsNone) {
  for (const char* url : {"", "school.example", "ftp://x", "http://", "http://:80",
                          "http://x:", "http://x:0", "http://x:70000", "http://x:8a",
                          "http://x/?a=b", "http://user@x/", "http://x y", "http://[::1]8080"}) {
    EXPECT_EQ(parse_server_url(url).status().code(), Code::kBadParameter) << url;
  }
}

}  // namespace
}  // namespace saywell::client
