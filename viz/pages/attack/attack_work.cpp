#include "viz/pages/attack/attack_work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <utility>

#include "core/attack/discrete_log.hpp"
#include "core/attack/discrete_log_estimate.hpp"
#include "core/attack/key_search_run.hpp"
#include "core/attack/search_times.hpp"
#include "core/attack/threads.hpp"
#include "core/base/error.hpp"
#include "core/dh/modexp.hpp"

namespace keyhole::viz {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned most_bits = 56;
constexpr unsigned first_size = 2048; // bits
constexpr std::size_t most_opened = 200;
constexpr std::size_t most_planned_bits = 256;
constexpr double longest_log2_seconds = 16; // of a discrete logarithm that is begun: 18 hours
constexpr double longest_log2_wait = 3;     // where the window waits for it
constexpr double card_seconds = 0.5;        // that a card is measured for
constexpr double least_seconds = 1e-6;      // that anything is said to have taken

double seconds_since(Clock::time_point from) {
    return std::max(std::chrono::duration<double>(Clock::now() - from).count(), least_seconds);
}

} // namespace

struct Attack::Shared {
    std::mutex mutex;
    AttackRates rates;
    double rate = 0, log2_operations = 0;
    std::optional<AttackRun> search, logarithm;
    std::optional<des::Block> key;
    std::optional<Number> exponent, secret;
};

Attack::Attack(const Trace& trace, std::optional<AttackRates> known)
    : recording_(&trace.recording()), target_(attack_target(trace)), shared_(std::make_shared<Shared>()) {
    const auto sizes = group_sizes();
    size_ = static_cast<int>(std::ranges::find(sizes, first_size) - sizes.begin());
    measure(std::move(known));
}

void Attack::set_bits(int bits) { bits_ = static_cast<unsigned>(std::clamp(bits, 1, static_cast<int>(most_bits))); }

void Attack::set_size(int size) { size_ = std::clamp(size, 0, static_cast<int>(group_sizes().size()) - 1); }

void Attack::take_choices(const Attack& other) {
    bits_ = other.bits_;
    size_ = other.size_;
    devices_ = other.devices_;
    gentle_ = other.gentle_;
}

void Attack::next_devices() {
    if (work_ != Work::none || rates_.cards.empty()) return;
    devices_ = static_cast<AttackDevices>((static_cast<int>(devices_) + 1) % 3);
    const bool measured = std::ranges::all_of(rates_.cards, [](const AttackCard& card) { return card.rate > 0; });
    if (devices_ == AttackDevices::cpu || measured) return;
    start(Work::measure, [shared = shared_, cards = rates_.cards](Job::Progress& progress) mutable -> std::string {
        for (AttackCard& card : cards) {
            if (!progress.cancelled()) card.rate = measured_rate(card, card_seconds);
        }
        const std::lock_guard lock(shared->mutex);
        shared->rates.cards = std::move(cards);
        return {};
    });
}

std::vector<AttackTime> Attack::times() const {
    AttackQuestion question{.rates = rates_,
                            .key_bits = bits_,
                            .group_bits = group_sizes()[static_cast<std::size_t>(size_)],
                            .own_bits = {},
                            .own_log2_operations = log2_operations_,
                            .search = search_,
                            .logarithm = logarithm_};
    if (target_.parameters) question.own_bits = static_cast<unsigned>(bit_length(target_.parameters->p));
    return attack_times(question);
}

void Attack::start(Work work, std::function<std::string(Job::Progress&)> what) {
    words_.clear();
    failed_ = false;
    work_ = work;
    shared_->rate = 0;
    job_ = std::make_unique<Job>(std::move(what));
}

void Attack::measure(std::optional<AttackRates> known) {
    start(Work::measure,
          [shared = shared_, parameters = target_.parameters, y = target_.public_keys[0],
           known = std::move(known)](Job::Progress& progress) -> std::string {
              const auto p = parameters ? std::optional(parameters->p) : std::nullopt;
              const bool enough = known && (!p || known->operations.median > 0);
              AttackRates rates = enough ? *known : measure_rates(p, [&] { return progress.cancelled(); });
              double operations = 0;
              if (parameters && !progress.cancelled()) {
                  // What p - 1 is made of is looked for where that can change the answer.
                  const std::size_t bits = bit_length(parameters->p);
                  operations = static_cast<double>(bits) / 2;
                  if (y && bits <= most_planned_bits)
                      operations = dlog::make_plan({parameters->p, parameters->g, *y}).log2_operations;
              }
              const std::lock_guard lock(shared->mutex);
              shared->rates = std::move(rates);
              shared->log2_operations = operations;
              return {};
          });
}

// What is asked while the rates are measured is done after it.
bool Attack::free_for(Work work) {
    if (work_ == Work::measure) asked_ = work;
    return work_ == Work::none;
}

