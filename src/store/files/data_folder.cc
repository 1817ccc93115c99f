#include "store/files/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/log.h"
#include "base/status_macros.h"
#include "base/threads/mutex.h"
#include "store/files/safe_name.h"

namespace saywell {
namespace {

constexpr mode_t kFolderMode = 0700;
constexpr mode_t kFileMode = 0600;
constexpr std::string_view kPart = ".part";
constexpr int kMoveTries = 8;
constexpr std::int64_t kReserveBytes = 1'000'000;

std::string parent_of(const std::string& relative) {
  const std::size_t slash = relative.rfind('/');
  return slash == std::string::npos ? "" : relative.substr(0, slash);
}

std::string name_of(const std::string& relative) {
  return relative.substr(relative.rfind('/') + 1);  // npos + 1 is 0
}

// A disk that fails is met again at every step.
void log_once_a_minute(const std::string& line) {
  using Clock = std::chrono::steady_clock;
  static Mutex mutex;
  static std::string last_line;
  static Clock::time_point last_time;
  const MutexLock lock(mutex);
  const Clock::time_point now = Clock::now();
  if (line == last_line && now - last_time < std::chrono::minutes(1)) return;
  last_line = line;
  last_time = now;
  log_line(LogLevel::kError, line);
}

// For whoever asked: what failed. Where it failed is the operator's to know.
Status failed(const std::string& relative, int error) {
  if (error != ENOENT) log_once_a_minute(relative + ": " + std::strerror(error));
  return file_error("recording", error);
}

}  // namespace

OpenFile::OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  if (this != &other) {
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

OpenFile::~OpenFile() { close(); }

void OpenFile::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

Status file_error(const std::string& what, int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return Status(Code::kInternal, what + ": the disk is full");
    case ENOENT:
      return Status(Code::kFileMissing, what + ": no such file");
    case EIO:
      return Status(Code::kInternal, what + ": the disk fails");
    default:
      return Status(Code::kFileUnreadable, what + ": " + std::strerror(error));
  }
}

Result<DataFolder> DataFolder::open(const std::string& path) {
  DataFolder folder(path);
  std::error_code error;
  std::filesystem::create_directories(path, error);  // with the user's mode: parents may be shared
  if (error) return Status(Code::kFileUnreadable, "data_dir", path + ": " + error.message());
  if (::chmod(path.c_str(), kFolderMode) != 0) return file_error("data_dir: " + path, errno);
  for (const std::string_view name : {kIncoming, kAudio, kQuarantine, kProbe}) {
    RETURN_IF_ERROR(folder.make_folders(std::string(name)));
  }
  return folder;
}

std::string DataFolder::absolute(std::string_view relative) const {
  return path_ + "/" + std::string(relative);
}

Result<OpenFile> DataFolder::lock() const {
  const std::string path = absolute(kLock);
  OpenFile file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode));
  if (!file.is_open()) return file_error(path, errno);
  if (::flock(file.descriptor(), LOCK_EX | LOCK_NB) == 0) return file;
  if (errno != EWOULDBLOCK) return file_error(path, errno);
  return Status(Code::kBadParameter, "data_dir", "another server already serves " + path_);
}

Result<OpenFile> DataFolder::create(const std::string& relative) const {
  OpenFile file(
      ::open(absolute(relative).c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode));
  if (!file.is_open()) return failed(relative, errno);
  return file;
}

