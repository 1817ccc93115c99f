#include "server/http/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saywell {
namespace {

using testing::ElementsAre;

Router sample_router() {
  Router router;
  router.add({"GET", "/", nullptr});
  router.add({"GET", "/v1/recordings", nullptr});
  router.add({"GET", "/v1/recordings/{id}", nullptr});
  router.add({"DELETE", "/v1/recordings/{id}", nullptr});
  return router;
}

TEST(Router, FindsRoutesAndTheirValues) {
  const Router router = sample_router();
  EXPECT_EQ(router.find("GET", "/").route, &router.routes()[0]);
  EXPECT_EQ(router.find("HEAD", "/v1/recordings").route, &router.routes()[1]);
  const Router::Match match = router.find("DELETE", "/v1/recordings/a%20b");
  EXPECT_EQ(match.route, &router.routes()[3]);
  EXPECT_THAT(match.path_values, ElementsAre("a b"));
}

TEST(Router, TellsUnknownPathsFromUnknownMethods) {
  const Router router = sample_router();
  const Router::Match method = router.find("POST", "/v1/recordings/a");
  EXPECT_EQ(method.route, nullptr);
  EXPECT_EQ(method.allowed, "GET, HEAD, DELETE");
  for (const char* path : {"", "/v1", "/v1/recordings/", "/v1/recordings/a/b", "/v1//a",
                           "/V1/recordings", "/v1/recordings/%zz", "/v1/recordings/%00"}) {
    EXPECT_EQ(router.find("GET", path).allowed, "") << path;
  }
}

}  // namespace
}  // namespace saywell
