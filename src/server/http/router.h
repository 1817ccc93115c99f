// Finds the handler of a method and path.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/http_message.h"

namespace saywell {

struct Route {
  std::string method;   // "GET" …; GET answers HEAD as well
  std::string pattern;  // "/v1/results/{id}": {…} is one part of the path, not empty
  Handler handler;
  std::size_t max_body_bytes = 0;
  bool cross_origin = true;  // pages of other hosts may call it (CORS)
  bool at_once = false;      // the handler never waits, so it need not queue behind those that do
  bool always_200 = false;   // the interface of 2011 has its codes only in the body
};

// Filled at the start, then only read: find() may be called from any thread.
class Router {
 public:
  // REQUIRES: no route of the same method and pattern.
  void add(Route route);

  struct Match {
    const Route* route = nullptr;          // nullptr: no such method here, or no such path
    std::vector<std::string> path_values;  // decoded
    std::string allowed;  // methods of the path, "GET, HEAD, DELETE"; empty: no such path
  };
  Match find(std::string_view method, std::string_view path) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace saywell
