// Everything the server keeps: applications, sessions, recordings, results, in one data folder.
//
// Start here. Layout and tables: docs/storage.md. A Store may be used by any threads at once; it
// must outlive the RecordingWriters it gave out. Its calls wait for the disk and for each other, so
// they belong on threads that may wait, not on those of the network.
//
// Codes of every call: 503 another process holds the database for longer than the time it may wait
// (ask again); 500 the disk is full or fails, or the database is damaged (the detail says which).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/wall_clock.h"
#include "saywell/status.h"
#include "store/applications.h"
#include "store/audit_log.h"
#include "store/files/data_folder.h"
#include "store/files/write_probe.h"
#include "store/recordings.h"
#include "store/sessions.h"
#include "store/start_sweep.h"

namespace saywell {

struct StoreOptions {
  std::string data_dir;         // made when it is not there, mode 0700
  bool serve = false;           // the one server of this folder: takes its lock, and sweeps it
  std::int64_t busy_ms = 5000;  // how long a call waits for another process
  WallClock now = system_wall_clock();
};

class Store {
 public:
  // Opens the folder and brings its database to this version's schema. Errors besides those above:
  // 40002 the folder cannot be made or used; 40031 naming data_dir when another server serves it,
  // or when a newer version wrote it.
  static Result<std::unique_ptr<Store>> open(const StoreOptions& options);
  ~Store();

  Applications& applications() { return applications_; }
  Sessions& sessions() { return sessions_; }
  Recordings& recordings() { return recordings_; }
  AuditLog& audit_log() { return audit_log_; }

  // What the sweep at open() did; all zero without `serve`.
  const SweepReport& sweep_report() const { return sweep_report_; }

  // Whether the database answers, and the last try_writing() could have kept a recording: for
  // /readyz. Code 500, 503.
  Status check();

  // Writes what a recording would take, and remembers the outcome. Waits for the disk: to be called
  // every few seconds, by one thread at a time. Code 500 with the reason.
  Status try_writing() { return write_probe_.run(); }

  // Bytes free on the disk of the data folder, for /metrics; 0 when it cannot be told.
  std::int64_t free_bytes() const;

 private:
  explicit Store(std::unique_ptr<StoreContext> context);

  std::unique_ptr<StoreContext> context_;
  OpenFile lock_;
  SweepReport sweep_report_;
  WriteProbe write_probe_;
  Applications applications_;
  Sessions sessions_;
  Recordings recordings_;
  AuditLog audit_log_;
};

}  // namespace saywell
