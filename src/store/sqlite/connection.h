// One connection to a SQLite database, and statements on it. Nothing else includes SQLite.
//
// A Connection and its Statements are used by one thread at a time (Database sees to it).
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "saywell/status.h"

struct sqlite3;
struct sqlite3_stmt;

namespace saywell {

class Connection;

// A statement that runs. It goes back to its connection when it is destroyed.
//
//   Statement rows = connection.query("SELECT id FROM application WHERE name = ?", name);
//   while (rows.next()) use(rows.text(0));
//   if (!rows.status().ok()) return rows.status();
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // True: there is a (further) row. False: the end, or an error, which status() then tells.
  bool next();
  const Status& status() const { return status_; }

  // Columns of the row, counted from 0. REQUIRES: next() answered true last.
  std::int64_t number(int column) const;
  std::string text(int column) const;

 private:
  friend class Connection;
  Statement(Connection& connection, sqlite3_stmt* statement, Status status);

  void bind(int place, std::int64_t value);
  void bind(int place, std::string_view value);
  void bind_checked(int result);

  Connection& connection_;
  sqlite3_stmt* statement_;  // null: it could not be prepared
  Status status_;
  bool is_taken_ = false;  // the error: a value that has to be unique is there already
};

class Connection {
 public:
  // Opens or makes the database of `path`; statements wait `busy_ms` for other processes.
  static Result<std::unique_ptr<Connection>> open(const std::string& path, std::int64_t busy_ms);
  void set_busy_ms(std::int64_t busy_ms);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // `sql` is one statement whose ?s become the values, in order: whole numbers, texts or bools.
  // It is prepared once and kept, so it should be a literal.
  template <class... Values>
  Statement query(std::string_view sql, const Values&... values) {
    Statement statement = prepared(sql);
    int place = 0;
    (bind_value(statement, ++place, values), ...);
    return statement;
  }

  // The same for a statement without rows.
  template <class... Values>
  Status run(std::string_view sql, const Values&... values) {
    Statement statement = query(sql, values...);
    statement.next();
    return statement.status();
  }

  // The same for an INSERT of something that has to be unique: false when it is there already.
  template <class... Values>
  Result<bool> insert_new(std::string_view sql, const Values&... values) {
    Statement statement = query(sql, values...);
    statement.next();
    if (statement.is_taken_) return false;
    if (!statement.status().ok()) return statement.status();
    return true;
  }

  // Several statements in a row, without values: schemas and settings.
  Status run_script(const char* sql);

  // Rows that the last INSERT, UPDATE or DELETE changed; the row number of the last INSERT.
  std::int64_t changes() const;
  std::int64_t last_row() const;

  // Code 503 for a database that others hold, 500 for a full disk, a damaged file and the rest.
  Status error(int result) const;

 private:
  friend class Statement;
  explicit Connection(sqlite3* database) : database_(database) {}

  template <class Value>
  static void bind_value(Statement& statement, int place, const Value& value) {
    if constexpr (std::integral<Value>) {
      statement.bind(place, static_cast<std::int64_t>(value));
    } else {
      statement.bind(place, std::string_view(value));
    }
  }

  Statement prepared(std::string_view sql);
  void give_back(sqlite3_stmt* statement);

  sqlite3* database_;
  std::unordered_map<std::string, std::vector<sqlite3_stmt*>> idle_;
};

}  // namespace saywell
