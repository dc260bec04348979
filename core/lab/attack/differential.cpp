#include "core/lab/attack/differential.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/lab/attack/best_first.hpp"
#include "core/lab/attack/differential_pairs.hpp"
#include "core/lab/attack/joint_counter.hpp"
#include "core/lab/attack/rest_search.hpp"

namespace keyhole::lab {
namespace {

constexpr std::size_t pairs_between = 4096; // from one call of `progress` to the next
constexpr std::size_t joint_shown = 64;

class Attack {
  public:
    Attack(std::span<const KnownPair> texts, unsigned rounds, const DifferentialOptions& options)
        : texts_(texts),
          rounds_(rounds),
          options_(options),
          search_(rounds, texts, options.level, [this](std::uint64_t tried) {
              state_.tried = tried;
              return go_on();
          }) {
        for (const Characteristic& characteristic : characteristics_of_attack(rounds))
            judges_.emplace_back(characteristic);
        for (const PairJudge& judge : judges_) {
            for (const unsigned box : judge.boxes()) state_.counted[box] = true;
        }
        if (rounds == 8) {
            state_.joint_boxes = judges_.front().boxes();
            joint_.emplace(state_.joint_boxes);
        }
    }

    DifferentialResult run() {
        DifferentialResult result;
        if (count()) {
            result.key = joint_ ? try_joint() : try_boxes();
            if (!result.key && !search_.stopped()) result.why_not = why_not_;
        }
        result.stopped = stopped_ || search_.stopped();
        state_.tried = search_.tried();
        result.state = std::move(state_);
        return result;
    }

  private:
    bool go_on() const { return !options_.progress || options_.progress(state_); }

    const PairJudge& judge_of(std::size_t pair) const {
        const des::Block difference = texts_[2 * pair].plaintext ^ texts_[2 * pair + 1].plaintext;
        for (const PairJudge& judge : judges_) {
            if (judge.plaintext_difference() == difference) return judge;
        }
        throw bad_input(fmt::format(
            "pair {} (texts {} and {}) differs by 0x{:016X} (the attack on {} rounds needs 0x{:016X}{}; --write-texts "
            "writes such texts)",
            pair + 1, 2 * pair + 1, 2 * pair + 2, difference, rounds_, judges_.front().plaintext_difference(),
            judges_.size() < 2 ? "" : fmt::format(" or 0x{:016X}", judges_.back().plaintext_difference())));
    }

    bool count() {
        for (std::size_t pair = 0; 2 * pair + 1 < texts_.size(); ++pair) {
            const PairJudge& judge = judge_of(pair);
            ++state_.pairs;
            state_.expected += judge.chance();
            for (const unsigned box : judge.boxes()) expected_[box] += judge.chance();
            if (const auto suggested = judge.judge(texts_[2 * pair], texts_[2 * pair + 1])) {
                ++state_.kept;
                if (joint_) joint_->add(*suggested);
                for (const unsigned box : judge.boxes()) {
                    for (unsigned six = 0; six < 64; ++six)
                        state_.counts[box][six] += ((*suggested)[box] >> six & 1) != 0 ? 1 : 0;
                }
            }
            if (state_.pairs % pairs_between != 0) continue;
            if (stopped_ = !go_on(); stopped_) return false;
        }
        return true;
    }

