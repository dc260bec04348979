#include "viz/attack_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <thread>

#include "core/crack_times.hpp"
#include "core/discrete_log.hpp"
#include "core/error.hpp"
#include "core/key_search_run.hpp"
#include "core/modexp.hpp"
#include "core/threads.hpp"

namespace keyhole::viz {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned most_bits = 56;
constexpr std::size_t most_opened = 200, line_of_text = 160;
constexpr std::size_t most_planned_bits = 256;
constexpr double measuring_seconds = 0.15;
constexpr double longest_log2_seconds = 16; // of a discrete logarithm that is begun: 18 hours

unsigned cores() { return std::max(1U, std::thread::hardware_concurrency()); }

double seconds_since(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }

// The first block of the first message that was sent and enciphered.
void add_pair(const Recording& recording, AttackTarget& target) {
    for (std::size_t i = 0; i < recording.messages.size(); ++i) {
        const MessageRecord& m = recording.messages[i];
        const bool sent = m.sent && !m.sent->ciphertext.empty();
        const bool received = m.received && !m.received->padded.empty();
        if (!sent && !received) continue;
        const Role holder = sent ? m.sender : other(m.sender);
        const auto key = session_key(recording, holder);
        if (!key) continue;
        Bytes padded;
        const Pass pass = cipher_pass(recording, i + 1, sent ? Stage::encrypt : Stage::decrypt, padded);
        if (pass.block_count() == 0) continue;
        const BlockRun run = pass.block(1);
        const bool forwards = pass.direction() == des::Direction::encrypt;
        target.pair =
            forwards ? KnownPair{run.trace.input, run.trace.output} : KnownPair{run.trace.output, run.trace.input};
        target.key = key;
        target.message = i + 1;
        return;
    }
}

struct WireMessage {
    ByteView ciphertext;
    des::Block iv = 0;
};

std::optional<WireMessage> on_the_wire(const MessageRecord& m) {
    if (m.sent && !m.sent->ciphertext.empty()) return WireMessage{m.sent->ciphertext, m.sent->iv.value_or(0)};
    if (m.received && !m.received->ciphertext.empty())
        return WireMessage{m.received->ciphertext, m.received->iv.value_or(0)};
    return std::nullopt;
}

} // namespace

AttackTarget attack_target(const Recording& recording) {
    AttackTarget target;
    target.parameters = recording.parameters;
    for (const Role role : {Role::server, Role::client})
        target.public_keys[static_cast<std::size_t>(role)] = recording.party(role).public_key;
    add_pair(recording, target);
    if (!target.pair) target.why_no_search = "no message with a known text is in this trace yet";
    if (!target.parameters) {
        target.why_no_log = "there is no Diffie-Hellman exchange in this trace";
    } else if (!target.public_keys[0] || !target.public_keys[1]) {
        target.why_no_log = "the public keys have not crossed the wire yet";
    }
    return target;
}

std::vector<OpenedMessage> open_messages(const Recording& recording, des::Block key, std::size_t most) {
    std::vector<OpenedMessage> out;
    for (std::size_t i = 0; i < recording.messages.size() && out.size() < most; ++i) {
        const MessageRecord& m = recording.messages[i];
        const auto wire = on_the_wire(m);
        if (!wire) continue;
        OpenedMessage opened{.sender = {}, .number = i + 1, .text = {}, .reads = false};
        if (recording.parameters) opened.sender = m.sender;
        std::optional<Bytes> plain;
        if (recording.mode() == Mode::ctr || wire->ciphertext.size() % 8 == 0) {
            plain = apply_mode(recording.mode(), Stage::decrypt, key, wire->iv, wire->ciphertext);
            if (recording.padding() == Padding::pkcs7) plain = unpad_pkcs7(*plain);
        }
        if (plain) {
            const std::string_view text{reinterpret_cast<const char*>(plain->data()), plain->size()};
            opened.reads = is_utf8(text);
            opened.text = opened.reads
                              ? escape_controls(text.substr(0, line_of_text))
                              : "0x" + to_hex(ByteView(*plain).first(std::min<std::size_t>(plain->size(), 32)));
        }
        out.push_back(std::move(opened));
    }
    return out;
}

std::vector<AttackTime> attack_times(const AttackTarget& target, const AttackRates& rates, unsigned bits,
                                     double log2_operations) {
    std::vector<AttackTime> times;
    if (rates.keys > 0) {
        const auto here = [&](unsigned b) { return b - std::log2(rates.keys); };
        times.push_back({fmt::format("DES, {} unknown bits, here", bits), here(bits), bits <= 36, true});
        times.push_back({"DES, all 56 bits, here", here(most_bits), false, false});
    }
    for (const CrackMachine& machine : published_machines()) {
        times.push_back(
            {fmt::format("DES, {}", machine.name), std::log2(whole_key_space / machine.keys_per_second), false, false});
    }
    if (target.parameters && rates.operations > 0) {
        // A generic method takes about the square root of the group's order.
        const double rate = std::log2(rates.operations);
        const auto own = bit_length(target.parameters->p);
        times.push_back(
            {fmt::format("g^x mod p, this p of {} bits", own), log2_operations - rate, log2_operations < 36, true});
    }
    for (const unsigned p_bits : {32U, 64U, 128U, 256U}) {
        if (rates.operations <= 0) break;
        times.push_back({fmt::format("g^x mod p, a safe p of {} bits", p_bits),
                         p_bits / 2.0 - std::log2(rates.operations), false, false});
    }
    return times;
}

