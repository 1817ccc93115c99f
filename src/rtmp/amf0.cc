#include "rtmp/amf0.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/status_macros.h"

namespace saywell::rtmp {
namespace {

enum Marker : unsigned {
  kNumber = 0x00,
  kBoolean = 0x01,
  kString = 0x02,
  kObject = 0x03,
  kMovieClip = 0x04,
  kNull = 0x05,
  kUndefined = 0x06,
  kReference = 0x07,
  kEcmaArray = 0x08,
  kObjectEnd = 0x09,
  kStrictArray = 0x0A,
  kDate = 0x0B,
  kLongString = 0x0C,
  kUnsupported = 0x0D,
  kRecordSet = 0x0E,
  kXmlDocument = 0x0F,
  kTypedObject = 0x10,
  kAvmPlus = 0x11,
};

constexpr std::size_t kMaxShortBytes = 0xFFFF;

Status bad(std::string what) { return Status(Code::kBadParameter, "AMF0: " + std::move(what)); }

std::string refused_type(unsigned marker) {
  switch (marker) {
    case kMovieClip:
      return "a movie clip is refused";
    case kReference:
      return "a reference is refused";
    case kObjectEnd:
      return "an object end where a value is expected";
    case kRecordSet:
      return "a record set is refused";
    case kAvmPlus:
      return "an AMF3 value is refused";
    default:
      return "unknown type " + std::to_string(marker);
  }
}

void append_marker(Bytes& out, unsigned marker) { out.push_back(static_cast<std::byte>(marker)); }

void append_short_text(Bytes& out, std::string_view text) {
  text = text.substr(0, kMaxShortBytes);
  append_big_endian(out, text.size(), 2);
  append_bytes(out, bytes_of(text));
}

void append_long_text(Bytes& out, std::string_view text) {
  append_big_endian(out, text.size(), 4);
  append_bytes(out, bytes_of(text));
}

struct Appender {
  Bytes& out;

