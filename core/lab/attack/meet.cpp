#include "core/lab/attack/meet.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "core/des/des_keys.hpp"
#include "core/des/des_tables.hpp"
#include "core/fast/bitslice/engine.hpp"
#include "core/lab/attack/oracle.hpp"

namespace keyhole::lab {
namespace {

constexpr std::uint64_t batches_between = 64; // from one call of `progress` to the next
constexpr double least_measured = 0.05;       // seconds

// All values of the lowest key bits on one block: index bit i is the i-th unknown bit from the right.
class KeyRange {
  public:
    KeyRange(des::Block known, unsigned unknown, des::Block block, bool decrypt, bitslice::Level level)
        : engine_(bitslice::engine(level)) {
        const des::Block mask = lowest_key_bits(unknown);
        for (unsigned bit = 0; bit < 64; ++bit) {
            if ((mask >> bit & 1) == 0) continue;
            const auto place = std::ranges::find(des::pc1_table, 64 - bit);
            positions_.push_back(static_cast<std::uint8_t>(place - des::pc1_table.begin()));
        }
        // A batch smaller than the engine's is filled with bits that are known: their keys are passed over.
        for (std::uint8_t spare = 0; std::size_t{1} << positions_.size() < engine_.batch; ++spare) {
            if (std::ranges::find(positions_, spare) == positions_.end()) positions_.push_back(spare);
        }
        unknown_ = unknown;
        lanes_ = static_cast<unsigned>(std::countr_zero(engine_.batch));
        std::uint64_t varying = 0;
        for (unsigned i = 0; i < lanes_; ++i) varying |= bit_at(i);
        known_ = des::permuted_choice_1(known & ~mask);
        spare_ = known_ & varying;
        batch_ = {
            .key = 0, .position = positions_.data(), .input = des::initial_permutation(block), .decrypt = decrypt};
        out_.resize(engine_.batch);
    }

    std::uint64_t batches() const { return unknown_ <= lanes_ ? 1 : std::uint64_t{1} << (unknown_ - lanes_); }

    /// Calls with(index, preoutput) for each key of a batch.
    template <class With>
    void run(std::uint64_t number, With with) {
        batch_.key = known_ & ~spare_;
        for (unsigned i = lanes_; i < unknown_; ++i) batch_.key |= (number >> (i - lanes_) & 1) != 0 ? bit_at(i) : 0;
        engine_.crypt_keys(batch_, out_.data());
        // The lanes' numbers in which the known bits are what they are.
        std::uint64_t fixed = 0;
        for (unsigned i = unknown_; i < lanes_; ++i) fixed |= (spare_ & bit_at(i)) != 0 ? std::uint64_t{1} << i : 0;
        const std::uint64_t keys = std::uint64_t{1} << std::min(unknown_, lanes_);
        for (std::uint64_t i = 0; i < keys; ++i) with(number << std::min(unknown_, lanes_) | i, out_[fixed | i]);
    }

    des::Block key(std::uint64_t index) const {
        std::uint64_t cd = known_;
        for (unsigned i = 0; i < unknown_; ++i) cd |= (index >> i & 1) != 0 ? bit_at(i) : 0;
        return des::with_odd_parity(des::undo_permuted_choice_1(cd));
    }

  private:
    std::uint64_t bit_at(unsigned i) const { return std::uint64_t{1} << (55 - positions_[i]); }

    const bitslice::Engine& engine_;
    std::vector<std::uint8_t> positions_;
    unsigned unknown_ = 0, lanes_ = 0;
    std::uint64_t known_ = 0, spare_ = 0;
    bitslice::KeyBatch batch_;
    std::vector<std::uint64_t> out_;
};

// What the first keys make of the plaintext, found by its leading bits. An entry is the middle value with the key's
// index in place of its last bits.
class Middles {
  public:
    explicit Middles(unsigned unknown) : unknown_(unknown) { entries_.reserve(std::size_t{1} << unknown); }

    void add(std::uint64_t index, std::uint64_t middle) {
        entries_.push_back((middle >> unknown_ << unknown_) | index);
    }

    void sort() {
        std::ranges::sort(entries_);
        begins_.assign((std::size_t{1} << unknown_) + 1, 0);
        for (const std::uint64_t entry : entries_) ++begins_[leading(entry) + 1];
        for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
    }

