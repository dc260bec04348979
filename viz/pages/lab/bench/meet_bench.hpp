// Meeting in the middle of double DES while it runs beside the window: what is attacked, how full the table is, what is
// left after each pair of texts, and what it took. The attack gets texts and the known bits; the keys that were drawn
// stay here, to say whether those that were found are they. No ImGui.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/lab/attack/meet.hpp"
#include "viz/pages/lab/bench/watched_job.hpp"

namespace keyhole::viz {

struct MeetChoice {
    unsigned unknown_bits = 16; // of each key
    bool one_wrong = false;     // one of the known bits is not the key's
    unsigned seed = 1;

    bool operator==(const MeetChoice&) const = default;
};

/// The numbers of unknown bits that the window offers.
inline constexpr std::array<unsigned, 6> meet_sizes = {8, 12, 16, 20, 22, 24};

/// What is there to see of an attack, from its beginning to its end.
struct MeetSeen {
    lab::MeetQuestion question; // its pairs are empty before the keys are drawn
    lab::MeetState state;
    std::vector<lab::KeyPair> keys; // found
    bool ended = false;             // all keys were done
};

class MeetBench {
  public:
    /// Starts with keys and texts that the choice's seed draws; one that runs is stopped first.
    void start(const MeetChoice& choice);
    void cancel() { job_.cancel(); }
    bool running() const { return job_.running(); }

    /// Takes what there is by now. True when the attack has just ended.
    bool poll() { return job_.poll(); }

    /// Whether that attack is the one that was started last: what is seen and the outcome are its.
    bool is_about(const MeetChoice& choice) const { return started_ == choice; }
    const MeetSeen& seen() const { return job_.state(); }
    const std::string& outcome() const { return job_.outcome().words; } // empty until it has ended
    bool failed() const { return job_.outcome().failed; }
    /// What runs, and how far it has come.
    std::string progress() const;

  private:
    std::optional<MeetChoice> started_;
    WatchedJob<MeetSeen> job_;
};

/// What came of it, in one line.
std::string outcome_words(const lab::MeetResult& result, const lab::KeyPair& drawn, std::size_t pairs);

/// What an attack with so many unknown bits takes, and what is published: one paragraph.
std::string words_about(const MeetChoice& choice);

/// What the first key found makes of the first plaintext; nothing while none is found.
std::optional<des::Block> middle_of(const MeetSeen& seen);

/// How much work one way is: in DES operations, as a power of two, and how long that takes.
struct MeetPrice {
    std::string name;
    double log2_work = 0;
    std::string time, memory;
};
/// Meeting, and brute force over both keys; times are left empty until a rate has been measured.
std::array<MeetPrice, 2> prices(const MeetSeen& seen);

/// Pairs of keys that are left after a step, and how many wrong ones chance would leave, as a power of two.
struct MeetLeft {
    std::string after;
    std::optional<std::uint64_t> left; // nothing: not counted yet
    double log2_wrong = 0;
};
std::vector<MeetLeft> what_is_left(const MeetSeen& seen);

} // namespace keyhole::viz
