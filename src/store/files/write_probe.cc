#include "store/files/write_probe.h"

#include <string>

#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr std::size_t kProbeBytes = 512;

Status cannot_keep(const std::string& why) {
  return Status(Code::kInternal, "recordings cannot be kept: " + why);
}

}  // namespace

Status WriteProbe::attempt() const {
  RETURN_IF_ERROR(folder_.check_room());
  {
    ASSIGN_OR_RETURN(const OpenFile file, folder_.create_unnamed(DataFolder::kIncoming));
    RETURN_IF_ERROR(write_at(file, 0, std::string(kProbeBytes, '\0')));
    RETURN_IF_ERROR(sync(file));
  }
  RETURN_IF_ERROR(folder_.check_writable(DataFolder::kAudio));
  return folder_.try_renaming();
}

Status WriteProbe::run() {
  {
    const MutexLock lock(mutex_);
    begun_ = Clock::now();
    running_ = true;
  }
  Status tried = attempt();
  if (!tried.ok()) tried = cannot_keep(tried.explanation());
  const MutexLock lock(mutex_);
  running_ = false;
  last_ = tried;
  return tried;
}

Status WriteProbe::last(Clock::time_point now) const {
  const MutexLock lock(mutex_);
  if (running_ && now - begun_ >= kLongestTry) return cannot_keep("the disk does not answer");
  return last_;
}

}  // namespace saywell
