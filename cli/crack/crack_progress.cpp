#include "cli/crack/crack_progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <thread>
#include <vector>

#include "core/attack/search_times.hpp"
#include "core/attack/threads.hpp"
#include "core/base/words.hpp"

namespace keyhole::cli {
namespace {

constexpr double least_measured = 0.5; // seconds; a shorter search measures its start rather than its speed

} // namespace

double cpu_keys_per_second(unsigned threads, bitslice::Level level) {
    threads = std::min(threads, std::max(1U, std::thread::hardware_concurrency()));
    std::vector<double> rates(threads);
    run_threads(threads, [&](unsigned i) { rates[i] = keys_per_second(level, least_measured); });
    return std::accumulate(rates.begin(), rates.end(), 0.0);
}

CrackProgress::CrackProgress(const KeySearch& search, const KeySearchState& state) : search_(search), start_(state) {}

void CrackProgress::say_start(unsigned threads, bitslice::Level level, const std::string& cards) const {
    const double keys = static_cast<double>(search_.end_chunk() - search_.first_chunk()) *
                        static_cast<double>(search_.keys_per_chunk());
    std::string workers;
    if (threads > 0)
        workers = fmt::format("{}, {} keys at once ({})", counted(threads, "thread"), bitslice::batch_size(level),
                              bitslice::name(level));
    if (!cards.empty()) workers += (threads > 0 ? "; and " : "") + cards;
    fmt::print(stderr, "{}{}, {} key{} in this part; {}\n", counted(search_.unknown_bits(), "unknown key bit"),
               search_.decides_complements() ? " and all complements" : "", short_number(keys), keys == 1 ? "" : "s",
               workers);
}

double CrackProgress::rate(const KeySearchState& state) const {
    const double keys =
        static_cast<double>(state.next_chunk - start_.next_chunk) * static_cast<double>(search_.keys_per_chunk());
    return seconds(state) > 0 ? keys / seconds(state) : 0;
}

void CrackProgress::update(const KeySearchState& state) {
    if (!line_.due()) return;
    const double per_second = rate(state);
    if (per_second <= 0) return;
    const double all = static_cast<double>(search_.end_chunk() - search_.first_chunk());
    const double done = static_cast<double>(state.next_chunk - search_.first_chunk());
    const double left = (all - done) * static_cast<double>(search_.keys_per_chunk()) / per_second;
    const double share = all > 0 ? done / all : 1;
    std::string bar;
    if (line_.on_terminal()) {
        constexpr std::size_t width = 24;
        const auto full = static_cast<std::size_t>(std::floor(share * width));
        bar = fmt::format("[{}{}] ", std::string(full, '#'), std::string(width - full, '.'));
    }
    line_.show(fmt::format("{}{:.2f} %  {} keys/s  {} left  (all 2^56: {})", bar, 100 * share, short_number(per_second),
                           span_of_time(left), span_of_time(whole_key_space / per_second)));
}

void CrackProgress::say_end(const KeySearchState& state, unsigned threads, bitslice::Level level, bool stopped) {
    line_.end();
    const bool measured = seconds(state) >= least_measured;
    if (!measured && (stopped || search_.question().parts > 1 || threads == 0)) return;
    const double per_second = measured ? rate(state) : cpu_keys_per_second(threads, level);
    if (per_second <= 0) return;
    if (measured) {
        fmt::print(stderr, "{} keys/s over {}; all 2^56 keys would take\n", short_number(per_second),
                   span_of_time(seconds(state)));
    } else {
        fmt::print(
            stderr,
            "done in {:.0f} ms, too short to tell a rate; {} keys/s in a trial of {}: all 2^56 keys would take\n",
            1000 * seconds(state), short_number(per_second), span_of_time(least_measured));
    }
    fmt::print(stderr, "  {:<10} here, at this rate\n", span_of_time(whole_key_space / per_second));
    for (const CrackMachine& machine : published_machines()) {
        fmt::print(stderr, "  {:<10} on {}\n", span_of_time(whole_key_space / machine.keys_per_second), machine.name);
    }
}

} // namespace keyhole::cli
