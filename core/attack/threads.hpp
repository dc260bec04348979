// The same work on several threads at once.
#pragma once

#include <functional>
#include <thread>
#include <vector>

namespace keyhole {

/// Runs `job` with the numbers 0 to `count` - 1, the first on the calling thread, and waits for all.
inline void run_threads(unsigned count, const std::function<void(unsigned)>& job) {
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < count; ++i) threads.emplace_back([&job, i] { job(i); });
    job(0);
}

} // namespace keyhole
