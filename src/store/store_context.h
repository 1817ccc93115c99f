// Shared by the parts of a Store.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/threads/mutex.h"
#include "base/wall_clock.h"
#include "store/files/data_folder.h"
#include "store/sqlite/database.h"

namespace saywell {

// Ids of unstored recordings in progress, which nothing on the disk reserves. Callable from any
// thread.
class UnstoredIds {
 public:
  // False when it already exists.
  bool add(std::string_view id) {
    const MutexLock lock(mutex_);
    return ids_.emplace(id).second;
  }
  void remove(const std::string& id) {
    const MutexLock lock(mutex_);
    ids_.erase(id);
  }
  bool has(const std::string& id) const {
    const MutexLock lock(mutex_);
    return ids_.contains(id);
  }

 private:
  mutable Mutex mutex_;
  std::set<std::string> ids_ SAYWELL_GUARDED_BY(mutex_);
};

struct StoreContext {
  StoreContext(DataFolder data_folder, std::unique_ptr<Database> opened, WallClock clock)
      : folder(std::move(data_folder)), database(std::move(opened)), now_ms(std::move(clock)) {}

  const DataFolder folder;
  const std::unique_ptr<Database> database;
  const WallClock now_ms;
  UnstoredIds unstored_ids;
};

}  // namespace saywell
