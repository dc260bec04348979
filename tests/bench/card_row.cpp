// The key search on the first graphics card against this CPU's engine on all cores: by time, because a card spends no
// processor time.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "core/attack/cards/card.hpp"
#include "core/attack/threads.hpp"
#include "core/base/error.hpp"
#include "tests/bench/measure.hpp"

namespace keyhole::bench {
namespace {

constexpr double seconds_each = 0.5;

double cpu_rate(unsigned threads) {
    std::vector<double> rates(threads);
    run_threads(threads, [&](unsigned i) { rates[i] = keys_per_second(bitslice::best_level(), seconds_each); });
    double sum = 0;
    for (const double rate : rates) sum += rate;
    return sum;
}

} // namespace

Row key_search_gpu_row() {
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    Row row{.name = {},
            .what = "keys tried on ",
            .peer_name = fmt::format("this CPU, {}, all {} cores", bitslice::name(bitslice::best_level()), threads),
            .unit = "M keys/s",
            .target = 10,
            .missing = {}};
    try {
        const auto devices = cards::opencl_devices();
        const auto found =
            std::find_if(devices.begin(), devices.end(), [](const auto& device) { return device.is_card(); });
        if (found == devices.end()) {
            row.missing = "a graphics card with an OpenCL driver";
            return row;
        }
        row.what += found->name;
        const KeySearch all{KeySearchQuestion{}};
        cards::Card card(*found, all);
        card.prepare([] { return false; });
        measure(
            row, Better::more, 5, [&] { return card.measure(seconds_each) * 1e-6; },
            [&] { return cpu_rate(threads) * 1e-6; });
    } catch (const Error& error) {
        row.missing = error.what();
    }
    return row;
}

} // namespace keyhole::bench
