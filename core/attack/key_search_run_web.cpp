// A browser gives a page no threads: the search goes through its chunks one after another, and nobody helps.
#include <chrono>

#include "core/attack/key_search_run.hpp"

namespace keyhole {

KeySearchState fresh_state(const KeySearch& search) {
    return {.next_chunk = search.first_chunk(), .found = {}, .seconds = 0};
}

KeySearchState run_key_search(const KeySearch& search, KeySearchState state, const KeySearchOptions& options) {
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    const double before = state.seconds;
    auto told = begin;
    while (!finished(search, state)) {
        state.found = search.search_chunk(state.next_chunk, options.level);
        if (state.found.empty()) ++state.next_chunk;
        const auto now = Clock::now();
        state.seconds = before + std::chrono::duration<double>(now - begin).count();
        if (!options.progress || now - told < std::chrono::milliseconds(options.interval_ms)) continue;
        told = now;
        if (!options.progress(state)) break;
    }
    return state;
}

} // namespace keyhole
