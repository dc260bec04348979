// Two open traces beside each other, compared on a thread of its own: where they part first, and in how many steps.
#pragma once

#include <memory>
#include <string>

#include "core/steps/compare/compare_traces.hpp"
#include "viz/base/work/job.hpp"
#include "viz/session/session.hpp"

namespace keyhole::viz {

class TraceDifference {
  public:
    void begin(const Session& first, const Session& second);
    /// Takes over what the thread found; before each frame.
    void tick();

    bool running() const { return job_ != nullptr; }
    /// One sentence or two; empty where nothing was asked.
    const std::string& words() const { return words_; }
    /// The first step that differs, where `session` is one of the two; else empty.
    std::string address(const Session& session) const;

  private:
    std::uint64_t first_ = 0, second_ = 0; // sessions
    std::string titles_, words_, address_;
    std::shared_ptr<TraceComparison> found_; // the thread's while it runs
    std::unique_ptr<Job> job_;
};

/// "they part at ADDRESS: NAME is FIRST here and SECOND there; 12 steps differ in all", or that they do not.
std::string difference_words(const TraceComparison& comparison);

} // namespace keyhole::viz
