#include "align/event_links.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_alignment.h"
#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

PathEvent event_of(std::size_t token) { return said(token, {token, token + 1}); }

std::string tokens_to(const EventLinks& links, EventLink last) {
  std::string tokens;
  for (const PathEvent& event : links.events_to(last)) tokens += std::to_string(event.token) + " ";
  return tokens;
}

TEST(EventLinks, EventsComeInOrderOfTime) {
  EventLinks links;
  const EventLink first = links.add(kNoLink, event_of(0));
  const EventLink last = links.add(first, event_of(1));
  EXPECT_EQ(tokens_to(links, last), "0 1 ");
  EXPECT_EQ(tokens_to(links, kNoLink), "");
}

TEST(EventLinks, CollectingKeepsWhatTheRootsLeadTo) {
  EventLinks links;
  const EventLink dead = links.add(kNoLink, event_of(7));
  const EventLink shared = links.add(kNoLink, event_of(0));
  links.add(dead, event_of(8));
  EventLink left = links.add(shared, event_of(1));
  links.add(left, event_of(9));
  EventLink right = links.add(shared, event_of(2)), none = kNoLink;
  const std::vector<EventLink*> roots = {&right, &left, &none};
  links.collect(roots);
  EXPECT_EQ(links.size(), 3U);
  EXPECT_EQ(tokens_to(links, left), "0 1 ");
  EXPECT_EQ(tokens_to(links, right), "0 2 ");
  EXPECT_EQ(none, kNoLink);
}

TEST(EventLinks, CollectedAgainAndAgainAPathStaysWhole) {
  EventLinks links;
  EventLink path = kNoLink;
  for (std::size_t token = 0; token < 50; ++token) {
    path = links.add(path, event_of(token));
    while (!links.is_crowded()) links.add(path, event_of(1000));
    const std::vector<EventLink*> roots = {&path};
    links.collect(roots);
    EXPECT_EQ(links.size(), token + 1);
  }
  const std::vector<PathEvent> events = links.events_to(path);
  ASSERT_EQ(events.size(), 50U);
  for (std::size_t token = 0; token < 50; ++token) EXPECT_EQ(events[token].token, token);
}

// Long enough that the search collects its links several times.
TEST(EventLinks, ALongAlignmentKeepsItsPath) {
  constexpr int kTimes = 100;
  std::string speech, text;
  for (int i = 0; i < kTimes; ++i) {
    speech += "W IY K AO L IH T B EH R ";
    text += std::string(i == 0 ? "" : "|") + "W IY|K AO L|IH T|B EH R";
  }
  const AlignmentPath path =
      find_alignment_path(synthetic_posteriors(speech), synthetic_text(text));
  ASSERT_EQ(path.events.size(), 4U * kTimes);
  for (std::size_t i = 0; i < path.events.size(); ++i) EXPECT_EQ(path.events[i].token, i);
}

}  // namespace
}  // namespace saywell