  void operator()(Amf0Undefined) const { append_marker(out, kUndefined); }
  void operator()(Amf0Null) const { append_marker(out, kNull); }
  void operator()(bool value) const {
    append_marker(out, kBoolean);
    append_marker(out, value ? 1 : 0);
  }
  void operator()(double value) const {
    append_marker(out, kNumber);
    append_double(out, value);
  }
  void operator()(const std::string& text) const {
    const bool is_long = text.size() > kMaxShortBytes;
    append_marker(out, is_long ? kLongString : kString);
    is_long ? append_long_text(out, text) : append_short_text(out, text);
  }
  void operator()(const Amf0Object& object) const {
    if (!object.class_name.empty()) {
      append_marker(out, kTypedObject);
      append_short_text(out, object.class_name);
    } else if (object.ecma_array) {
      append_marker(out, kEcmaArray);
      append_big_endian(out, object.members.size(), 4);
    } else {
      append_marker(out, kObject);
    }
    for (const auto& [name, value] : object.members) {
      if (name.empty()) continue;
      append_short_text(out, name);
      append_amf0(value, out);
    }
    append_big_endian(out, kObjectEnd, 3);
  }
  void operator()(const Amf0Array& array) const {
    append_marker(out, kStrictArray);
    append_big_endian(out, array.items.size(), 4);
    for (const Amf0Value& item : array.items) append_amf0(item, out);
  }
  void operator()(const Amf0Date& date) const {
    append_marker(out, kDate);
    append_double(out, date.unix_time_ms);
    append_big_endian(out, 0, 2);  // time zone: reserved, must be 0
  }
  void operator()(const Amf0Xml& xml) const {
    append_marker(out, kXmlDocument);
    append_long_text(out, xml.text);
  }
};

}  // namespace

const Amf0Value* Amf0Object::find(std::string_view name) const {
  const auto found = std::find_if(members.rbegin(), members.rend(),
                                  [name](const auto& member) { return member.first == name; });
  return found == members.rend() ? nullptr : &found->second;
}

void Amf0Object::add(std::string_view name, Amf0Value value) {
  members.emplace_back(name, std::move(value));
}

std::optional<double> Amf0Value::number() const {
  const auto* value = std::get_if<double>(&content_);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<bool> Amf0Value::boolean() const {
  const auto* value = std::get_if<bool>(&content_);
  return value ? std::optional(*value) : std::nullopt;
}

bool Amf0Value::is_null() const {
  return std::holds_alternative<Amf0Null>(content_) ||
         std::holds_alternative<Amf0Undefined>(content_);
}

std::string_view Amf0Value::kind() const {
  static constexpr std::array<std::string_view, std::variant_size_v<Content>> kKinds = {
      "undefined", "null",     "a boolean", "a number",       "a string",
      "an object", "an array", "a date",    "an XML document"};
  return kKinds[content_.index()];
}

Result<ByteView> Amf0Decoder::take(std::size_t count) {
  if (count > bytes_.size()) {
    return bad("cut off: " + std::to_string(count) + " bytes announced, " +
               std::to_string(bytes_.size()) + " left");
  }
  const ByteView taken = bytes_.first(count);
  bytes_ = bytes_.subspan(count);
  return taken;
}

// A string behind its length of `length_bytes` bytes.
Result<std::string> Amf0Decoder::text(std::size_t length_bytes) {
  ASSIGN_OR_RETURN(const ByteView length, take(length_bytes));
  ASSIGN_OR_RETURN(const ByteView characters, take(read_big_endian(length)));
  return std::string(text_of(characters));
}

Result<Amf0Value> Amf0Decoder::next() { return value(0); }

Result<Amf0Value> Amf0Decoder::value(std::size_t depth) {
  if (depth > max_depth_) return bad("nested deeper than " + std::to_string(max_depth_));
  if (values_left_ == 0) return bad("too many values");
  --values_left_;
  ASSIGN_OR_RETURN(const ByteView head, take(1));
  const auto marker = std::to_integer<unsigned>(head.front());
  switch (marker) {
    case kObject:
      return object(depth, Amf0Object());
    case kEcmaArray: {
      // The count is only a hint, since clients write 0 or a wrong one; the end marker decides.
      ASSIGN_OR_RETURN(const ByteView count, take(4));
      Amf0Object array;
      array.ecma_array = true;
      return object(depth, std::move(array));
    }
    case kTypedObject: {
      ASSIGN_OR_RETURN(std::string name, text(2));
      Amf0Object typed;
      typed.class_name = std::move(name);
      return object(depth, std::move(typed));
    }
    case kStrictArray:
      return strict_array(depth);
    default:
      return short_value(marker);
  }
}

// The types that hold no other value.
Result<Amf0Value> Amf0Decoder::short_value(unsigned marker) {
  switch (marker) {
    case kNumber: {
      ASSIGN_OR_RETURN(const ByteView bits, take(8));
      return Amf0Value(std::bit_cast<double>(read_big_endian(bits)));
    }
    case kBoolean: {
      ASSIGN_OR_RETURN(const ByteView byte, take(1));
      return Amf0Value(byte.front() != std::byte{0});
    }
    case kString:
    case kLongString:
    case kXmlDocument: {
      ASSIGN_OR_RETURN(std::string characters, text(marker == kString ? 2 : 4));
      if (marker == kXmlDocument) return Amf0Value(Amf0Value::Content(Amf0Xml{characters}));
      return Amf0Value(Amf0Value::Content(std::move(characters)));
    }
    case kNull:
      return Amf0Value::null();
    case kUndefined:
    case kUnsupported:
      return Amf0Value();
    case kDate: {
      const Result<ByteView> fields = take(10);  // time 8, time zone 2 (reserved)
      if (!fields.ok()) return fields.status();
      const auto time_ms = std::bit_cast<double>(read_big_endian(fields->first(8)));
      return Amf0Value(Amf0Value::Content(Amf0Date{time_ms}));
    }
    default:
      return bad(refused_type(marker));
  }
}

// Members up to the end marker, added to `object`.
Result<Amf0Value> Amf0Decoder::object(std::size_t depth, Amf0Object object) {
  for (;;) {
    ASSIGN_OR_RETURN(std::string name, text(2));
    if (name.empty()) {
      ASSIGN_OR_RETURN(const ByteView end, take(1));
      if (std::to_integer<unsigned>(end.front()) == kObjectEnd) return Amf0Value(std::move(object));
      return bad("a member without a name");
    }
    ASSIGN_OR_RETURN(Amf0Value member, value(depth + 1));
    object.members.emplace_back(std::move(name), std::move(member));
  }
}

Result<Amf0Value> Amf0Decoder::strict_array(std::size_t depth) {
  ASSIGN_OR_RETURN(const ByteView head, take(4));
  const std::uint32_t count = read_u32(head);
  // Every item takes at least one byte.
  if (count > bytes_.size() || count > values_left_) {
    return bad("an array of " + std::to_string(count) + " items in " +
               std::to_string(bytes_.size()) + " bytes");
  }
  Amf0Array array;
  for (std::uint32_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(Amf0Value item, value(depth + 1));
    array.items.push_back(std::move(item));
  }
  return Amf0Value(std::move(array));
}

void append_amf0(const Amf0Value& value, Bytes& out) { std::visit(Appender{out}, value.content()); }

}  // namespace saywell::rtmp
