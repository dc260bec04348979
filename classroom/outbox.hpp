// What still has to be sent to one device. Of recordings and of places only the newest is kept, so a slow device skips
// what it has missed; of the rest at most so many, the oldest go first.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>

namespace keyhole::classroom {

class Outbox {
  public:
    using Line = std::shared_ptr<const std::string>;
    static constexpr std::size_t most_lines = 32;

    void put_recording(Line line) { recording_ = std::move(line); }
    void put_place(Line line) { place_ = std::move(line); }
    void put(Line line) {
        if (lines_.size() == most_lines) lines_.pop_front();
        lines_.push_back(std::move(line));
    }

    /// The next line, a null pointer where there is none: the recording, the place in it, and then the rest.
    Line take() {
        if (recording_) return std::exchange(recording_, nullptr);
        if (place_) return std::exchange(place_, nullptr);
        if (lines_.empty()) return nullptr;
        Line line = std::move(lines_.front());
        lines_.pop_front();
        return line;
    }

  private:
    Line recording_, place_;
    std::deque<Line> lines_;
};

} // namespace keyhole::classroom
