#include "rtmp/command.h"

#include "base/status_macros.h"

namespace saywell::rtmp {

const Amf0Value* Command::argument(std::size_t index) const {
  return index < arguments.size() ? &arguments[index] : nullptr;
}

const std::string* Command::string(std::size_t index) const {
  const Amf0Value* value = argument(index);
  return value ? value->string() : nullptr;
}

const Amf0Object* Command::object(std::size_t index) const {
  const Amf0Value* value = argument(index);
  return value ? value->object() : nullptr;
}

std::optional<double> Command::number(std::size_t index) const {
  const Amf0Value* value = argument(index);
  return value ? value->number() : std::nullopt;
}

std::optional<bool> Command::boolean(std::size_t index) const {
  const Amf0Value* value = argument(index);
  return value ? value->boolean() : std::nullopt;
}

Result<std::vector<Amf0Value>> parse_values(ByteView payload, const Limits& limits) {
  Amf0Decoder decoder(payload, limits.max_amf_depth, limits.max_amf_values);
  std::vector<Amf0Value> values;
  while (!decoder.at_end()) {
    ASSIGN_OR_RETURN(Amf0Value value, decoder.next());
    values.push_back(std::move(value));
  }
  return values;
}

Result<Command> parse_command(ByteView payload, const Limits& limits) {
  ASSIGN_OR_RETURN(std::vector<Amf0Value> values, parse_values(payload, limits));
  if (values.empty() || !values.front().string()) {
    return Status(Code::kBadParameter, "a command without a name");
  }
  Command command;
  command.name = *values.front().string();
  std::size_t taken = 1;
  if (values.size() > 1) {
    command.transaction = values[1].number().value_or(0);
    taken = 2;
  }
  values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(taken));
  command.arguments = std::move(values);
  return command;
}

void append_command(const Command& command, Bytes& out) {
  append_amf0(std::string_view(command.name), out);
  append_amf0(command.transaction, out);
  for (const Amf0Value& argument : command.arguments) append_amf0(argument, out);
}

Amf0Object StatusObject::to_amf0() const {
  Amf0Object object;
  object.add("level", std::string_view(level));
  object.add("code", std::string_view(code));
  object.add("description", std::string_view(description));
  for (const auto& [name, value] : extra.members) object.add(name, value);
  return object;
}

NameAndQuery split_query(std::string_view text) {
  const std::size_t mark = text.find('?');
  if (mark == std::string_view::npos) return {std::string(text), ""};
  return {std::string(text.substr(0, mark)), std::string(text.substr(mark + 1))};
}

}  // namespace saywell::rtmp
