#include "store/sqlite/connection.h"

#include <sqlite3.h>

#include <utility>

namespace saywell {
namespace {

int primary(int result) { return result & 0xff; }

}  // namespace

Statement::Statement(Connection& connection, sqlite3_stmt* statement, Status status)
    : connection_(connection), statement_(statement), status_(std::move(status)) {}

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_),
      statement_(std::exchange(other.statement_, nullptr)),
      status_(std::move(other.status_)),
      is_taken_(other.is_taken_) {}

Statement::~Statement() {
  if (statement_ != nullptr) connection_.give_back(statement_);
}

bool Statement::next() {
  if (!status_.ok()) return false;
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) status_ = connection_.error(result);
  is_taken_ = result == SQLITE_CONSTRAINT_UNIQUE || result == SQLITE_CONSTRAINT_PRIMARYKEY;
  return false;
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr) return "";
  return std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

void Statement::bind(int place, std::int64_t value) {
  if (statement_ != nullptr) bind_checked(sqlite3_bind_int64(statement_, place, value));
}

void Statement::bind(int place, std::string_view value) {
  if (statement_ == nullptr) return;
  const char* bytes = value.data() == nullptr ? "" : value.data();
  bind_checked(
      sqlite3_bind_text64(statement_, place, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind_checked(int result) {
  if (result != SQLITE_OK && status_.ok()) status_ = connection_.error(result);
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path,
                                                     std::int64_t busy_ms) {
  sqlite3* database = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int result = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
  std::unique_ptr<Connection> connection(new Connection(database));
  if (result != SQLITE_OK) return connection->error(result);
  sqlite3_extended_result_codes(database, 1);
  connection->set_busy_ms(busy_ms);
  return connection;
}

void Connection::set_busy_ms(std::int64_t busy_ms) {
  sqlite3_busy_timeout(database_, static_cast<int>(busy_ms));
}

Connection::~Connection() {
  for (auto& [sql, statements] : idle_) {
    for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  }
  sqlite3_close(database_);
}

Statement Connection::prepared(std::string_view sql) {
  std::vector<sqlite3_stmt*>& idle = idle_[std::string(sql)];
  if (!idle.empty()) {
    sqlite3_stmt* statement = idle.back();
    idle.pop_back();
    return Statement(*this, statement, Status());
  }
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  return Statement(*this, statement, result == SQLITE_OK ? Status() : error(result));
}

void Connection::give_back(sqlite3_stmt* statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  idle_[sqlite3_sql(statement)].push_back(statement);
}

Status Connection::run_script(const char* sql) {
  const int result = sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
  return result == SQLITE_OK ? Status() : error(result);
}

std::int64_t Connection::changes() const { return sqlite3_changes64(database_); }
std::int64_t Connection::last_row() const { return sqlite3_last_insert_rowid(database_); }

Status Connection::error(int result) const {
  const std::string words =
      database_ == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(database_);
  switch (primary(result)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Status(Code::kTimeout, "the database is locked by another process; try again");
    case SQLITE_FULL:
      return Status(Code::kInternal, "the disk of the data folder is full");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Status(Code::kInternal, "the database is damaged: " + words);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return Status(Code::kFileUnreadable, "the database cannot be opened for writing: " + words);
    case SQLITE_CONSTRAINT:
      return Status(Code::kInternal, "the database refused a value: " + words);
    default:
      return Status(Code::kInternal, "the database failed: " + words);
  }
}

}  // namespace saywell
