// Files inside the program; the build writes them into pages.cc.
#pragma once

#include <string_view>

namespace saywell {

extern const std::string_view kAboutPage;  // about.html
extern const std::string_view kDocsPage;   // docs.html
extern const std::string_view kOpenApi;    // docs/openapi.json

}  // namespace saywell
