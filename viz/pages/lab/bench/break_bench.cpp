#include "viz/pages/lab/bench/break_bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/bits.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/lab/attack/differential.hpp"
#include "core/lab/attack/linear.hpp"
#include "core/lab/attack/oracle.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t bars_shown = 12;

unsigned subkey_six(const des::KeySchedule& schedule, unsigned round, unsigned box) {
    return static_cast<unsigned>(bit_slice(schedule.rounds[round - 1].subkey, 48, 6 * box - 5, 6));
}

std::string searching(std::uint64_t tried) {
    return fmt::format("2^{:.1f} keys of the rest searched", std::log2(static_cast<double>(tried)));
}

BreakPicture picture_of(const lab::DifferentialState& state, std::size_t all, const des::KeySchedule& right,
                        unsigned rounds) {
    BreakPicture picture;
    for (unsigned box = 1; box <= 8 && state.joint_boxes.empty(); ++box) {
        if (!state.counted[box - 1]) continue;
        BreakBars group{fmt::format("S{} of round {}", box, rounds), {}, state.expected};
        const auto& counts = state.counts[box - 1];
        for (unsigned six = 0; six < 64; ++six) {
            group.bars.push_back(
                {fmt::format("{:02X}", six), static_cast<double>(counts[six]), six == subkey_six(right, rounds, box)});
        }
        std::ranges::stable_sort(group.bars, std::greater{}, &BreakBar::count);
        group.bars.resize(bars_shown);
        picture.groups.push_back(std::move(group));
    }
    if (!state.joint.empty()) {
        std::uint32_t of_right = 0;
        for (const unsigned box : state.joint_boxes) of_right = of_right << 6 | subkey_six(right, rounds, box + 1);
        BreakBars group{"five boxes together", {}, state.expected};
        for (const lab::JointCount& one : state.joint) {
            if (group.bars.size() == bars_shown) break;
            group.bars.push_back(
                {fmt::format("{:08X}", one.subkey), static_cast<double>(one.count), one.subkey == of_right});
        }
        picture.groups.push_back(std::move(group));
    }
    picture.words = state.tried != 0 ? searching(state.tried)
                                     : fmt::format("{} of {} pairs, {} kept", grouped_decimal(state.pairs),
                                                   grouped_decimal(all), grouped_decimal(state.kept));
    return picture;
}

BreakPicture picture_of(const lab::LinearState& state, std::size_t all, const des::KeySchedule& right,
                        unsigned rounds) {
    BreakPicture picture;
    for (std::size_t i = 0; i < state.ranking.size(); ++i) {
        const lab::LinearEquation& equation = state.equations[i].equation();
        BreakBars group{fmt::format("S{} of round 1, S{} of round {}", equation.first_box, equation.last_box, rounds),
                        {},
                        2 * std::abs(equation.bias) * static_cast<double>(state.texts)};
        for (const lab::EndsCount& one : state.ranking[i]) {
            if (group.bars.size() == bars_shown) break;
            group.bars.push_back({fmt::format("{:02X},{:02X}", one.first_six, one.last_six),
                                  static_cast<double>(std::abs(one.lean)),
                                  one.first_six == subkey_six(right, 1, equation.first_box) &&
                                      one.last_six == subkey_six(right, rounds, equation.last_box)});
        }
        picture.groups.push_back(std::move(group));
    }
    picture.words = state.tried != 0
                        ? searching(state.tried)
                        : fmt::format("{} of {} texts", grouped_decimal(state.texts), grouped_decimal(all));
    return picture;
}

std::string outcome_words(const std::optional<des::Block>& found, des::Block drawn, bool stopped,
                          const std::string& why_not) {
    if (stopped) return "stopped; nothing was kept";
    if (!found) return "no key found: " + why_not;
    return fmt::format("key 0x{:016X}, proven on the texts; it is {}the one that was drawn", *found,
                       *found == drawn ? "" : "not ");
}

} // namespace

void BreakBench::start(const BreakChoice& choice) {
    started_ = choice;
    job_.start([choice](const WatchedJob<BreakPicture>::Show& watch) {
        if (choice.rounds == 8 && !Job::beside_the_window())
            throw Error(Failure::answer_no,
                        "not begun: the page would stand still until all its texts are enciphered and counted (choose "
                        "4 or 6 rounds here, or use keyhole-viz)");
        const bool linear = choice.kind == AttackKind::linear;
        const std::size_t all = linear ? lab::usual_texts(choice.rounds) : lab::usual_pairs(choice.rounds);
        const bitslice::Level level = bitslice::chosen_level();
        const lab::DrawnOracle oracle = lab::draw_oracle(
            Random::seeded(fmt::to_string(choice.seed)),
            [&](const Random& random) {
                return linear ? lab::random_texts(all, random) : lab::choose_texts(choice.rounds, all, random);
            },
            choice.rounds, level);
        const des::KeySchedule right = des::key_schedule(oracle.key);
        const auto show = [&](const auto& state, std::size_t done) {
            return watch(picture_of(state, all, right, choice.rounds), done, all);
        };
        if (linear) {
            const auto result = lab::linear_attack(
                oracle.texts, choice.rounds,
                {.level = level, .progress = [&](const lab::LinearState& state) { return show(state, state.texts); }});
            show(result.state, all);
            return outcome_words(result.key, oracle.key, result.stopped, result.why_not);
        }
        const auto result = lab::differential_attack(
            oracle.texts, choice.rounds, {.level = level, .progress = [&](const lab::DifferentialState& state) {
                                              return show(state, state.pairs);
                                          }});
        show(result.state, all);
        return outcome_words(result.key, oracle.key, result.stopped, result.why_not);
    });
}

std::string BreakBench::progress() const {
    return fmt::format("{}, {} rounds, key number {}: {:.0f} %, {}",
                       started_->kind == AttackKind::linear ? "linear" : "differential", started_->rounds,
                       started_->seed, 100 * job_.share(),
                       picture().words.empty() ? "texts are enciphered" : picture().words);
}

std::string words_about(const BreakChoice& choice) {
    if (choice.kind == AttackKind::linear) {
        return fmt::format(
            "{} known texts of {} rounds. Counted are subkey bits of the first and the last round; what the right ones "
            "lean by is marked. The rest is searched in the order of the counters. Published for more rounds (Matsui): "
            "12 with 2^33 texts, 16 with 2^43.",
            grouped_decimal(lab::usual_texts(choice.rounds)), choice.rounds);
    }
    return fmt::format(
        "{} chosen pairs of {} rounds. Each pair that may have followed the characteristic suggests subkey bits of the "
        "last round; how many suggestions the right ones should have is marked. The rest is searched. Published for "
        "more rounds (Biham and Shamir): 12 with 2^31 chosen texts, 16 with 2^47.",
        grouped_decimal(lab::usual_pairs(choice.rounds)), choice.rounds);
}

} // namespace keyhole::viz
