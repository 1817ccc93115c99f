#include "store/sqlite/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "store/sqlite/schema.h"
#include "store/testing/temporary_store.h"

namespace saywell {
namespace {

using ::testing::HasSubstr;

class DatabaseTest : public ::testing::Test {
 protected:
  std::string path() const { return folder_.path() + "/saywell.db"; }

  std::unique_ptr<Connection> raw() const {
    Result<std::unique_ptr<Connection>> connection = Connection::open(path(), 0);
    EXPECT_TRUE(connection.ok());
    return std::move(connection).value();
  }

  TemporaryFolder folder_;
};

// Every table, index and trigger as it was made, and the columns of the tables.
std::vector<std::string> schema_of(Connection& connection) {
  std::vector<std::string> lines;
  Statement rows = connection.query(
      "SELECT type || ' ' || name || ' ' || ifnull(sql, '') "
      "FROM sqlite_schema ORDER BY 1");
  while (rows.next()) lines.push_back(rows.text(0));
  EXPECT_TRUE(rows.status().ok());
  return lines;
}

// One row in every table that schema `version` has.
void fill(Connection& connection, int version) {
  std::vector<const char*> scripts = {
      "INSERT INTO application VALUES (1, 'app', 'School', 'secret', 5);"
      "INSERT INTO application_limit VALUES ('app', 'store', 'false');"
      "INSERT INTO session VALUES ('hash', 'sid', 'app', 'anna', 0, 0, 9);",
      "INSERT INTO recording (number, id, interface, application_id, user_id, session_id, "
      "extension, request, core_type, assess, state, bytes, created_ms, changed_ms, path) VALUES "
      "(7, 'rec', 'stream', 'app', 'anna', 'sid', 'flv', '{}', 'en.word.score', 1, 3, 42, 1, 2, "
      "'audio/x.flv');"
      "INSERT INTO result VALUES (7, '{\"overall\":90}');",
      "INSERT INTO audit VALUES (3, 1, 'app', 'learner', 'anna', 'read', 'anna', 'rec');"
      "INSERT INTO doomed_file VALUES ('audio/y.flv', 'gone');"};
  ASSERT_EQ(static_cast<int>(scripts.size()), newest_schema()) << "a step without rows to test it";
  for (int step = 0; step < version; ++step) {
    const Status filled = connection.run_script(scripts[static_cast<std::size_t>(step)]);
    ASSERT_TRUE(filled.ok()) << filled.explanation();
  }
}

std::map<std::string, std::int64_t> counts(Connection& connection) {
  std::map<std::string, std::int64_t> result;
  std::vector<std::string> tables;
  {
    Statement rows = connection.query(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    while (rows.next()) tables.push_back(rows.text(0));
  }
  for (const std::string& table : tables) {
    Statement row = connection.query("SELECT count(*) FROM " + table);
    EXPECT_TRUE(row.next());
    result[table] = row.number(0);
  }
  return result;
}

TEST_F(DatabaseTest, EveryOlderVersionBecomesTheNewestAndKeepsItsRows) {
  TemporaryFolder fresh_folder;
  const auto fresh = Database::open(fresh_folder.path() + "/fresh.db", 0);
  ASSERT_TRUE(fresh.ok()) << fresh.status().explanation();
  const std::vector<std::string> newest = schema_of((*fresh)->read().connection());
  for (int version = 0; version < newest_schema(); ++version) {
    std::filesystem::remove(path());
    std::map<std::string, std::int64_t> before;
    {
      const auto old = raw();
      ASSERT_TRUE(migrate_to(*old, version).ok());
      fill(*old, version);
      before = counts(*old);
    }
    const auto database = Database::open(path(), 0);
    ASSERT_TRUE(database.ok()) << version << ": " << database.status().explanation();
    const ReadLock reading = (*database)->read();
    EXPECT_EQ(schema_of(reading.connection()), newest) << version;
    const auto after = counts(reading.connection());
    for (const auto& [table, count] : before) EXPECT_EQ(after.at(table), count) << table;
  }
}

TEST_F(DatabaseTest, ANewerVersionIsRefusedByName) {
  ASSERT_TRUE(Database::open(path(), 0).ok());
  ASSERT_TRUE(raw()->run_script("PRAGMA user_version = 99").ok());
  const Status status = Database::open(path(), 0).status();
  EXPECT_EQ(status.code(), Code::kBadParameter);
  EXPECT_THAT(status.explanation(), HasSubstr("newer Saywell"));
  EXPECT_THAT(status.explanation(), HasSubstr("schema 99"));
}

TEST_F(DatabaseTest, AnotherProgramsDatabaseIsRefused) {
  ASSERT_TRUE(raw()->run_script("CREATE TABLE theirs (a)").ok());
  const Status status = Database::open(path(), 0).status();
  EXPECT_EQ(status.code(), Code::kBadParameter);
  EXPECT_THAT(status.explanation(), HasSubstr("another program"));
}

TEST_F(DatabaseTest, ADamagedFileIsSaidToBeDamaged) {
  std::ofstream(path()) << std::string(8192, 'x');
  const Status status = Database::open(path(), 0).status();
  EXPECT_EQ(status.code(), Code::kInternal);
  EXPECT_THAT(status.explanation(), HasSubstr("damaged"));
}

TEST_F(DatabaseTest, AFolderInItsPlaceCannotBeOpened) {
  std::filesystem::create_directory(path());
  EXPECT_EQ(Database::open(path(), 0).status().code(), Code::kFileUnreadable);
}

TEST_F(DatabaseTest, AFailedStepLeavesNothing) {
  {
    const auto connection = raw();
    ASSERT_TRUE(migrate_to(*connection, 1).ok());
    ASSERT_TRUE(connection->run_script("CREATE TABLE result (a)").ok());  // in the way of step 2
    EXPECT_FALSE(migrate(*connection).ok());
    const auto left = counts(*connection);
    EXPECT_EQ(left.count("recording"), 0u);
    ASSERT_TRUE(connection->run_script("DROP TABLE result").ok());
  }
  EXPECT_TRUE(Database::open(path(), 0).ok());
}

TEST_F(DatabaseTest, ALockedDatabaseIs503AndAFullOne500) {
  const auto database = Database::open(path(), 0);
  ASSERT_TRUE(database.ok());
  {
    const auto other = raw();
    ASSERT_TRUE(other->run("BEGIN IMMEDIATE").ok());
    const Status locked = (*database)->write().status();
    EXPECT_EQ(locked.code(), Code::kTimeout);
    EXPECT_THAT(locked.explanation(), HasSubstr("locked by another process"));
  }
  auto writing = (*database)->write();
  ASSERT_TRUE(writing.ok());
  Statement limit = (*writing)->query("PRAGMA max_page_count = 1");
  limit.next();
  const Status full = (*writing)->run("INSERT INTO application VALUES (1, 'a', 'b', ?, 1)",
                                      std::string(1'000'000, 's'));
  EXPECT_EQ(full.code(), Code::kInternal);
  EXPECT_THAT(full.explanation(), HasSubstr("full"));
}

TEST_F(DatabaseTest, ATransactionThatIsNotCommittedLeavesNothing) {
  const auto database = Database::open(path(), 0);
  ASSERT_TRUE(database.ok());
  {
    auto writing = (*database)->write();
    ASSERT_TRUE(writing.ok());
    ASSERT_TRUE((*writing)->run("INSERT INTO application VALUES (1, 'a', 'b', 'c', 1)").ok());
  }
  EXPECT_EQ(counts((*database)->read().connection())["application"], 0);
}

TEST_F(DatabaseTest, TextsMayHoldAnyBytes) {
  const auto database = Database::open(path(), 0);
  ASSERT_TRUE(database.ok());
  const std::string odd("a\0b'; DROP TABLE application; --\xff", 34);
  auto writing = (*database)->write();
  ASSERT_TRUE(writing.ok());
  ASSERT_TRUE((*writing)->run("INSERT INTO application VALUES (1, ?, 'b', 'c', 1)", odd).ok());
  ASSERT_TRUE(writing->commit().ok());
  Statement row = (*writing)->query("SELECT id FROM application");
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.text(0), odd);
}

TEST_F(DatabaseTest, ThePageNamesEveryTableAndColumn) {
  const auto database = Database::open(path(), 0);
  ASSERT_TRUE(database.ok());
  std::set<std::string> in_database, on_page;
  const ReadLock reading = (*database)->read();
  Statement rows = reading->query(
      "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c "
      "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'");
  while (rows.next()) in_database.insert(rows.text(0));
  ASSERT_TRUE(rows.status().ok());

  // A table of the database is a heading "### `name`", a column a row "| `name` | … |" below it.
  std::istringstream page(file_text(SAYWELL_SOURCE_DIR "/docs/storage.md"));
  std::string table;
  for (std::string line; std::getline(page, line);) {
    const auto quoted = [&line](std::size_t from) {
      return line.substr(from, line.find('`', from) - from);
    };
    if (line.starts_with("#")) table = line.starts_with("### `") ? quoted(5) : "";
    if (!table.empty() && line.starts_with("| `")) on_page.insert(table + '.' + quoted(3));
  }
  EXPECT_EQ(on_page, in_database);
}

}  // namespace
}  // namespace saywell
