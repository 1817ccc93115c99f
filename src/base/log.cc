#include "base/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/dist_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <utility>
#include <vector>

#include "base/threads/mutex.h"

namespace saywell {
namespace {

struct LevelName {
  std::string_view name;
  LogLevel level;
  spdlog::level::level_enum spdlog_level;
};

constexpr std::array<LevelName, 5> kLevels = {{{"off", LogLevel::kOff, spdlog::level::off},
                                               {"error", LogLevel::kError, spdlog::level::err},
                                               {"warning", LogLevel::kWarning, spdlog::level::warn},
                                               {"info", LogLevel::kInfo, spdlog::level::info},
                                               {"debug", LogLevel::kDebug, spdlog::level::debug}}};

spdlog::level::level_enum to_spdlog(LogLevel level) {
  return kLevels.at(static_cast<std::size_t>(level)).spdlog_level;
}

LogLevel from_spdlog(spdlog::level::level_enum level) {
  for (const LevelName& row : kLevels) {
    if (row.spdlog_level == level) return row.level;
  }
  return LogLevel::kError;
}

class FunctionSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FunctionSink(LogSink function) : function_(std::move(function)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    function_(from_spdlog(message.level), {message.payload.data(), message.payload.size()});
  }
  void flush_() override {}

 private:
  LogSink function_;
};

// One logger for the life of the process; only its sink and its level change.
struct Log {
  std::shared_ptr<spdlog::sinks::dist_sink_mt> sinks =
      std::make_shared<spdlog::sinks::dist_sink_mt>();
  spdlog::logger logger{"saywell", sinks};

  Log() { logger.set_level(spdlog::level::off); }
};

Log& the_log() {
  static Log* log = new Log;  // never destroyed: threads may log until the process ends
  return *log;
}

void set_sink(spdlog::sink_ptr sink, LogLevel level) {
  Log& log = the_log();
  log.sinks->set_sinks({std::move(sink)});
  log.logger.set_level(to_spdlog(level));
}

std::string new_incident_id() {
  static Mutex mutex;
  static std::mt19937_64 engine{std::random_device{}()};
  const MutexLock lock(mutex);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::uint64_t bits = engine();
  std::string id(12, '0');
  for (char& digit : id) {
    digit = kDigits[bits & 15];
    bits >>= 4;
  }
  return id;
}

}  // namespace

std::optional<LogLevel> parse_log_level(std::string_view name) {
  for (const LevelName& row : kLevels) {
    if (row.name == name) return row.level;
  }
  return std::nullopt;
}

void log_to_stderr(LogLevel level) {
  auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
  sink->set_pattern("%Y-%m-%dT%H:%M:%S.%e %^%l%$ [%t] %v");
  set_sink(std::move(sink), level);
}

void log_to(LogSink sink, LogLevel level) {
  set_sink(std::make_shared<FunctionSink>(std::move(sink)), level);
}

bool log_enabled(LogLevel level) { return the_log().logger.should_log(to_spdlog(level)); }

void log_line(LogLevel level, std::string_view message) {
  the_log().logger.log(to_spdlog(level), spdlog::string_view_t(message.data(), message.size()));
}

std::string log_incident(std::string_view message) {
  std::string id = new_incident_id();
  log_line(LogLevel::kError, "incident " + id + ": " + std::string(message));
  return id;
}

}  // namespace saywell
