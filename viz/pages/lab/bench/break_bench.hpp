// An attack on fewer rounds while it runs beside the window: what is attacked, how far it has come, and the counters as
// bars that grow. The attack gets texts; the key that was drawn stays here, to colour the right bar. No ImGui.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/des/des.hpp"
#include "viz/pages/lab/bench/watched_job.hpp"

namespace keyhole::viz {

enum class AttackKind { differential, linear };

struct BreakChoice {
    AttackKind kind = AttackKind::differential;
    unsigned rounds = 4; // 4, 6 or 8
    unsigned seed = 1;

    bool operator==(const BreakChoice&) const = default;
};

struct BreakBar {
    std::string subkey;
    double count = 0;
    bool right = false; // it is the one of the key that was drawn
};

/// The counters of one box, or of one equation: the highest bars, the highest first.
struct BreakBars {
    std::string title;
    std::vector<BreakBar> bars;
    double expected = 0; // how high the right one should be
};

struct BreakPicture {
    std::vector<BreakBars> groups;
    std::string words; // how far it has come
};

class BreakBench {
  public:
    /// Starts with texts that the choice's seed draws; one that runs is stopped first.
    void start(const BreakChoice& choice);
    void cancel() { job_.cancel(); }
    bool running() const { return job_.running(); }

    /// Takes what there is by now. True when the attack has just ended.
    bool poll() { return job_.poll(); }

    /// Whether that attack is the one that was started last: the picture and the outcome are its.
    bool is_about(const BreakChoice& choice) const { return started_ == choice; }
    const BreakPicture& picture() const { return job_.state(); }
    const std::string& outcome() const { return job_.outcome().words; } // empty until it has ended
    bool failed() const { return job_.outcome().failed; }
    /// What runs, and how far it has come: "linear, 6 rounds, key number 1: 35 %, ..".
    std::string progress() const;

  private:
    std::optional<BreakChoice> started_;
    WatchedJob<BreakPicture> job_;
};

/// What an attack of that kind on so many rounds takes, and where that is known from: one paragraph.
std::string words_about(const BreakChoice& choice);

} // namespace keyhole::viz
