// How a search for a discrete logarithm runs: with how many workers, on whose threads, and whether it goes on.
#pragma once

#include <cstdint>
#include <functional>

namespace keyhole::dlog {

/// Runs job(0) .. job(count - 1), in any order or at once, and returns when all are done.
using Parallel = std::function<void(unsigned count, const std::function<void(unsigned)>& job)>;

/// Told of the group operations done so far every now and then; returns false to stop.
using Progress = std::function<bool(std::uint64_t operations)>;

struct Settings {
    unsigned workers = 1;
    Parallel parallel; // empty: one after the other
    Progress progress; // empty: never stopped
};

} // namespace keyhole::dlog
