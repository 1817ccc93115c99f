#include "store/sqlite/database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/status_macros.h"
#include "store/sqlite/schema.h"

namespace saywell {
namespace {

// Waiting time for a database that was just found locked.
constexpr std::int64_t kBriefly_ms = 50;

constexpr char kSettings[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
    "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;";

// It contains the applications' secrets, so only its owner may read it. SQLite gives its other
// files
// (-wal, -shm) the same mode.
Status make_private(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0 || ::fchmod(descriptor, 0600) != 0) {
    const std::string why = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    return Status(Code::kFileUnreadable, path + ": " + why);
  }
  ::close(descriptor);
  return Status();
}

Result<std::unique_ptr<Connection>> open_connection(const std::string& path, std::int64_t busy_ms) {
  Result<std::unique_ptr<Connection>> connection = Connection::open(path, busy_ms);
  if (!connection.ok()) return connection;
  RETURN_IF_ERROR((*connection)->run_script(kSettings));
  return connection;
}

}  // namespace

Writing::Writing(Writing&& other) noexcept
    : lock_(std::move(other.lock_)),
      connection_(std::exchange(other.connection_, nullptr)),
      open_(other.open_) {}

Writing::~Writing() {
  if (connection_ == nullptr || !open_) return;
  // A full disk may have rolled it back already; then there is nothing left to do.
  const Status ignored = connection_->run("ROLLBACK");
  static_cast<void>(ignored);
}

Status Writing::commit() {
  const Status committed = connection_->run("COMMIT");
  if (committed.ok()) open_ = false;
  return committed;
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, std::int64_t busy_ms) {
  RETURN_IF_ERROR(make_private(path));
  Result<std::unique_ptr<Connection>> writer = open_connection(path, busy_ms);
  if (!writer.ok()) return writer.status();
  RETURN_IF_ERROR(migrate(**writer));
  Result<std::unique_ptr<Connection>> reader = open_connection(path, busy_ms);
  if (!reader.ok()) return reader.status();
  return std::unique_ptr<Database>(
      new Database(std::move(writer).value(), std::move(reader).value(), busy_ms));
}

ReadLock Database::read() { return ReadLock(std::unique_lock(reader_mutex_), *reader_); }

Result<Writing> Database::write() {
  std::unique_lock lock(writer_mutex_);
  const Status begun = writer_->run("BEGIN IMMEDIATE");
  const bool locked = begun.code() == Code::kTimeout;
  if (locked != was_locked_)
    writer_->set_busy_ms(locked ? std::min(kBriefly_ms, busy_ms_) : busy_ms_);
  was_locked_ = locked;
  if (!begun.ok()) return begun;
  return Writing(std::move(lock), *writer_);
}

Status Database::truncate_log() {
  const MutexLock writing(writer_mutex_);
  const MutexLock reading(reader_mutex_);
  Statement checkpoint = writer_->query("PRAGMA wal_checkpoint(TRUNCATE)");
  checkpoint.next();
  return checkpoint.status();
}

}  // namespace saywell
