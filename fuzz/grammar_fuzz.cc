// Any bytes as a grammar of what may be said.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "recognise/grammar.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saywell;
  const auto sentences =
      grammar_to_sentences(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!sentences.ok()) {
    require(sentences.status().code() == Code::kBadParameter);
    require(sentences.status().field() == "grammar" && !sentences.status().detail().empty());
    return 0;
  }
  require(!sentences->empty() && sentences->size() <= kMaxGrammarSentences);
  for (const std::string& sentence : *sentences) {
    require(!sentence.empty() && sentence.front() != ' ' && sentence.back() != ' ');
    require(sentence.find_first_of("()|") == std::string::npos);
  }
  require(std::set<std::string>(sentences->begin(), sentences->end()).size() == sentences->size());
  return 0;
}
