#include "server/pages/page_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace saywell {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class PageFilesTest : public testing::Test {
 protected:
  PageFilesTest() {
    std::string pattern = testing::TempDir() + "saywell-pages-XXXXXX";
    folder = mkdtemp(pattern.data());
  }
  ~PageFilesTest() override { fs::remove_all(folder); }

  void write(const std::string& name, const std::string& bytes) const {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << bytes;
  }
  PageFiles load() const {
    const Result<PageFiles> loaded = PageFiles::load(folder);
    EXPECT_TRUE(loaded.ok()) << loaded.status().explanation();
    return loaded.ok() ? *loaded : PageFiles();
  }
  static const PageFile& file(const PageFiles& pages, const std::string& path) {
    const auto found = std::find_if(pages.files().begin(), pages.files().end(),
                                    [&](const PageFile& f) { return f.path == path; });
    EXPECT_NE(found, pages.files().end()) << path;
    return *found;
  }
  static std::string header(const HttpResponse& response, const std::string& name) {
    for (const auto& [given, value] : response.headers) {
      if (given == name) return value;
    }
    return "";
  }

  fs::path folder;
};

TEST_F(PageFilesTest, EveryFileHasAnAddressAndAType) {
  write("index.html", "<!DOCTYPE html>");
  write("assets/page-a1b2c3d4.js", "run()");
  write("saywell.worklet.js", "work()");
  write(".hidden/secret.js", "no");
  fs::create_symlink("/etc/hostname", folder / "link.js");
  const PageFiles pages = load();
  std::vector<std::string> paths;
  for (const PageFile& each : pages.files()) paths.push_back(each.path);
  EXPECT_THAT(paths, UnorderedElementsAre("/", "/assets/page-a1b2c3d4.js", "/saywell.worklet.js"));
  EXPECT_TRUE(pages.has_document());
  EXPECT_EQ(file(pages, "/").content_type, "text/html; charset=utf-8");
  EXPECT_TRUE(file(pages, "/assets/page-a1b2c3d4.js").never_changes);
  EXPECT_FALSE(file(pages, "/saywell.worklet.js").never_changes);
}

TEST_F(PageFilesTest, ThePackedFileIsGivenToThoseWhoTakeIt) {
  write("index.html", "plain");
  write("index.html.gz", "packed");
  const PageFiles pages = load();
  ASSERT_EQ(pages.files().size(), 1U);
  HttpRequest request;
  const HttpResponse plain = page_file_response(pages.files()[0], request);
  EXPECT_EQ(plain.body, "plain");
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
  EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
  request.headers = {{"accept-encoding", "br, gzip"}};
  const HttpResponse packed = page_file_response(pages.files()[0], request);
  EXPECT_EQ(packed.body, "packed");
  EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
  EXPECT_NE(header(packed, "ETag"), header(plain, "ETag"));
  request.headers = {{"accept-encoding", "gzip;q=0, br"}};
  EXPECT_EQ(page_file_response(pages.files()[0], request).body, "plain");
}

TEST_F(PageFilesTest, WhoHasTheFileGetsNoneAgain) {
  write("index.html", "plain");
  const PageFiles pages = load();
  HttpRequest request;
  const std::string etag = header(page_file_response(pages.files()[0], request), "ETag");
  request.headers = {{"if-none-match", etag}};
  const HttpResponse same = page_file_response(pages.files()[0], request);
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  request.headers = {{"if-none-match", "\"other\""}};
  EXPECT_EQ(page_file_response(pages.files()[0], request).status, 200);
}

TEST_F(PageFilesTest, ADocumentForbidsOtherHosts) {
  write("index.html", "plain");
  write("page.js", "run()");
  const PageFiles pages = load();
  const HttpResponse document = page_file_response(file(pages, "/"), {});
  EXPECT_THAT(header(document, "Content-Security-Policy"), HasSubstr("default-src 'none'"));
  EXPECT_EQ(header(page_file_response(file(pages, "/page.js"), {}), "Content-Security-Policy"), "");
}

TEST_F(PageFilesTest, WhatIsNoPageIsRefusedByName) {
  EXPECT_EQ(PageFiles::load(folder / "missing").status().code(), Code::kFileUnreadable);
  write("notes.txt", "no page");
  const Status unknown = PageFiles::load(folder).status();
  EXPECT_EQ(unknown.code(), Code::kBadParameter);
  EXPECT_THAT(unknown.explanation(), HasSubstr("notes.txt"));
  fs::remove(folder / "notes.txt");
  write("a b.js", "run()");
  EXPECT_THAT(PageFiles::load(folder).status().explanation(), HasSubstr("a b.js"));
}

TEST_F(PageFilesTest, NoFolderHasNoPages) {
  const Result<PageFiles> none = PageFiles::load("");
  ASSERT_TRUE(none.ok());
  EXPECT_FALSE(none->has_document());
}

}  // namespace
}  // namespace saywell
