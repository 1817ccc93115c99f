// Command and data messages: a name and its values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rtmp/amf0.h"
#include "rtmp/limits.h"
#include "saywell/status.h"

namespace saywell::rtmp {

// "connect", 1, {…}, …: the command object is arguments[0], null in most commands.
struct Command {
  std::string name;
  double transaction = 0;  // 0: no answer is expected
  std::vector<Amf0Value> arguments;

  // The argument at `index`; nothing if it is missing or of another type.
  const Amf0Value* argument(std::size_t index) const;
  const std::string* string(std::size_t index) const;
  const Amf0Object* object(std::size_t index) const;
  std::optional<double> number(std::size_t index) const;
  std::optional<bool> boolean(std::size_t index) const;
};

// The command in `payload`. A missing or mistyped transaction is 0. Code 40031: no name, or
// values that are no AMF0.
Result<Command> parse_command(ByteView payload, const Limits& limits);

void append_command(const Command& command, Bytes& out);

// The values of a data message ("@setDataFrame", "onMetaData", {…}). Code 40031 as above.
Result<std::vector<Amf0Value>> parse_values(ByteView payload, const Limits& limits);

// The information object of onStatus, _result and _error: {level, code, description, …}.
struct StatusObject {
  std::string level = "status";  // "status", "warning" or "error"
  std::string code;              // "NetStream.Publish.Start"
  std::string description;       // a sentence for people
  Amf0Object extra;              // further members

  Amf0Object to_amf0() const;
};

// "NAME?a=1&b=2" in two parts, not decoded; the query may be empty.
struct NameAndQuery {
  std::string name;
  std::string query;
};
NameAndQuery split_query(std::string_view text);

}  // namespace saywell::rtmp
