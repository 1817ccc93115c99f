#include "decode_sandbox/helper_message.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>

namespace saywell::decoder {
namespace {

struct Head {
  std::uint32_t kind;
  std::uint32_t bytes;
};

bool is_sound(const Head& head) {
  return head.kind >= static_cast<std::uint32_t>(MessageKind::kWhole) &&
         head.kind <= static_cast<std::uint32_t>(MessageKind::kOutcome) &&
         head.bytes <= kMaxMessageBytes;
}

template <class T>
bool read_number(std::string_view text, T& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// The codes that decoding may answer.
bool is_decoders_code(int code) {
  constexpr std::array kCodes = {Code::kOk,        Code::kNoSamples,      Code::kFileUnreadable,
                                 Code::kFileEmpty, Code::kNotConvertible, Code::kBadParameter};
  return std::find(kCodes.begin(), kCodes.end(), Code{code}) != kCodes.end();
}

bool read_all(int descriptor, char* target, std::size_t size) {
  while (size > 0) {
    const ssize_t got = read(descriptor, target, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    target += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

std::string packed(MessageKind kind, std::string_view payload) {
  const Head head{static_cast<std::uint32_t>(kind), static_cast<std::uint32_t>(payload.size())};
  std::string text(sizeof(head) + payload.size(), '\0');
  std::memcpy(text.data(), &head, sizeof(head));
  std::copy(payload.begin(), payload.end(), text.begin() + sizeof(head));
  return text;
}

std::optional<Message> MessageReader::next() {
  Head head{};
  if (broken_ || bytes_.size() < sizeof(head)) return std::nullopt;
  std::memcpy(&head, bytes_.data(), sizeof(head));
  if (!is_sound(head)) {
    broken_ = true;
    return std::nullopt;
  }
  if (bytes_.size() < sizeof(head) + head.bytes) return std::nullopt;
  Message message{MessageKind{head.kind}, bytes_.substr(sizeof(head), head.bytes)};
  bytes_.erase(0, sizeof(head) + head.bytes);
  return message;
}

std::string outcome_text(const Outcome& outcome) {
  return std::to_string(outcome.status.number()) + '\n' + (outcome.retiring ? "1\n" : "0\n") +
         std::to_string(outcome.clipped_share) + '\n' +
         std::to_string(outcome.source.sample_rate_hz) + '\n' +
         std::to_string(outcome.source.channels) + '\n' + outcome.source.container + '\n' +
         outcome.source.codec + '\n' + outcome.status.field() + '\n' + outcome.status.detail();
}

std::optional<Outcome> read_outcome(std::string_view text) {
  constexpr std::size_t kLongestText = 4096;
  if (text.size() > kLongestText) return std::nullopt;
  std::array<std::string_view, 8> fields;
  for (std::string_view& field : fields) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    field = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  int code = 0, retiring = 0;
  Outcome outcome;
  const bool numbers = read_number(fields[0], code) && read_number(fields[1], retiring) &&
                       read_number(fields[2], outcome.clipped_share) &&
                       read_number(fields[3], outcome.source.sample_rate_hz) &&
                       read_number(fields[4], outcome.source.channels);
  const bool share = outcome.clipped_share >= 0 && outcome.clipped_share <= 1;
  if (!numbers || !share || !is_decoders_code(code)) return std::nullopt;
  outcome.status =
      code == 0 ? Status() : Status(Code{code}, std::string(fields[7]), std::string(text));
  outcome.retiring = retiring != 0;
  outcome.source.container = fields[5];
  outcome.source.codec = fields[6];
  return outcome;
}

std::string limit_text(double max_duration_s) { return std::to_string(max_duration_s); }

double read_limit(std::string_view text) {
  double limit_s = 0;
  return read_number(text, limit_s) && limit_s > 0 ? limit_s : DecodeLimits{}.max_duration_s;
}

std::string samples_text(std::span<const float> samples) {
  return {reinterpret_cast<const char*>(samples.data()), samples.size_bytes()};
}

std::optional<std::vector<float>> read_samples(std::string_view text) {
  constexpr float kMaxMagnitude = 1 << 20;  // resampling adds a little to what decoding lets pass
  if (text.size() % sizeof(float) != 0) return std::nullopt;
  std::vector<float> samples(text.size() / sizeof(float));
  std::memcpy(samples.data(), text.data(), text.size());
  const bool usable = std::all_of(samples.begin(), samples.end(), [](float sample) {
    return std::abs(sample) <= kMaxMagnitude;  // false for NaN
  });
  if (!usable) return std::nullopt;
  return samples;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<Message> read_message(int descriptor) {
  Head head{};
  if (!read_all(descriptor, reinterpret_cast<char*>(&head), sizeof(head)) || !is_sound(head)) {
    return std::nullopt;
  }
  Message message{MessageKind{head.kind}, std::string(head.bytes, '\0')};
  if (!read_all(descriptor, message.payload.data(), message.payload.size())) return std::nullopt;
  return message;
}

}  // namespace saywell::decoder
