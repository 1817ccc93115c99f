// The data folder on disk: what lies where, and the steps that make a file safe there. Paths are
// relative to the folder ("audio/v1.1/stream/…"). Callable from any thread.
//
// Codes: 500 the disk is full or fails (the sentence says which), 40002 a folder or file cannot be
// opened or made. The sentences go to clients and name no path; the log does, at level error.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/threads/mutex.h"
#include "saywell/status.h"

namespace saywell {

// An open file; closed when it is destroyed.
class OpenFile {
 public:
  OpenFile() = default;
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&& other) noexcept;
  ~OpenFile();

  int descriptor() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }
  void close();

 private:
  int descriptor_ = -1;
};

// What errno tells, as a Status: "WHAT: the disk is full".
Status file_error(const std::string& what, int error);

class DataFolder {
 public:
  static constexpr std::string_view kDatabase = "saywell.db";
  static constexpr std::string_view kLock = "server.lock";
  static constexpr std::string_view kIncoming = "incoming";
  static constexpr std::string_view kAudio = "audio";
  static constexpr std::string_view kQuarantine = "quarantine";
  static constexpr std::string_view kProbe = "probe";  // of try_renaming()

  // Makes what is missing, mode 0700.
  static Result<DataFolder> open(const std::string& path);

  const std::string& path() const { return path_; }
  std::string absolute(std::string_view relative) const;

  // An exclusive lock that ends with the process. Code 40031 naming data_dir when it is held.
  Result<OpenFile> lock() const;

  Result<OpenFile> create(const std::string& relative) const;        // for reading and writing
  Result<OpenFile> open_to_read(const std::string& relative) const;  // 40001 when not there
  Result<std::int64_t> size(const std::string& relative) const;      // 40001 when not there

  // Moves a synced file to its final place, makes the folders on the way, and syncs them: after
  // that the move survives a power cut. Code 40001 when `from` is gone.
  Status move(const std::string& from, const std::string& to) const;

  // For WriteProbe. A file in `folder` that nobody sees and that goes when it is closed; whether
  // files can be put into `folder`; whether one can be made, renamed and removed, for good.
  Result<OpenFile> create_unnamed(std::string_view folder) const;
  Status check_writable(std::string_view folder) const;
  Status try_renaming() const;

  // Removes a file and the folders that this leaves empty, and syncs; ok when there is none.
  Status remove(const std::string& relative) const;

  // Moves a file of unknown origin to quarantine/, under a name that is free there.
  Status quarantine(const std::string& relative) const;

  // Calls `visit` with every file below `folder`. Files may be moved away meanwhile.
  Status for_each_file(std::string_view folder,
                       const std::function<Status(const std::string& relative)>& visit) const;

  std::int64_t free_bytes() const;  // 0 when it cannot be told

  // Code 500 when what is left of the disk is the database's: a full disk can still be read from,
  // which the audit log has to note, and be emptied by deletions.
  Status check_room() const;

 private:
  explicit DataFolder(std::string path)
      : path_(std::move(path)), making_folders_(std::make_unique<Mutex>()) {}

  Status sync_folder(const std::string& relative) const;
  Status make_folders(const std::string& relative) const;

  std::string path_;
  std::unique_ptr<Mutex> making_folders_;
};

// Where a recording goes when it is whole, and where it is while it is received.
struct RecordingPlace {
  std::string_view interface_name, application_id, user_id, session_id, id, extension;
};
std::string final_path(const RecordingPlace& place);
std::string incoming_path(std::string_view id, std::int64_t number);
// The number in the name of an incoming file; 0 for a name that incoming_path() does not make.
std::int64_t incoming_number(std::string_view relative);

// Writes all of it, at `offset`.
Status write_at(const OpenFile& file, std::int64_t offset, std::string_view bytes);
Status sync(const OpenFile& file);

}  // namespace saywell
