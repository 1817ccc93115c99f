// The route table and docs/openapi.json have the same addresses.
#include "server/http/route_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <set>
#include <string>

#include "server/pages/pages.h"
#include "server/testing/temporary_service.h"

namespace saywell {
namespace {

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

TEST(RouteTable, IsDescribedByTheOpenApiDocument) {
  TemporaryService temporary;
  const Router router = make_router(temporary.route_parts());
  std::set<std::string> routes;
  for (const Route& route : router.routes()) routes.insert(route.method + " " + route.pattern);
  routes.insert("GET /v1/stream");  // a WebSocket, which no handler answers

  std::set<std::string> described;
  const boost::json::value document = boost::json::parse(std::string(kOpenApi));
  for (const auto& path : document.at("paths").as_object()) {
    for (const auto& method : path.value().as_object()) {
      described.insert(upper_case(method.key()) + " " + std::string(path.key()));
    }
  }
  EXPECT_EQ(routes, described);
  EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
}

}  // namespace
}  // namespace saywell
