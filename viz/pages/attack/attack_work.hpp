// An eavesdropper's attack on a recorded exchange: two ways to the key, and the conversation opened with it. The
// searches are those of core, on a thread of their own; nothing of what the two sides keep secret enters them, but for
// the known part of a key where only some of its bits are searched.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viz/base/work/job.hpp"
#include "viz/pages/attack/attack_model.hpp"
#include "viz/pages/attack/attack_times.hpp"

namespace keyhole::viz {

class Attack {
  public:
    /// `known`: rates that were measured before for the same p, so that they need not be again.
    explicit Attack(const Trace& trace, std::optional<AttackRates> known = {});

    const AttackTarget& target() const { return target_; }

    unsigned bits() const { return bits_; }
    void set_bits(int bits); // clamped to 1..56

    /// Of the safe prime that the times are for: a place in group_sizes(), clamped.
    int size() const { return size_; }
    void set_size(int size);

    // What the search runs on; cards are measured the first time. Nothing changes where there are none, or work goes
    // on.
    AttackDevices devices() const { return devices_; }
    void next_devices();
    /// Cards are left to the screen for a moment after each 0.1 s.
    bool gentle() const { return gentle_; }
    void set_gentle(bool gentle) { gentle_ = gentle; }
    void take_choices(const Attack& other); // bits, size, devices

    // Each starts a job, after the measuring where that still goes on. Nothing happens where the target does not allow
    // it, or another runs.
    void start_search();
    void start_log();
    void cancel();

    enum class Work { none, measure, search, log };
    Work work() const { return work_; }
    /// What was asked for begins once the rates are measured.
    bool waits() const { return asked_ != Work::none; }
    double share() const { return job_ ? job_->share() : 0; }

    /// Takes what the job has found; true when something changed.
    bool poll();

    /// The rate of the search that runs or ran last, keys or operations a second.
    double rate() const;
    const AttackRates& rates() const { return rates_; }
    double log2_operations() const { return log2_operations_; }

    std::vector<AttackTime> times() const;

    const std::string& words() const { return words_; } // how the last work ended
    bool failed() const { return failed_; }
    const std::optional<des::Block>& found_key() const { return found_key_; }
    const std::optional<Number>& found_exponent() const { return found_exponent_; }
    const std::optional<Number>& found_secret() const { return found_secret_; } // B to that exponent
    const std::vector<OpenedMessage>& opened() const { return opened_; }

  private:
    struct Shared; // what a job writes and poll() reads

    void start(Work work, std::function<std::string(Job::Progress&)> what);
    void measure(std::optional<AttackRates> known);
    bool free_for(Work work);

    const Recording* recording_;
    AttackTarget target_;
    unsigned bits_ = 24;
    int size_ = 0;
    AttackDevices devices_ = AttackDevices::cpu;
    bool gentle_ = true;
    Work work_ = Work::none, asked_ = Work::none;
    std::shared_ptr<Shared> shared_;
    AttackRates rates_;
    double log2_operations_ = 0;
    std::optional<AttackRun> search_, logarithm_; // the last ones
    std::string words_;
    bool failed_ = false;
    std::optional<des::Block> found_key_;
    std::optional<Number> found_exponent_, found_secret_;
    std::vector<OpenedMessage> opened_;
    std::unique_ptr<Job> job_; // last, so that it ends first
};

} // namespace keyhole::viz