    // Each box by itself: all combinations, the most suggested first.
    std::optional<des::Block> try_boxes() {
        std::vector<unsigned> boxes;
        std::vector<std::vector<unsigned>> order;
        std::vector<std::vector<double>> losses;
        for (unsigned box = 0; box < 8; ++box) {
            if (!state_.counted[box]) continue;
            const auto& counts = state_.counts[box];
            std::vector<unsigned> sixes(64);
            for (unsigned six = 0; six < 64; ++six) sixes[six] = six;
            std::ranges::stable_sort(sixes, std::greater{}, [&](unsigned six) { return counts[six]; });
            const unsigned best = counts[sixes.front()];
            const double by_chance = std::accumulate(counts.begin(), counts.end(), 0.0) / 64;
            if (best - by_chance < expected_[box] / 2) {
                why_not_ = fmt::format(
                    "no subkey of S{} stands out: the best was suggested by {} pairs, the right one would by about "
                    "{:.0f}",
                    box + 1, best, expected_[box] + by_chance);
                return std::nullopt;
            }
            boxes.push_back(box);
            losses.emplace_back();
            for (const unsigned six : sixes) losses.back().push_back(best - counts[six]);
            order.push_back(std::move(sixes));
        }
        BestFirst combinations(std::move(losses));
        while (const auto chosen = combinations.next()) {
            KeyEquations known;
            // The boxes of one round take different key bits, so that nothing here contradicts anything.
            for (std::size_t i = 0; i < boxes.size(); ++i)
                [[maybe_unused]] const bool agrees = known.add_box(rounds_, boxes[i] + 1, order[i][(*chosen)[i]]);
            if (const auto key = try_rest(known)) return key;
            if (spent_ || search_.stopped()) break;
        }
        return std::nullopt;
    }

    std::optional<des::Block> try_joint() {
        state_.joint = joint_->ranking(joint_shown);
        if (stopped_ = !go_on(); stopped_) return std::nullopt;
        const unsigned best = state_.joint.empty() ? 0 : state_.joint.front().count;
        if (best < state_.expected / 2 || best < 3) {
            why_not_ = fmt::format(
                "no subkey stands out: the best of five boxes was suggested by {} pairs, the right one would by about "
                "{:.1f}",
                best, state_.expected);
            return std::nullopt;
        }
        for (const JointCount& candidate : state_.joint) {
            if (candidate.count < state_.expected / 2) break;
            KeyEquations known;
            for (std::size_t i = 0; i < state_.joint_boxes.size(); ++i) {
                const auto shift = static_cast<unsigned>(6 * (state_.joint_boxes.size() - 1 - i));
                known.add_box(rounds_, state_.joint_boxes[i] + 1, candidate.subkey >> shift & 63);
            }
            if (const auto key = try_rest(known)) return key;
            if (spent_ || search_.stopped()) break;
        }
        return std::nullopt;
    }

    std::optional<des::Block> try_rest(const KeyEquations& known) {
        const std::uint64_t more = std::uint64_t{1} << known.unknown_bits();
        if (search_.tried() > 0 && search_.tried() + more > options_.most_keys) {
            spent_ = true;
            return std::nullopt;
        }
        const auto key = search_.find(known);
        ++tries_;
        why_not_ = fmt::format("{} of the most suggested subkeys {} tried, {} in all", tries_,
                               singular_or(tries_, "was", "were"), counted(search_.tried(), "key"));
        return key;
    }

    std::span<const KnownPair> texts_;
    unsigned rounds_;
    const DifferentialOptions& options_;
    DifferentialState state_;
    std::vector<PairJudge> judges_;
    std::array<double, 8> expected_{}; // right pairs, by box
    std::optional<JointCounter> joint_;
    RestSearch search_;
    unsigned tries_ = 0;
    bool stopped_ = false, spent_ = false;
    std::string why_not_;
};

} // namespace

std::vector<des::Block> wanted_differences(unsigned rounds) {
    std::vector<des::Block> differences;
    for (const Characteristic& characteristic : characteristics_of_attack(rounds))
        differences.push_back(PairJudge(characteristic).plaintext_difference());
    return differences;
}

std::vector<des::Block> choose_texts(unsigned rounds, std::size_t pairs, Random random) {
    const std::vector<des::Block> differences = wanted_differences(rounds);
    std::vector<des::Block> texts;
    texts.reserve(2 * pairs);
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        const des::Block text = random.block();
        texts.push_back(text);
        texts.push_back(text ^ differences[pair % differences.size()]);
    }
    return texts;
}

DifferentialResult differential_attack(std::span<const KnownPair> texts, unsigned rounds,
                                       const DifferentialOptions& options) {
    return Attack(texts, rounds, options).run();
}

std::size_t usual_pairs(unsigned rounds) { return rounds == 4 ? 16 : rounds == 6 ? 400 : 150000; }

} // namespace keyhole::lab
