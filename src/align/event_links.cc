#include "align/event_links.h"

#include <algorithm>

namespace saywell {
namespace {

constexpr EventLink kReached = 0;  // any number but kNoLink

std::size_t index_of(EventLink link) { return static_cast<std::size_t>(link); }

}  // namespace

EventLink EventLinks::add(EventLink previous, const PathEvent& event) {
  links_.push_back({previous, event});
  return static_cast<EventLink>(links_.size() - 1);
}

void EventLinks::collect(std::span<EventLink* const> roots) {
  std::vector<EventLink> new_number(links_.size(), kNoLink);
  for (const EventLink* root : roots) {
    for (EventLink at = *root; at != kNoLink && new_number[index_of(at)] == kNoLink;
         at = links_[index_of(at)].previous) {
      new_number[index_of(at)] = kReached;
    }
  }
  const auto renumbered = [&](EventLink link) {
    return link == kNoLink ? kNoLink : new_number[index_of(link)];
  };
  std::size_t kept = 0;
  for (std::size_t i = 0; i < links_.size(); ++i) {
    if (new_number[i] == kNoLink) continue;
    new_number[i] = static_cast<EventLink>(kept);
    links_[kept++] = {renumbered(links_[i].previous), links_[i].event};
  }
  links_.resize(kept);
  for (EventLink* root : roots) *root = renumbered(*root);
  crowded_at_ = std::max(kFewLinks, 2 * kept);
}

std::vector<PathEvent> EventLinks::events_to(EventLink last) const {
  std::vector<PathEvent> events;
  for (EventLink at = last; at != kNoLink; at = links_[index_of(at)].previous) {
    events.push_back(links_[index_of(at)].event);
  }
  std::reverse(events.begin(), events.end());
  return events;
}

}  // namespace saywell
