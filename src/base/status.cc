#include "saywell/status.h"

#include <algorithm>
#include <array>

namespace saywell {
namespace {

constexpr std::array<StatusInfo, 1> kTable = {{
    {20001, "kernel", "VAD_NO_SPEECH", "No speech was heard, please try again.", "没有听到语音，请再试一次。",
     "The voice activity detector found no speech region.", 422, true},
}};

}  // namespace

std::span<const StatusInfo> status_table() { return kTable; }

const StatusInfo* find_status(int code) {
  const auto found = std::find_if(kTable.begin(), kTable.end(),
                                  [code](const StatusInfo& row) { return row.code == code; });
  return found == kTable.end() ? nullptr : &*found;
}

std::string Status::message() const {
  const StatusInfo* info = find_status(number());
  std::string text(info ? info->message_en : std::string_view("Speech server error."));
  if (!detail_.empty()) text += " (" + detail_ + ")";
  return text;
}

}  // namespace saywell
