// A key search on several cores. Workers take a few chunks at a time from one counter. All that has to be remembered is
// the first chunk that is not yet decided, so a stop loses at most the chunks that the workers had begun: milliseconds
// of work.
#pragma once

#include <functional>

#include "core/attack/key_search.hpp"

namespace keyhole {

struct KeySearchOptions {
    unsigned threads = 1;
    bitslice::Level level = bitslice::Level::portable;
    unsigned interval_ms = 200; // between two calls of `progress`
    /// Called by the calling thread; false stops the search cleanly. May be empty.
    std::function<bool(const KeySearchState&)> progress;
};

/// Searches from `state` until a key is found, the part is done, or `progress` says stop, and returns the state then.
/// The key found is that of the lowest chunk, whatever the number of threads. With `found` not empty there is nothing
/// to do.
KeySearchState run_key_search(const KeySearch& search, KeySearchState state, const KeySearchOptions& options);

/// The state at the start of the search's part.
KeySearchState fresh_state(const KeySearch& search);

inline bool finished(const KeySearch& search, const KeySearchState& state) {
    return !state.found.empty() || state.next_chunk >= search.end_chunk();
}

} // namespace keyhole
