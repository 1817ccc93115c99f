// The log: one line per event, for the operator of the program.
//
// The library is silent until the program that uses it chooses a level and a sink. Every function
// may be called from any thread; lines of different threads never mix.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace saywell {

enum class LogLevel { kOff, kError, kWarning, kInfo, kDebug };

// "off", "error", "warning", "info", "debug"; nullopt for others.
std::optional<LogLevel> parse_log_level(std::string_view name);

// Lines of `level` and more serious ones go to standard error, with time, level and thread.
void log_to_stderr(LogLevel level);

// Lines of `level` and more serious ones go to `sink`, without a line end. `sink` is called under a
// lock: it must not log.
using LogSink = std::function<void(LogLevel level, std::string_view message)>;
void log_to(LogSink sink, LogLevel level);

// Whether a line of `level` would be written. Call it before composing a costly message.
bool log_enabled(LogLevel level);

void log_line(LogLevel level, std::string_view message);

// Writes an error line with a new incident id and returns the id (12 hexadecimal digits). A Status
// of code 500 carries it, so that the line can be found.
std::string log_incident(std::string_view message);

}  // namespace saywell
