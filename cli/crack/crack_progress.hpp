// What a running key search says: rate, share done, time left, and what all 2^56 keys would take here and elsewhere.
// Redrawn in place on a terminal; otherwise a line now and then. Everything goes to stderr.
#pragma once

#include <string>

#include "cli/terminal/progress_line.hpp"
#include "core/attack/key_search.hpp"

namespace keyhole::cli {

/// Of all threads at once, measured for half a second: cores are slower together than one is alone, and more threads
/// than cores add nothing.
double cpu_keys_per_second(unsigned threads, bitslice::Level level);

class CrackProgress {
  public:
    /// `state` is where this run starts.
    CrackProgress(const KeySearch& search, const KeySearchState& state);

    /// `threads` is 0 where only cards search; `cards`: their names, empty without any.
    void say_start(unsigned threads, bitslice::Level level, const std::string& cards) const;
    void update(const KeySearchState& state);
    /// The last word, with the whole key space at this rate; clears the line that is redrawn. After too short a search
    /// to tell a rate one is measured, in about half a second, unless the search was stopped, is one part of many, or
    /// has no threads.
    void say_end(const KeySearchState& state, unsigned threads, bitslice::Level level, bool stopped);

  private:
    double seconds(const KeySearchState& state) const { return state.seconds - start_.seconds; } // of this run
    double rate(const KeySearchState& state) const;                                              // keys a second

    const KeySearch& search_;
    const KeySearchState start_;
    ProgressLine line_;
};

} // namespace keyhole::cli