    template <class With>
    void find(std::uint64_t middle, With with) const {
        const std::size_t bucket = leading(middle);
        for (std::uint32_t at = begins_[bucket]; at < begins_[bucket + 1]; ++at) {
            if (entries_[at] >> unknown_ == middle >> unknown_)
                with(entries_[at] & ((std::uint64_t{1} << unknown_) - 1));
        }
    }

  private:
    std::size_t leading(std::uint64_t middle) const { return static_cast<std::size_t>(middle >> (64 - unknown_)); }

    unsigned unknown_;
    std::vector<std::uint64_t> entries_;
    std::vector<std::uint32_t> begins_;
};

} // namespace

des::Block double_encipher(des::Block plaintext, des::Block first_key, des::Block second_key) {
    return des::crypt(des::crypt(plaintext, des::key_schedule(first_key)), des::key_schedule(second_key));
}

DrawnMeet draw_meet(const Random& random, unsigned unknown_bits, std::size_t pairs) {
    DrawnMeet drawn{{draw_key(random.fork("lab.key")), draw_key(random.fork("lab.key.2"))}, {}};
    drawn.question.unknown_bits = unknown_bits;
    for (const des::Block text : random_texts(pairs, random.fork("lab.texts")))
        drawn.question.pairs.push_back({text, double_encipher(text, drawn.keys.first, drawn.keys.second)});
    drawn.question.first_known = drawn.keys.first & ~lowest_key_bits(unknown_bits);
    drawn.question.second_known = drawn.keys.second & ~lowest_key_bits(unknown_bits);
    return drawn;
}

std::uint64_t meet_memory(unsigned unknown_bits) { return std::uint64_t{12} << unknown_bits; }

std::string meet_memory_words(unsigned unknown_bits) {
    const std::uint64_t bytes = meet_memory(unknown_bits);
    return bytes < (std::uint64_t{1} << 20) ? fmt::format("{} KiB", std::max<std::uint64_t>(1, bytes >> 10))
                                            : fmt::format("{} MiB", bytes >> 20);
}

std::optional<double> meet_rate(const MeetState& state) {
    if (state.seconds < least_measured) return std::nullopt;
    return static_cast<double>(state.enciphered + state.deciphered) / state.seconds;
}

double chance_keys(const MeetQuestion& question) {
    return std::exp2(2.0 * question.unknown_bits - 64.0 * static_cast<double>(question.pairs.size()));
}

MeetResult meet_in_the_middle(const MeetQuestion& question, bitslice::Level level,
                              const std::function<bool(const MeetState&)>& progress) {
    MeetResult result;
    result.state.left.resize(question.pairs.size());
    const auto begin = std::chrono::steady_clock::now();
    const auto go_on = [&](std::uint64_t batch) {
        if (batch % batches_between != 0) return true;
        result.state.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        result.stopped = progress && !progress(result.state);
        return !result.stopped;
    };
    const KnownPair& pair = question.pairs.front();
    KeyRange first(question.first_known, question.unknown_bits, pair.plaintext, false, level),
        second(question.second_known, question.unknown_bits, pair.ciphertext, true, level);
    Middles middles(question.unknown_bits);
    for (std::uint64_t batch = 0; batch < first.batches(); ++batch) {
        if (!go_on(batch)) return result;
        first.run(batch, [&](std::uint64_t index, std::uint64_t middle) {
            middles.add(index, middle);
            ++result.state.enciphered;
        });
    }
    middles.sort();
    for (std::uint64_t batch = 0; batch < second.batches(); ++batch) {
        if (!go_on(batch)) return result;
        second.run(batch, [&](std::uint64_t index, std::uint64_t middle) {
            ++result.state.deciphered;
            middles.find(middle, [&](std::uint64_t met) {
                ++result.state.met;
                const KeyPair keys{first.key(met), second.key(index)};
                std::size_t fitting = 0;
                for (const KnownPair& one : question.pairs) {
                    if (double_encipher(one.plaintext, keys.first, keys.second) != one.ciphertext) break;
                    ++result.state.left[fitting++];
                }
                if (fitting == question.pairs.size()) result.keys.push_back(keys);
            });
        });
    }
    result.state.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
}

} // namespace keyhole::lab
