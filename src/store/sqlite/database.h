// The database of a data folder: one connection that writes and one that reads, each for one thread
// at a time. Callable from any thread.
//
// Write-ahead log, synced at every commit: what a committed transaction wrote survives a power cut.
// Deleted text is overwritten (secure_delete).
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "base/threads/mutex.h"
#include "saywell/status.h"
#include "store/sqlite/connection.h"

namespace saywell {

// The reading connection, held until this is destroyed: do not keep it longer than a query.
class ReadLock {
 public:
  Connection* operator->() const { return &connection_; }
  Connection& connection() const { return connection_; }

 private:
  friend class Database;
  ReadLock(std::unique_lock<Mutex> lock, Connection& connection)
      : lock_(std::move(lock)), connection_(connection) {}

  std::unique_lock<Mutex> lock_;
  Connection& connection_;
};

// A transaction on the writing connection: rolled back unless commit() answered ok.
class Writing {
 public:
  Writing(Writing&& other) noexcept;
  Writing& operator=(Writing&&) = delete;
  ~Writing();

  Connection* operator->() const { return connection_; }
  Connection& connection() const { return *connection_; }

  Status commit();

 private:
  friend class Database;
  Writing(std::unique_lock<Mutex> lock, Connection& connection)
      : lock_(std::move(lock)), connection_(&connection) {}

  std::unique_lock<Mutex> lock_;
  Connection* connection_;  // null: moved from
  bool open_ = true;
};

class Database {
 public:
  // Opens or makes the file (mode 0600) and brings its schema to this version's. Errors: 40031 a
  // newer version wrote it, or another program did; 40002 it cannot be opened; 503, 500.
  static Result<std::unique_ptr<Database>> open(const std::string& path, std::int64_t busy_ms);

  ReadLock read() SAYWELL_LOCKS_UNCHECKED;
  // Code 503 when another process writes for longer than the busy time. After such a refusal
  // callers wait only a moment, until one succeeds; otherwise each would wait that long behind the
  // others.
  Result<Writing> write() SAYWELL_LOCKS_UNCHECKED;

  // Removes deleted text from the write-ahead log, too.
  Status truncate_log();

 private:
  Database(std::unique_ptr<Connection> writer, std::unique_ptr<Connection> reader,
           std::int64_t busy_ms)
      : busy_ms_(busy_ms), writer_(std::move(writer)), reader_(std::move(reader)) {}

  const std::int64_t busy_ms_;

  Mutex writer_mutex_, reader_mutex_;
  const std::unique_ptr<Connection> writer_ SAYWELL_POINTEE_GUARDED_BY(writer_mutex_);
  bool was_locked_ SAYWELL_GUARDED_BY(writer_mutex_) = false;
  const std::unique_ptr<Connection> reader_ SAYWELL_POINTEE_GUARDED_BY(reader_mutex_);
};

}  // namespace saywell
