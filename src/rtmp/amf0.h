// AMF0, the values in RTMP commands and FLV script tags (AMF0 specification, 2007).
//
// Decoding is bounded in depth and number of values and never reads past its bytes. It refuses
// references, AMF3 values (the marker "avmplus"), movie clips and record sets with code 40031. All
// functions are pure and may be called from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "rtmp/bytes.h"
#include "saywell/status.h"

namespace saywell::rtmp {

class Amf0Value;

struct Amf0Undefined {};  // also the type "unsupported"
struct Amf0Null {};
struct Amf0Date {
  double unix_time_ms = 0;
};
struct Amf0Xml {
  std::string text;  // never parsed
};

// Members in the order written. A name may occur twice; find() returns the last.
struct Amf0Object {
  std::vector<std::pair<std::string, Amf0Value>> members;
  std::string class_name;   // of a typed object
  bool ecma_array = false;  // written as an associative array

  // nullptr when there is none; valid until the object changes.
  const Amf0Value* find(std::string_view name) const;
  void add(std::string_view name, Amf0Value value);
};

struct Amf0Array {
  std::vector<Amf0Value> items;
};

class Amf0Value {
 public:
  using Content = std::variant<Amf0Undefined, Amf0Null, bool, double, std::string, Amf0Object,
                               Amf0Array, Amf0Date, Amf0Xml>;

  Amf0Value() = default;
  Amf0Value(Content content) : content_(std::move(content)) {}         // NOLINT
  Amf0Value(bool value) : content_(value) {}                           // NOLINT
  Amf0Value(double value) : content_(value) {}                         // NOLINT
  Amf0Value(std::string_view value) : content_(std::string(value)) {}  // NOLINT
  Amf0Value(const char* value) : content_(std::string(value)) {}       // NOLINT
  Amf0Value(Amf0Object value) : content_(std::move(value)) {}          // NOLINT
  Amf0Value(Amf0Array value) : content_(std::move(value)) {}           // NOLINT
  static Amf0Value null() { return Amf0Value(Content(Amf0Null())); }

  const Content& content() const { return content_; }

  // The value; nothing (nullptr) when it is of another type.
  std::optional<double> number() const;
  std::optional<bool> boolean() const;
  const std::string* string() const { return std::get_if<std::string>(&content_); }
  const Amf0Object* object() const { return std::get_if<Amf0Object>(&content_); }
  const Amf0Array* array() const { return std::get_if<Amf0Array>(&content_); }
  bool is_null() const;  // null or undefined

  // The type in words, for messages: "a number", "an object".
  std::string_view kind() const;

 private:
  Content content_;
};

// Reads values one after another.
class Amf0Decoder {
 public:
  // `bytes` must outlive the decoder.
  Amf0Decoder(ByteView bytes, std::size_t max_depth, std::size_t max_values)
      : bytes_(bytes), values_left_(max_values), max_depth_(max_depth) {}

  bool at_end() const { return bytes_.empty(); }

  // The next value. Code 40031 names the defect: cut off, a refused type, nested too deep, too many
  // values. After an error the remaining bytes have no meaning.
  Result<Amf0Value> next();

 private:
  Result<Amf0Value> value(std::size_t depth);
  Result<Amf0Value> short_value(unsigned marker);
  Result<Amf0Value> object(std::size_t depth, Amf0Object object);
  Result<Amf0Value> strict_array(std::size_t depth);
  Result<ByteView> take(std::size_t count);
  Result<std::string> text(std::size_t length_bytes);

  ByteView bytes_;
  std::size_t values_left_;
  std::size_t max_depth_;
};

// Appends `value`; strings longer than 65,535 bytes as long strings. REQUIRES: names of members are
// at most 65,535 bytes long (longer ones are cut) and not empty (members without a name are
// skipped).
void append_amf0(const Amf0Value& value, Bytes& out);

}  // namespace saywell::rtmp
