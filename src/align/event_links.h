// The events of all paths that a search still follows, each linked to the one before it.
//
// Dropped paths leave links without a successor. These are collected now and then (mark and
// compact), so memory follows the live paths, not the length of the recording.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "align/alignment_path.h"

namespace saywell {

// A place in EventLinks; valid until the next collection renumbers it.
using EventLink = std::int32_t;
inline constexpr EventLink kNoLink = -1;

class EventLinks {
 public:
  // `previous`: kNoLink for the first event of a path.
  EventLink add(EventLink previous, const PathEvent& event);

  // Twice as many links as were alive after the last collection: time for another.
  bool is_crowded() const { return links_.size() >= crowded_at_; }

  // Drops every link that is not on a path to one of `roots`, and renumbers the roots in place. A
  // root may be kNoLink; none may be listed twice.
  void collect(std::span<EventLink* const> roots);

  // The events that lead to `last` and itself, in order of time.
  std::vector<PathEvent> events_to(EventLink last) const;

  std::size_t size() const { return links_.size(); }

 private:
  struct Link {
    EventLink previous;
    PathEvent event;
  };

  static constexpr std::size_t kFewLinks = 1 << 14;

  std::vector<Link> links_;  // each behind its previous one
  std::size_t crowded_at_ = kFewLinks;
};

}  // namespace saywell
