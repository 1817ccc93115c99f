#include "recognise/grammar.h"

#include <algorithm>
#include <unordered_set>

#include "base/status_macros.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

using Words = std::vector<std::string>;
using Sentences = std::vector<Words>;  // an empty one: a group that was not said

Status wrong(std::size_t place, const std::string& what) {
  return Status(Code::kBadParameter, "grammar", what + " at byte " + std::to_string(place));
}

// Recursive descent: alternatives of sequences of words and groups.
class GrammarParser {
 public:
  explicit GrammarParser(std::string_view grammar) : grammar_(grammar) {}

  Result<Sentences> parse() {
    ASSIGN_OR_RETURN(Group group, parse_alternatives(0));
    if (at_ < grammar_.size()) return wrong(at_, "the ')' has no '('");
    return std::move(group.sentences);
  }

 private:
  struct Group {
    Sentences sentences;
    bool has_bar = false;
  };

  void skip_blanks() {
    while (at_ < grammar_.size() && is_blank(grammar_[at_])) ++at_;
  }

  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  // Up to the end of the grammar or the ')' that ends the group.
  Result<Group> parse_alternatives(std::size_t depth) {
    Group group;
    for (;;) {
      ASSIGN_OR_RETURN(Sentences sequence, parse_sequence(depth));
      if (group.sentences.size() + sequence.size() > kMaxGrammarSentences) return too_many();
      std::move(sequence.begin(), sequence.end(), std::back_inserter(group.sentences));
      if (at_ == grammar_.size() || grammar_[at_] == ')') return group;
      group.has_bar = true;
      ++at_;
    }
  }

  // Words and groups up to a bar, a ')' or the end.
  Result<Sentences> parse_sequence(std::size_t depth) {
    Sentences sequence = {{}};
    bool empty = true;
    for (skip_blanks(); at_ < grammar_.size() && grammar_[at_] != '|' && grammar_[at_] != ')';
         skip_blanks()) {
      ASSIGN_OR_RETURN(const Sentences next, parse_item(depth));
      ASSIGN_OR_RETURN(sequence, joined(sequence, next));
      empty = false;
    }
    if (empty) return wrong(at_, "an alternative is empty");
    return sequence;
  }

  Result<Sentences> parse_item(std::size_t depth) {
    if (grammar_[at_] == '(') return parse_group(depth + 1);
    const std::size_t begin = at_;
    while (at_ < grammar_.size() && !is_blank(grammar_[at_]) &&
           std::string_view("()|").find(grammar_[at_]) == std::string_view::npos) {
      ++at_;
    }
    return Sentences{{std::string(grammar_.substr(begin, at_ - begin))}};
  }

  Result<Sentences> parse_group(std::size_t depth) {
    const std::size_t open = at_++;
    if (depth > kMaxGrammarDepth) {
      return wrong(open, "groups are nested deeper than " + std::to_string(kMaxGrammarDepth));
    }
    ASSIGN_OR_RETURN(Group group, parse_alternatives(depth));
    if (at_ == grammar_.size()) return wrong(open, "the '(' has no ')'");
    ++at_;
    if (!group.has_bar) group.sentences.insert(group.sentences.begin(), Words());
    return std::move(group.sentences);
  }

  // Every one of `a` followed by every one of `b`.
  Result<Sentences> joined(const Sentences& a, const Sentences& b) const {
    if (a.size() * b.size() > kMaxGrammarSentences) return too_many();
    Sentences all;
    for (const Words& first : a) {
      for (const Words& second : b) {
        if (first.size() + second.size() > kMaxGrammarWords) {
          return wrong(at_,
                       "a sentence has more than " + std::to_string(kMaxGrammarWords) + " words");
        }
        Words words = first;
        words.insert(words.end(), second.begin(), second.end());
        all.push_back(std::move(words));
      }
    }
    return all;
  }

  Status too_many() const {
    return wrong(
        at_, "the grammar has more than " + std::to_string(kMaxGrammarSentences) + " sentences");
  }

  std::string_view grammar_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::vector<std::string>> grammar_to_sentences(std::string_view grammar) {
  if (grammar.size() > kMaxGrammarBytes) {
    return wrong(kMaxGrammarBytes,
                 "the grammar is longer than " + std::to_string(kMaxGrammarBytes) + " bytes");
  }
  if (const auto decoded = decode_text(grammar); !decoded.ok()) {
    return Status(Code::kBadParameter, "grammar", decoded.status().detail());
  }
  ASSIGN_OR_RETURN(const Sentences parsed, GrammarParser(grammar).parse());
  std::vector<std::string> sentences;
  std::unordered_set<std::string> known;
  for (const Words& words : parsed) {
    std::string sentence;
    for (const std::string& word : words) sentence += (sentence.empty() ? "" : " ") + word;
    if (sentence.empty()) return wrong(0, "one of the grammar's sentences has no words");
    if (known.insert(sentence).second) sentences.push_back(std::move(sentence));
  }
  return sentences;
}

}  // namespace saywell
