// Models for tests.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace saywell {

// The folder of the models that the tests use; the test fails where SAYWELL_MODEL_DIR is not set.
std::string tested_model_dir();

// A folder with a copy of one model in which every `from` is `to`, of the same length. It goes away
// with this.
class ChangedModel {
 public:
  ChangedModel(const std::string& name, std::string_view from, std::string_view to);
  ~ChangedModel();
  ChangedModel(const ChangedModel&) = delete;
  ChangedModel& operator=(const ChangedModel&) = delete;

  std::string folder() const { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace saywell
