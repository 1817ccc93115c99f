#include "onnx/testing/model_folder.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace saywell {

std::string tested_model_dir() {
  const char* folder = std::getenv("SAYWELL_MODEL_DIR");
  EXPECT_NE(folder, nullptr) << "SAYWELL_MODEL_DIR is not set";
  return folder != nullptr ? folder : "";
}

ChangedModel::ChangedModel(const std::string& name, std::string_view from, std::string_view to) {
  std::string made = std::filesystem::temp_directory_path() / "saywell_model_XXXXXX";
  folder_ = ::mkdtemp(made.data());
  std::ifstream model(std::filesystem::path(tested_model_dir()) / name, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(model), std::istreambuf_iterator<char>()};
  EXPECT_EQ(from.size(), to.size());
  EXPECT_NE(bytes.find(from), std::string::npos) << name << " has no '" << from << "'";
  for (std::size_t at = 0; (at = bytes.find(from, at)) != std::string::npos; at += to.size())
    bytes.replace(at, from.size(), to);
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
}

ChangedModel::~ChangedModel() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace saywell
