#include "server/metrics_access.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace saywell {
namespace {

constexpr char kToken[] = "0123456789abcdef";

int status_of(const std::string& peer, const std::string& authorization, const std::string& token) {
  HttpRequest request;
  request.remote_address = peer;
  request.headers = {{"host", "localhost"}};
  if (!authorization.empty()) request.headers.emplace_back("authorization", authorization);
  const std::optional<HttpResponse> refusal = refuse_metrics(request, token);
  return refusal ? refusal->status : 200;
}

TEST(RefuseMetrics, ThisMachineAndTheTokenOnly) {
  EXPECT_EQ(status_of("127.0.0.1", "", ""), 200);
  EXPECT_EQ(status_of("127.0.0.1", "", kToken), 200);
  EXPECT_EQ(status_of("203.0.113.7", "", ""), 403);
  EXPECT_EQ(status_of("203.0.113.7", "Bearer ", ""), 403);
  EXPECT_EQ(status_of("203.0.113.7", "", kToken), 401);
  EXPECT_EQ(status_of("203.0.113.7", "Bearer 0123456789abcdeX", kToken), 401);
  EXPECT_EQ(status_of("203.0.113.7", kToken, kToken), 401);
  EXPECT_EQ(status_of("203.0.113.7", std::string("Bearer ") + kToken, kToken), 200);
}

TEST(ReadMetricsToken, IsTheFirstLine) {
  const std::string path = testing::TempDir() + "saywell-metrics-token";
  const auto read = [&path](const std::string& text) {
    std::ofstream(path) << text;
    return read_metrics_token(path);
  };
  EXPECT_EQ(*read_metrics_token(""), "");
  EXPECT_EQ(*read("0123456789abcdef"), kToken);
  EXPECT_EQ(*read("0123456789abcdef\r\nmore\n"), kToken);
  EXPECT_EQ(read("short\n").status().code(), Code::kBadParameter);
  EXPECT_EQ(read("").status().code(), Code::kFileUnreadable);
  EXPECT_EQ(read("\n").status().code(), Code::kBadParameter);
  EXPECT_EQ(read(std::string(1001, 'a')).status().code(), Code::kBadParameter);
  std::filesystem::remove(path);
  EXPECT_EQ(read_metrics_token(path).status().code(), Code::kFileUnreadable);
}

}  // namespace
}  // namespace saywell
