#include "tests/bench/measure.hpp"

#include <algorithm>
#include <ctime>

namespace keyhole::bench {
namespace {

// The value below which `share` of them lie.
double quantile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

} // namespace

double thread_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

void measure(Row& row, Better better, unsigned rounds, const std::function<double()>& ours,
             const std::function<double()>& peers) {
    std::vector<double> values, peer_values, ratios;
    for (unsigned i = 0; i < rounds; ++i) {
        values.push_back(ours());
        peer_values.push_back(peers());
        ratios.push_back(better == Better::less ? peer_values.back() / values.back()
                                                : values.back() / peer_values.back());
    }
    row.value = quantile(values, 0.5);
    row.peer = quantile(peer_values, 0.5);
    row.ratio = quantile(ratios, 0.5);
    row.low = quantile(ratios, 0.25);
    row.high = quantile(ratios, 0.75);
}

double nanoseconds_each(double count, const std::function<void()>& work) {
    const double begin = thread_seconds();
    work();
    return (thread_seconds() - begin) * 1e9 / count;
}

} // namespace keyhole::bench
