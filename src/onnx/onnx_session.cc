#include "onnx/onnx_session.h"

#include <onnxruntime_cxx_api.h>
#include <onnxruntime_session_options_config_keys.h>

#include "base/model_file.h"
#include "onnx/onnx_outputs.h"

namespace saywell {
namespace {

// One arena for the activations of all sessions: nothing that outlives a run is then allocated
// between heap and models, and a run reuses what the one before freed. It grows by what is asked
// for; doubled, it would be half empty.
Ort::Env make_environment() {
  Ort::Env env(ORT_LOGGING_LEVEL_FATAL, "saywell");
  constexpr std::size_t kNoLimit = 0;
  constexpr int kGrowAsRequested = 1, kInitialBytes = 1 << 20, kDefault = -1;
  const Ort::ArenaCfg arena(kNoLimit, kGrowAsRequested, kInitialBytes, kDefault);
  env.CreateAndRegisterAllocator(Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault),
                                 arena);
  return env;
}

Ort::Env& environment() {
  static Ort::Env env = make_environment();
  return env;
}

Ort::SessionOptions session_options() {
  Ort::SessionOptions options;
  options.SetIntraOpNumThreads(1);
  options.SetInterOpNumThreads(1);
  options.SetGraphOptimizationLevel(ORT_ENABLE_ALL);
  options.AddConfigEntry(kOrtSessionOptionsConfigUseEnvAllocators, "1");
  options.AddConfigEntry(kOrtSessionOptionsUseDeviceAllocatorForInitializers, "1");
  // A plan would be kept for every length of input that ever occurred.
  options.DisableMemPattern();
  return options;
}

Ort::Value to_ort(const Ort::MemoryInfo& memory, Tensor& tensor) {
  if (!tensor.int64s.empty()) {
    return Ort::Value::CreateTensor<std::int64_t>(memory, tensor.int64s.data(),
                                                  tensor.int64s.size(), tensor.shape.data(),
                                                  tensor.shape.size());
  }
  return Ort::Value::CreateTensor<float>(memory, tensor.floats.data(), tensor.floats.size(),
                                         tensor.shape.data(), tensor.shape.size());
}

Tensor from_ort(const Ort::Value& value) {
  const auto info = value.GetTensorTypeAndShapeInfo();
  const float* data = value.GetTensorData<float>();
  return Tensor{info.GetShape(), std::vector<float>(data, data + info.GetElementCount()), {}};
}

template <class T>
Ort::Value copied(std::span<const std::int64_t> shape, std::span<const T> values) {
  Ort::AllocatorWithDefaultOptions allocator;
  Ort::Value value = Ort::Value::CreateTensor<T>(allocator, shape.data(), shape.size());
  std::copy(values.begin(), values.end(), value.GetTensorMutableData<T>());
  return value;
}

}  // namespace

Tensor Tensor::of_floats(std::vector<std::int64_t> shape, std::vector<float> values) {
  return Tensor{std::move(shape), std::move(values), {}};
}

Tensor Tensor::of_int64s(std::vector<std::int64_t> shape, std::vector<std::int64_t> values) {
  return Tensor{std::move(shape), {}, std::move(values)};
}

struct OnnxValue::Impl {
  Ort::Value value{nullptr};
};

OnnxValue::OnnxValue(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OnnxValue::OnnxValue(OnnxValue&&) noexcept = default;
OnnxValue& OnnxValue::operator=(OnnxValue&&) noexcept = default;
OnnxValue::~OnnxValue() = default;

OnnxValue OnnxValue::of_floats(std::span<const std::int64_t> shape, std::span<const float> values) {
  auto impl = std::make_unique<Impl>();
  impl->value = copied(shape, values);
  return OnnxValue(std::move(impl));
}

OnnxValue OnnxValue::of_int64s(std::span<const std::int64_t> shape,
                               std::span<const std::int64_t> values) {
  auto impl = std::make_unique<Impl>();
  impl->value = copied(shape, values);
  return OnnxValue(std::move(impl));
}

OnnxValue OnnxValue::select_rows(std::span<const std::size_t> rows) const {
  std::vector<std::int64_t> dimensions = shape();
  const std::span<const float> from = floats();
  const std::size_t row_size = from.size() / static_cast<std::size_t>(dimensions.front());
  dimensions.front() = static_cast<std::int64_t>(rows.size());
  Ort::AllocatorWithDefaultOptions allocator;
  auto impl = std::make_unique<Impl>();
  impl->value = Ort::Value::CreateTensor<float>(allocator, dimensions.data(), dimensions.size());
  float* to = impl->value.GetTensorMutableData<float>();
  for (const std::size_t row : rows) {
    to = std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(row * row_size), row_size, to);
  }
  return OnnxValue(std::move(impl));
}

