// One ONNX model, loaded once and run from any thread: the only room that knows ONNX Runtime.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "onnx/onnx_branch.h"
#include "saywell/status.h"

namespace saywell {

// A dense tensor of float or int64, row-major.
struct Tensor {
  std::vector<std::int64_t> shape;
  std::vector<float> floats;         // either floats …
  std::vector<std::int64_t> int64s;  // … or int64s is used

  static Tensor of_floats(std::vector<std::int64_t> shape, std::vector<float> values);
  static Tensor of_int64s(std::vector<std::int64_t> shape, std::vector<std::int64_t> values);
};

struct NamedTensor {
  std::string name;
  Tensor tensor;
};

// A tensor in the runtime's memory: what one run puts out the next can take in without a copy.
class OnnxValue {
 public:
  // Copies. `shape` may have a 0: the value then has no elements.
  static OnnxValue of_floats(std::span<const std::int64_t> shape, std::span<const float> values);
  static OnnxValue of_int64s(std::span<const std::int64_t> shape,
                             std::span<const std::int64_t> values);

  OnnxValue(OnnxValue&&) noexcept;
  OnnxValue& operator=(OnnxValue&&) noexcept;
  ~OnnxValue();

  // A copy of the slices `rows` of the first dimension, in that order; a slice may be taken twice.
  // REQUIRES: a tensor of floats, each of `rows` below its first dimension.
  OnnxValue select_rows(std::span<const std::size_t> rows) const;

  std::vector<std::int64_t> shape() const;
  // REQUIRES: a tensor of floats. Valid as long as the value.
  std::span<const float> floats() const;

 private:
  friend class OnnxSession;
  struct Impl;
  explicit OnnxValue(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

struct NamedValue {
  std::string name;
  const OnnxValue* value;
};

struct OnnxOptions {
  // Inner tensors as the model's only outputs, by name; empty keeps its own outputs. Layers behind
  // the last of them are then not computed.
  std::vector<std::string> replace_outputs = {};
  // Instead: one branch of the model as a model of its own.
  std::optional<OnnxBranch> branch = {};
};

class OnnxSession {
 public:
  // Loads `path`. Code 40051 with the file's name when it is missing, unreadable or not a model
  // that this runtime can load.
  static Result<OnnxSession> load(const std::string& path, const OnnxOptions& options = {});

  OnnxSession(OnnxSession&&) noexcept;
  OnnxSession& operator=(OnnxSession&&) noexcept;
  ~OnnxSession();

  const std::vector<std::string>& input_names() const;
  const std::vector<std::string>& output_names() const;

  // A string of the model's metadata; empty: no such key.
  std::string metadata(const std::string& key) const;

  // Runs the model on its named inputs (moved in: nothing is copied) and returns all outputs, in
  // the order of output_names(), as floats. One compute thread, the caller's. Thread-safe. Code 500
  // when the runtime refuses the inputs.
  Result<std::vector<Tensor>> run(std::vector<NamedTensor> inputs) const;

  // The same without copies in or out. The inputs stay the caller's.
  Result<std::vector<OnnxValue>> run_values(std::span<const NamedValue> inputs) const;

 private:
  struct Impl;
  explicit OnnxSession(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace saywell
