#include "store/store.h"

#include "base/status_macros.h"
#include "store/sqlite/database.h"
#include "store/store_context.h"

namespace saywell {
Store::Store(std::unique_ptr<StoreContext> context)
    : context_(std::move(context)),
      write_probe_(context_->folder),
      applications_(*context_),
      sessions_(*context_),
      recordings_(*context_),
      audit_log_(*context_) {}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options) {
  Result<DataFolder> folder = DataFolder::open(options.data_dir);
  if (!folder.ok()) return folder.status();
  OpenFile lock;
  if (options.serve) {
    Result<OpenFile> locked = folder->lock();
    if (!locked.ok()) return locked.status();
    lock = std::move(locked).value();
  }
  Result<std::unique_ptr<Database>> database =
      Database::open(folder->absolute(DataFolder::kDatabase), options.busy_ms);
  if (!database.ok()) return database.status();
  std::unique_ptr<Store> store(new Store(std::make_unique<StoreContext>(
      std::move(folder).value(), std::move(database).value(), options.now)));
  store->lock_ = std::move(lock);
  if (options.serve) {
    ASSIGN_OR_RETURN(const SweepReport report, sweep_after_start(*store->context_));
    store->sweep_report_ = report;
  }
  return store;
}

Status Store::check() {
  {
    const ReadLock reading = context_->database->read();
    Statement row = reading->query("SELECT count(*) FROM application");
    row.next();
    if (!row.status().ok()) return row.status();
  }
  RETURN_IF_ERROR(write_probe_.last(WriteProbe::Clock::now()));
  return context_->folder.check_room();
}

std::int64_t Store::free_bytes() const { return context_->folder.free_bytes(); }

}  // namespace saywell