Result<OpenFile> DataFolder::open_to_read(const std::string& relative) const {
  OpenFile file(::open(absolute(relative).c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return failed(relative, errno);
  return file;
}

Result<std::int64_t> DataFolder::size(const std::string& relative) const {
  struct stat info {};
  if (::lstat(absolute(relative).c_str(), &info) != 0) return failed(relative, errno);
  if (!S_ISREG(info.st_mode)) return Status(Code::kFileUnreadable, "recording: no file");
  return static_cast<std::int64_t>(info.st_size);
}

Status DataFolder::sync_folder(const std::string& relative) const {
  const OpenFile folder(::open(absolute(relative).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) return failed(relative, errno);
  return sync(folder);
}

// Under the mutex, so that a folder that is there has been synced.
Status DataFolder::make_folders(const std::string& relative) const {
  const MutexLock lock(*making_folders_);
  std::string done;
  for (std::size_t end = 0; end != std::string::npos;) {
    end = relative.find('/', end + 1);
    const std::string next = relative.substr(0, end);
    if (::mkdir(absolute(next).c_str(), kFolderMode) == 0) {
      RETURN_IF_ERROR(sync_folder(done));
    } else if (errno != EEXIST) {
      return failed(next, errno);
    }
    done = next;
  }
  return Status();
}

Status DataFolder::move(const std::string& from, const std::string& to) const {
  const std::string parent = parent_of(to);
  // A deletion elsewhere may take an empty folder away between the two steps.
  for (int attempt = 0; attempt < kMoveTries; ++attempt) {
    const Status made = make_folders(parent);
    if (!made.ok() && made.code() != Code::kFileMissing) return made;
    if (::rename(absolute(from).c_str(), absolute(to).c_str()) == 0) return sync_folder(parent);
    if (errno != ENOENT) return failed(to, errno);
    if (::access(absolute(from).c_str(), F_OK) != 0) return failed(from, errno);
  }
  return Status(Code::kInternal, "recording: its folder is taken away again and again");
}

Status DataFolder::remove(const std::string& relative) const {
  if (::unlink(absolute(relative).c_str()) != 0) {
    // Without the folder there is nothing to sync either.
    return errno == ENOENT || errno == ENOTDIR ? Status() : failed(relative, errno);
  }
  std::string folder = parent_of(relative);
  const Status synced = sync_folder(folder);
  while (folder.find('/') != std::string::npos && ::rmdir(absolute(folder).c_str()) == 0) {
    folder = parent_of(folder);
  }
  return synced.code() == Code::kFileMissing ? Status() : synced;
}

Result<OpenFile> DataFolder::create_unnamed(std::string_view folder) const {
  const std::string parent = absolute(folder);
  OpenFile file(::open(parent.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, kFileMode));
  if (file.is_open()) return file;
  if (errno != EOPNOTSUPP && errno != EISDIR) return failed(std::string(folder), errno);
  // A file system that does not know such files.
  const std::string name = absolute(std::string(kProbe) + "/unnamed");
  OpenFile named(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode));
  if (!named.is_open()) return failed(std::string(kProbe), errno);
  ::unlink(name.c_str());
  return named;
}

Status DataFolder::check_writable(std::string_view folder) const {
  const std::string inside = absolute(folder) + "/.";
  const bool writable = ::faccessat(AT_FDCWD, inside.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
  return writable ? Status() : failed(std::string(folder), errno);
}

Status DataFolder::try_renaming() const {
  const std::string before = absolute(std::string(kProbe) + "/before");
  const std::string after = absolute(std::string(kProbe) + "/after");
  const std::string folder(kProbe);
  OpenFile file(::open(before.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode));
  if (!file.is_open()) return failed(folder, errno);
  if (::rename(before.c_str(), after.c_str()) != 0) return failed(folder, errno);
  if (::unlink(after.c_str()) != 0) return failed(folder, errno);
  return sync_folder(folder);
}

Status DataFolder::quarantine(const std::string& relative) const {
  const std::string base = std::string(kQuarantine) + "/" + name_of(relative);
  std::string to = base;
  for (int copy = 2; ::access(absolute(to).c_str(), F_OK) == 0; ++copy) {
    to = base + "." + std::to_string(copy);
  }
  return move(relative, to);
}

Status DataFolder::for_each_file(
    std::string_view folder,
    const std::function<Status(const std::string& relative)>& visit) const {
  std::error_code error;
  std::filesystem::recursive_directory_iterator entries(absolute(folder), error), end;
  for (; !error && entries != end; entries.increment(error)) {
    std::error_code gone;
    if (entries->is_directory(gone) || gone) continue;
    RETURN_IF_ERROR(visit(entries->path().string().substr(path_.size() + 1)));
  }
  if (error) return Status(Code::kFileUnreadable, std::string(folder) + ": " + error.message());
  return Status();
}

std::int64_t DataFolder::free_bytes() const {
  struct statvfs info {};
  if (::statvfs(path_.c_str(), &info) != 0) return 0;
  return static_cast<std::int64_t>(info.f_bavail) * static_cast<std::int64_t>(info.f_frsize);
}

Status DataFolder::check_room() const {
  return free_bytes() < kReserveBytes ? file_error("recording", ENOSPC) : Status();
}

std::string final_path(const RecordingPlace& place) {
  std::string path = std::string(DataFolder::kAudio) + "/v1.1";
  for (const std::string_view part :
       {place.interface_name, place.application_id, place.user_id, place.session_id, place.id}) {
    path += '/' + safe_file_name(part);
  }
  return path + '.' + std::string(place.extension);
}

std::string incoming_path(std::string_view id, std::int64_t number) {
  std::string path(DataFolder::kIncoming);
  path += '/' + safe_file_name(id) + '.' + std::to_string(number);
  return path + std::string(kPart);
}

std::int64_t incoming_number(std::string_view relative) {
  if (!relative.ends_with(kPart)) return 0;
  relative.remove_suffix(kPart.size());
  const std::string_view digits = relative.substr(relative.rfind('.') + 1);
  std::int64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc() && read.ptr == digits.data() + digits.size() ? number : 0;
}

Status write_at(const OpenFile& file, std::int64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file.descriptor(), bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error("recording", errno);
    offset += written;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return Status();
}

Status sync(const OpenFile& file) {
  return ::fsync(file.descriptor()) == 0 ? Status() : file_error("recording", errno);
}

}  // namespace saywell
