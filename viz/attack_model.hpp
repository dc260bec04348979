// An eavesdropper's attack on a recorded exchange: what went over the wire, two ways to the key, and the conversation
// opened with it. The searches are those of core, on a thread of their own; nothing of what the two sides keep secret
// enters them, but for the known part of a key where only some of its bits are searched.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/key_search.hpp"
#include "core/recording.hpp"
#include "viz/job.hpp"

namespace keyhole::viz {

/// What is attacked. A workbench's message has no parameters, and an exchange without a message no block.
struct AttackTarget {
    std::optional<Parameters> parameters;
    std::array<std::optional<Number>, 2> public_keys; // by Role
    std::optional<KnownPair> pair; // what entered DES and what left it in the first block of `message`
    std::uint64_t message = 0;
    std::optional<des::Block> key;         // only for the bits that a shortened search takes as known
    std::string why_no_search, why_no_log; // one line each; empty where it can be done
};

AttackTarget attack_target(const Recording& recording);

/// A message as it reads with a key: from its ciphertext and IV alone.
struct OpenedMessage {
    std::optional<Role> sender; // empty in a workbench
    std::uint64_t number = 1;
    std::string text;   // escaped, cut to a line
    bool reads = false; // padding and UTF-8 are as they should be
};

/// At most `most` messages.
std::vector<OpenedMessage> open_messages(const Recording& recording, des::Block key, std::size_t most);

/// A time on the common axis.
struct AttackTime {
    std::string name;
    double log2_seconds = 0;
    bool measured = false; // else extrapolated
    bool chosen = false;   // the search of the slider, the group of this exchange
};

/// How fast this machine is: 0 where not measured.
struct AttackRates {
    double keys = 0;       // DES keys a second, all cores
    double operations = 0; // multiplications modulo this exchange's p a second, all cores
};

/// From a search of `bits` bits to groups of thousands of bits. `log2_operations` is the plan's for this exchange's
/// group, 0 where there is none.
std::vector<AttackTime> attack_times(const AttackTarget& target, const AttackRates& rates, unsigned bits,
                                     double log2_operations);

class Attack {
  public:
    explicit Attack(const Recording& recording);

    const AttackTarget& target() const { return target_; }

    unsigned bits() const { return bits_; }
    void set_bits(int bits); // clamped to 1..56

    // Each starts a job, after the measuring where that still goes on. Nothing happens where the target does not allow
    // it, or another runs.
    void start_search();
    void start_log();
    void cancel();

    enum class Work { none, measure, search, log };
    Work work() const { return work_; }
    double share() const { return job_ ? job_->share() : 0; }

    /// Takes what the job has found; true when something changed.
    bool poll();

    /// The rate of the search that runs or ran last, keys or operations a second.
    double rate() const;
    const AttackRates& rates() const { return rates_; }
    double log2_operations() const { return log2_operations_; }

    const std::string& words() const { return words_; } // how the last work ended
    bool failed() const { return failed_; }
    const std::optional<des::Block>& found_key() const { return found_key_; }
    const std::optional<Number>& found_exponent() const { return found_exponent_; }
    const std::vector<OpenedMessage>& opened() const { return opened_; }

  private:
    struct Shared; // what a job writes and poll() reads

    void start(Work work, std::function<std::string(Job::Progress&)> what);
    void measure();
    bool free_for(Work work);

    const Recording* recording_;
    AttackTarget target_;
    unsigned bits_ = 24;
    Work work_ = Work::none, asked_ = Work::none;
    std::shared_ptr<Shared> shared_;
    AttackRates rates_;
    double log2_operations_ = 0;
    std::string words_;
    bool failed_ = false;
    std::optional<des::Block> found_key_;
    std::optional<Number> found_exponent_;
    std::vector<OpenedMessage> opened_;
    std::unique_ptr<Job> job_; // last, so that it ends first
};

} // namespace keyhole::viz
