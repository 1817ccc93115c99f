#include "config/ip_network.h"

#include <gtest/gtest.h>

#include <string>

namespace saywell {
namespace {

using namespace std::string_view_literals;

bool contains(std::string_view network, std::string_view address) {
  return IpNetwork::parse(network)->contains(*parse_ip_address(address));
}

TEST(IpNetwork, ReadsAddressesAndNothingElse) {
  for (const auto text :
       {"127.0.0.1"sv, "0.0.0.0"sv, "::1"sv, "2001:db8::7"sv, "::ffff:1.2.3.4"sv}) {
    EXPECT_TRUE(parse_ip_address(text)) << text;
  }
  for (const auto text :
       {""sv, "localhost"sv, "127.1"sv, "0x7f.0.0.1"sv, "1.2.3.4.evil.example"sv, "1.2.3.4:80"sv,
        "[::1]"sv, "fe80::1%eth0"sv, " 127.0.0.1"sv, "127.0.0.1\0x"sv, "256.0.0.1"sv}) {
    EXPECT_FALSE(parse_ip_address(text)) << text;
  }
}

TEST(IpNetwork, ContainsItsAddresses) {
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(contains("172.16.0.0/12", "172.31.255.255"));
  EXPECT_FALSE(contains("172.16.0.0/12", "172.32.0.0"));
  EXPECT_TRUE(contains("192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(contains("192.0.2.7", "192.0.2.8"));
  EXPECT_TRUE(contains("192.0.2.7", "::ffff:192.0.2.7"));
  EXPECT_TRUE(contains("fd00::/8", "fd12::1"));
  EXPECT_FALSE(contains("fd00::/8", "fe00::1"));
  EXPECT_TRUE(contains("0.0.0.0/0", "203.0.113.7"));
  EXPECT_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
}

TEST(IpNetwork, RefusesWhatIsNone) {
  for (const char* text : {"", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129",
                           "school.example/8", "10.0.0.0/8/8"}) {
    EXPECT_FALSE(IpNetwork::parse(text)) << text;
  }
}

TEST(IpNetwork, KnowsTheLoopback) {
  for (const char* text : {"127.0.0.1", "127.255.0.3", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_loopback(*parse_ip_address(text))) << text;
  }
  for (const char* text : {"128.0.0.1", "::2", "::", "0.0.0.0", "::ffff:10.0.0.1"}) {
    EXPECT_FALSE(is_loopback(*parse_ip_address(text))) << text;
  }
}

}  // namespace
}  // namespace saywell