std::vector<std::int64_t> OnnxValue::shape() const {
  return impl_->value.GetTensorTypeAndShapeInfo().GetShape();
}

std::span<const float> OnnxValue::floats() const {
  return {impl_->value.GetTensorData<float>(),
          impl_->value.GetTensorTypeAndShapeInfo().GetElementCount()};
}

struct OnnxSession::Impl {
  Ort::Session session{nullptr};
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
};

OnnxSession::OnnxSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OnnxSession::OnnxSession(OnnxSession&&) noexcept = default;
OnnxSession& OnnxSession::operator=(OnnxSession&&) noexcept = default;
OnnxSession::~OnnxSession() = default;

Result<OnnxSession> OnnxSession::load(const std::string& path, const OnnxOptions& options) {
  Result<std::string> bytes = read_model_file(path);
  if (!bytes.ok()) return bytes.status();
  if (!options.replace_outputs.empty()) {
    bytes = replace_onnx_outputs(*bytes, options.replace_outputs);
  } else if (options.branch) {
    bytes = extract_onnx_branch(*bytes, *options.branch);
  }
  if (!bytes.ok()) return Status(bytes.status().code(), path + ": " + bytes.status().detail());
  try {
    auto impl = std::make_unique<Impl>();
    impl->session = Ort::Session(environment(), bytes->data(), bytes->size(), session_options());
    Ort::AllocatorWithDefaultOptions allocator;
    for (std::size_t i = 0; i < impl->session.GetInputCount(); ++i) {
      impl->inputs.emplace_back(impl->session.GetInputNameAllocated(i, allocator).get());
    }
    for (std::size_t i = 0; i < impl->session.GetOutputCount(); ++i) {
      impl->outputs.emplace_back(impl->session.GetOutputNameAllocated(i, allocator).get());
    }
    return OnnxSession(std::move(impl));
  } catch (const std::exception& error) {
    return Status(Code::kKernelUnavailable,
                  "model file '" + path + "' cannot be loaded: " + error.what());
  }
}

const std::vector<std::string>& OnnxSession::input_names() const { return impl_->inputs; }
const std::vector<std::string>& OnnxSession::output_names() const { return impl_->outputs; }

std::string OnnxSession::metadata(const std::string& key) const {
  Ort::AllocatorWithDefaultOptions allocator;
  const Ort::ModelMetadata metadata = impl_->session.GetModelMetadata();
  const auto value = metadata.LookupCustomMetadataMapAllocated(key.c_str(), allocator);
  return value ? std::string(value.get()) : std::string();
}

Result<std::vector<Tensor>> OnnxSession::run(std::vector<NamedTensor> inputs) const {
  try {
    const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
    std::vector<const char*> input_names, output_names;
    std::vector<Ort::Value> values;
    for (NamedTensor& input : inputs) {
      input_names.push_back(input.name.c_str());
      values.push_back(to_ort(memory, input.tensor));
    }
    for (const std::string& name : impl_->outputs) output_names.push_back(name.c_str());
    const std::vector<Ort::Value> outputs =
        impl_->session.Run(Ort::RunOptions{nullptr}, input_names.data(), values.data(),
                           values.size(), output_names.data(), output_names.size());
    std::vector<Tensor> result;
    for (const Ort::Value& output : outputs) result.push_back(from_ort(output));
    return result;
  } catch (const std::exception& error) {
    return Status(Code::kInternal, std::string("model run failed: ") + error.what());
  }
}

Result<std::vector<OnnxValue>> OnnxSession::run_values(std::span<const NamedValue> inputs) const {
  try {
    // The C interface takes the inputs' handles as they are; the C++ wrapper wants to own them.
    std::vector<const char*> input_names, output_names;
    std::vector<const OrtValue*> values;
    for (const NamedValue& input : inputs) {
      input_names.push_back(input.name.c_str());
      values.push_back(input.value->impl_->value);
    }
    for (const std::string& name : impl_->outputs) output_names.push_back(name.c_str());
    std::vector<OrtValue*> outputs(output_names.size(), nullptr);
    Ort::ThrowOnError(Ort::GetApi().Run(impl_->session, nullptr, input_names.data(), values.data(),
                                        values.size(), output_names.data(), output_names.size(),
                                        outputs.data()));
    std::vector<OnnxValue> result;
    for (OrtValue* output : outputs) {
      auto value = std::make_unique<OnnxValue::Impl>();
      value->value = Ort::Value(output);
      result.push_back(OnnxValue(std::move(value)));
    }
    return result;
  } catch (const std::exception& error) {
    return Status(Code::kInternal, std::string("model run failed: ") + error.what());
  }
}

}  // namespace saywell
