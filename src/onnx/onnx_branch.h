// One branch of a model that decides with an If node, as a model of its own.
//
// A merged decoder (optimum) holds the first step and the later ones as the branches of one If.
// ONNX Runtime folds no constants across the border of a branch, and computes all of a branch's
// outputs; as a model of its own a branch is optimised like any other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "saywell/status.h"

namespace saywell {

// A node to add, with at most one attribute, an integer.
struct OnnxNode {
  std::string op;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::string attribute = {};  // its name; empty: none
  std::int64_t attribute_value = 0;
};

struct OnnxBranch {
  std::string name;                  // "then_branch" or "else_branch" of the model's only If node
  std::vector<std::string> outputs;  // float tensors of the branch or of added nodes
  std::vector<OnnxNode> added;       // in the order of their data
};

// The model that computes `branch.outputs`: only the nodes, initializers and inputs of `model` that
// they depend on. Code 40051 when `model` is not a well-formed ModelProto with one If node that has
// that branch, or an output is computed nowhere.
Result<std::string> extract_onnx_branch(std::string_view model, const OnnxBranch& branch);

}  // namespace saywell