void Attack::start_search() {
    if (!target_.pair || !target_.key || !free_for(Work::search)) return;
    const des::Block unknown = lowest_key_bits(bits_);
    start(Work::search,
          [shared = shared_, pair = *target_.pair, known = *target_.key & ~unknown, unknown, bits = bits_,
           devices = devices_, cards = rates_.cards, gentle = gentle_, begin = Clock::now(),
           reached = std::optional<KeySearchState>()](Job::Progress& progress) mutable -> std::string {
              const KeySearch search({.pair = pair, .second = {}, .known_key = known, .unknown = unknown});
              const double all = static_cast<double>(search.end_chunk() - search.first_chunk());
              const auto rate = [&](const KeySearchState& state) {
                  return static_cast<double>(state.next_chunk - search.first_chunk()) *
                         static_cast<double>(search.keys_per_chunk()) / seconds_since(begin);
              };
              KeySearchOptions options{
                  .threads = core_count(), .level = bitslice::best_level(), .interval_ms = 50, .progress = {}};
              options.progress = [&](const KeySearchState& state) {
                  progress.report(state.next_chunk - search.first_chunk(), static_cast<std::uint64_t>(all));
                  const std::lock_guard lock(shared->mutex);
                  shared->rate = rate(state);
                  return !progress.cancelled() && !progress.slice_over();
              };
              std::string lost;
              const KeySearchState end = search_on(devices, cards, gentle, search,
                                                   reached.value_or(fresh_state(search)), std::move(options), lost);
              if (!finished(search, end) && !progress.cancelled() && progress.slice_over()) {
                  reached = end;
                  progress.go_on_later();
                  return {};
              }
              const double seconds = seconds_since(begin);
              const std::lock_guard lock(shared->mutex);
              shared->rate = rate(end);
              shared->search = {.bits = bits, .seconds = seconds, .finished = finished(search, end)};
              if (end.found.empty())
                  return shared->search->finished ? lost + "no key fits" : lost + "stopped; no key found yet";
              shared->key = end.found.front();
              return fmt::format("{}found the key 0x{:016X} after {}", lost, end.found.front(),
                                 long_span_of_time(std::log2(seconds)));
          });
}

void Attack::start_log() {
    if (!target_.why_no_log.empty() || !free_for(Work::log)) return;
    start(Work::log,
          [shared = shared_, parameters = *target_.parameters, a = *target_.public_keys[0],
           b = *target_.public_keys[1]](Job::Progress& progress) -> std::string {
              const dlog::Problem problem{parameters.p, parameters.g, a};
              const dlog::Plan plan = dlog::make_plan(problem);
              const double rate = dlog::operations_per_second(problem.p) * core_count();
              const double log2_seconds = plan.log2_operations - std::log2(rate);
              if (!plan.possible() ||
                  log2_seconds > (Job::beside_the_window() ? longest_log2_seconds : longest_log2_wait)) {
                  throw Error(Failure::answer_no,
                              fmt::format("not begun: about 2^{:.0f} multiplications modulo p, {} here",
                                          plan.log2_operations, long_span_of_time(log2_seconds)));
              }
              const auto expected = static_cast<std::uint64_t>(std::exp2(plan.log2_operations)) + 1;
              const auto begin = Clock::now();
              const dlog::Solution solution = dlog::solve(
                  problem, plan,
                  {.workers = core_count(), .parallel = run_threads, .progress = [&](std::uint64_t operations) {
                       progress.report(operations, std::max(expected, operations));
                       const std::lock_guard lock(shared->mutex);
                       shared->rate = static_cast<double>(operations) / seconds_since(begin);
                       return !progress.cancelled();
                   }});
              const double seconds = seconds_since(begin);
              if (!solution.x) return "stopped; no exponent found yet";
              const Number secret = power(b, *solution.x, parameters.p);
              const std::lock_guard lock(shared->mutex);
              shared->logarithm = {.bits = static_cast<unsigned>(plan.p_bits), .seconds = seconds, .finished = true};
              shared->exponent = solution.x;
              shared->secret = secret;
              shared->key = dh::derive(secret, parameters.p, parameters.kdf).key;
              return fmt::format("found an exponent for A after {} multiplications", solution.operations);
          });
}

void Attack::cancel() {
    asked_ = Work::none;
    if (job_) job_->cancel();
}

bool Attack::poll() {
    auto outcome = job_ ? job_->take() : std::nullopt;
    if (!outcome) return false;
    work_ = Work::none;
    words_ = std::move(outcome->words);
    failed_ = outcome->failed;
    std::unique_lock lock(shared_->mutex);
    rates_ = shared_->rates;
    search_ = shared_->search;
    logarithm_ = shared_->logarithm;
    log2_operations_ = shared_->log2_operations;
    found_exponent_ = shared_->exponent;
    found_secret_ = shared_->secret;
    if (shared_->key && shared_->key != found_key_) {
        found_key_ = shared_->key;
        opened_ = open_messages(*recording_, *found_key_, most_opened);
    }
    lock.unlock();
    const Work asked = std::exchange(asked_, Work::none);
    if (asked == Work::search) start_search();
    if (asked == Work::log) start_log();
    return true;
}

double Attack::rate() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->rate;
}

} // namespace keyhole::viz
