// A key search on several cores, and on whatever helps them. Workers take a few chunks at a time from one counter, so
// that each does as much as it is fast. All that has to be remembered is the first chunk that is not yet decided, so a
// stop loses at most the chunks that the workers had begun: milliseconds of work.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/attack/key_search.hpp"

namespace keyhole {

/// What searches beside this CPU's cores, many chunks in one go: a graphics card (core/attack/cards).
class ChunkSearcher {
  public:
    using Keys = std::map<std::uint64_t, std::vector<des::Block>>; // by chunk, as search_chunk has them

    virtual ~ChunkSearcher() = default;

    virtual std::string name() const = 0;
    /// Gets ready, which may take seconds; at once where it is ready. `stopped` is asked now and then; true ends it
    /// early. Throws Error where it cannot.
    virtual void prepare(const std::function<bool()>& stopped) = 0;
    /// How many chunks it would like to have next, at least 1.
    virtual std::uint64_t wish() const = 0;
    /// The keys of [from, to). Throws Error where it fails: none of these chunks counts as searched then.
    virtual Keys search(std::uint64_t from, std::uint64_t to) = 0;
};

struct KeySearchOptions {
    unsigned threads = 1; // 0: the helpers search alone
    bitslice::Level level = bitslice::Level::portable;
    unsigned interval_ms = 200; // between two calls of `progress`
    /// Called by the calling thread; false stops the search cleanly. May be empty.
    std::function<bool(const KeySearchState&)> progress;
    std::vector<ChunkSearcher*> helpers{}; // each on a thread of its own, as soon as it is ready
    /// Called by the calling thread for a helper that failed: it searches no more, and what it had is searched by
    /// others.
    std::function<void(const ChunkSearcher&, const std::string& why)> left_out{};
};

/// Searches from `state` until a key is found, the part is done, or `progress` says stop, and returns the state then.
/// The key found is that of the lowest chunk, whatever the number of threads. With `found` not empty there is nothing
/// to do. The state is neither finished nor was it stopped where all helpers failed and there was no thread.
KeySearchState run_key_search(const KeySearch& search, KeySearchState state, const KeySearchOptions& options);

/// The state at the start of the search's part.
KeySearchState fresh_state(const KeySearch& search);

inline bool finished(const KeySearch& search, const KeySearchState& state) {
    return !state.found.empty() || state.next_chunk >= search.end_chunk();
}

} // namespace keyhole