struct Attack::Shared {
    std::mutex mutex;
    AttackRates rates;
    double rate = 0, log2_operations = 0;
    std::optional<des::Block> key;
    std::optional<Number> exponent;
};

Attack::Attack(const Recording& recording)
    : recording_(&recording), target_(attack_target(recording)), shared_(std::make_shared<Shared>()) {
    measure();
}

void Attack::set_bits(int bits) { bits_ = static_cast<unsigned>(std::clamp(bits, 1, static_cast<int>(most_bits))); }

void Attack::start(Work work, std::function<std::string(Job::Progress&)> what) {
    words_.clear();
    failed_ = false;
    work_ = work;
    shared_->rate = 0;
    job_ = std::make_unique<Job>(std::move(what));
}

void Attack::measure() {
    start(Work::measure,
          [shared = shared_, parameters = target_.parameters,
           y = target_.public_keys[0]](Job::Progress& progress) -> std::string {
              AttackRates rates;
              rates.keys = keys_per_second(bitslice::best_level(), measuring_seconds) * cores();
              double operations = 0;
              if (parameters && !progress.cancelled()) {
                  rates.operations = dlog::operations_per_second(parameters->p) * cores();
                  // What p - 1 is made of is looked for where that can change the answer.
                  const std::size_t bits = bit_length(parameters->p);
                  operations = static_cast<double>(bits) / 2;
                  if (y && bits <= most_planned_bits)
                      operations = dlog::make_plan({parameters->p, parameters->g, *y}).log2_operations;
              }
              const std::lock_guard lock(shared->mutex);
              shared->rates = rates;
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
          [shared = shared_, pair = *target_.pair, known = *target_.key & ~unknown,
           unknown](Job::Progress& progress) -> std::string {
              const KeySearch search({.pair = pair, .second = {}, .known_key = known, .unknown = unknown});
              const double all = static_cast<double>(search.end_chunk() - search.first_chunk());
              const auto begin = Clock::now();
              const auto rate = [&](const KeySearchState& state) {
                  return static_cast<double>(state.next_chunk - search.first_chunk()) *
                         static_cast<double>(search.keys_per_chunk()) / std::max(seconds_since(begin), 1e-6);
              };
              KeySearchOptions options{
                  .threads = cores(), .level = bitslice::best_level(), .interval_ms = 50, .progress = {}};
              options.progress = [&](const KeySearchState& state) {
                  progress.report(state.next_chunk - search.first_chunk(), static_cast<std::uint64_t>(all));
                  const std::lock_guard lock(shared->mutex);
                  shared->rate = rate(state);
                  return !progress.cancelled();
              };
              const KeySearchState end = run_key_search(search, fresh_state(search), options);
              const double seconds = seconds_since(begin);
              if (end.found.empty()) return finished(search, end) ? "no key fits" : "stopped; no key found yet";
              const std::lock_guard lock(shared->mutex);
              shared->rate = rate(end);
              shared->key = end.found.front();
              return fmt::format("found the key 0x{:016X} after {}", end.found.front(),
                                 long_span_of_time(std::log2(std::max(seconds, 1e-6))));
          });
}

void Attack::start_log() {
    if (!target_.why_no_log.empty() || !free_for(Work::log)) return;
    start(Work::log,
          [shared = shared_, parameters = *target_.parameters, a = *target_.public_keys[0],
           b = *target_.public_keys[1]](Job::Progress& progress) -> std::string {
              const dlog::Problem problem{parameters.p, parameters.g, a};
              const dlog::Plan plan = dlog::make_plan(problem);
              const double rate = dlog::operations_per_second(problem.p) * cores();
              const double log2_seconds = plan.log2_operations - std::log2(rate);
              if (!plan.possible() || log2_seconds > longest_log2_seconds) {
                  throw Error(Failure::answer_no,
                              fmt::format("not begun: about 2^{:.0f} multiplications modulo p, {} here",
                                          plan.log2_operations, long_span_of_time(log2_seconds)));
              }
              const auto expected = static_cast<std::uint64_t>(std::exp2(plan.log2_operations)) + 1;
              const auto begin = Clock::now();
              const dlog::Solution solution = dlog::solve(
                  problem, plan,
                  {.workers = cores(), .parallel = run_threads, .progress = [&](std::uint64_t operations) {
                       progress.report(operations, std::max(expected, operations));
                       const std::lock_guard lock(shared->mutex);
                       shared->rate = static_cast<double>(operations) / std::max(seconds_since(begin), 1e-6);
                       return !progress.cancelled();
                   }});
              if (!solution.x) return "stopped; no exponent found yet";
              const Number secret = power(b, *solution.x, parameters.p);
              const std::lock_guard lock(shared->mutex);
              shared->exponent = solution.x;
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
    log2_operations_ = shared_->log2_operations;
    found_exponent_ = shared_->exponent;
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
