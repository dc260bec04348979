#include "viz/pages/lab/bench/difference_bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/lab/half_boxes.hpp"

namespace keyhole::viz {
namespace {

std::string halves_text(const lab::HalvesDifference& halves) {
    return fmt::format("{:08X} {:08X}", halves.left, halves.right);
}

// The output differences that are possible, the likelier ones first.
std::vector<unsigned> possible_outputs(const std::array<unsigned, 16>& row) {
    std::vector<unsigned> found;
    for (unsigned output = 0; output < row.size(); ++output) {
        if (row[output] > 0) found.push_back(output);
    }
    std::ranges::stable_sort(found, std::greater{}, [&](unsigned output) { return row[output]; });
    return found;
}

std::vector<unsigned> active_boxes(const DifferenceRound& round) {
    std::vector<unsigned> boxes;
    for (unsigned box = 1; box <= 8; ++box) {
        if (round.boxes[box - 1].active()) boxes.push_back(box);
    }
    return boxes;
}

// "S1, S2 and S3".
std::string listed(const std::vector<unsigned>& boxes) {
    std::string words;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const std::string_view between = i == 0 ? "" : i + 1 == boxes.size() ? " and " : ", ";
        words += fmt::format("{}S{}", between, boxes[i]);
    }
    return words;
}

} // namespace

DifferenceBench::DifferenceBench() : tables_(lab::difference_tables(des::s_boxes)) { choose(1); }

void DifferenceBench::choose(std::size_t classical) {
    const auto& all = lab::classical_characteristics();
    const auto& chosen = all[classical % all.size()];
    classical_ = classical % all.size();
    characteristic_ = chosen.characteristic;
    words_ = chosen.words;
    input = read_ = halves_text(characteristic_.input);
    fault_.clear();
    compute();
}

void DifferenceBench::compute() {
    job_.forget();
    rounds_.clear();
    double so_far = 1;
    for (std::size_t n = 0; n < characteristic_.outputs.size(); ++n) {
        DifferenceRound round{.before = characteristic_.after(n), .output = characteristic_.outputs[n], .boxes = {}};
        const std::uint32_t outputs = lab::before_permutation(round.output);
        for (unsigned i = 0; i < 8; ++i) {
            const unsigned six = lab::enters_box(round.before.right, i), four = lab::leaves_box(outputs, i);
            const auto& row = tables_[i][six];
            round.boxes[i] = {six, four, row[four], possible_outputs(row).size()};
        }
        round.chance = lab::chance(round.before.right, round.output, tables_);
        round.so_far = so_far *= round.chance;
        rounds_.push_back(round);
    }
}

void DifferenceBench::refresh() {
    if (input == read_) return;
    read_ = input;
    fault_.clear();
    try {
        const std::uint64_t both = parse_block(input, "difference");
        enter({static_cast<std::uint32_t>(both >> 32), static_cast<std::uint32_t>(both)});
    } catch (const Error& error) {
        fault_ = error.what();
    }
}

void DifferenceBench::flip(unsigned bit) {
    lab::HalvesDifference halves = characteristic_.input;
    std::uint32_t& half = bit <= 32 ? halves.left : halves.right;
    half ^= std::uint32_t{1} << (31 - (bit - 1) % 32);
    input = read_ = halves_text(halves);
    fault_.clear();
    enter(halves);
}

void DifferenceBench::enter(lab::HalvesDifference halves) {
    characteristic_ = {halves, {}};
    fill(rounds_.size());
}

void DifferenceBench::set_rounds(std::size_t rounds) {
    rounds = std::clamp<std::size_t>(rounds, 1, most_rounds);
    if (rounds != rounds_.size()) fill(rounds);
}

void DifferenceBench::fill(std::size_t rounds) {
    auto& outputs = characteristic_.outputs;
    if (outputs.size() > rounds) outputs.resize(rounds);
    while (outputs.size() < rounds)
        outputs.push_back(lab::likeliest_output(characteristic_.after(outputs.size()).right, tables_));
    classical_.reset();
    words_ = "one of your own";
    compute();
}

void DifferenceBench::turn_box(std::size_t round, unsigned box) {
    const DifferenceRound now = rounds_[round];
    const std::vector<unsigned> possible = possible_outputs(tables_[box - 1][now.boxes[box - 1].input]);
    if (possible.size() == 1) return; // nothing enters the box
    const auto here = std::ranges::find(possible, now.boxes[box - 1].output);
    const unsigned next = possible[static_cast<std::size_t>(here - possible.begin() + 1) % possible.size()],
                   shift = 32 - 4 * box;
    const std::uint32_t outputs = lab::before_permutation(now.output) & ~(std::uint32_t{15} << shift);
    const std::size_t rounds = rounds_.size();
    characteristic_.outputs.resize(round);
    characteristic_.outputs.push_back(des::permutation(outputs | next << shift));
    fill(rounds);
}

void DifferenceBench::measure() {
    if (job_.running()) return;
    job_.start([characteristic = characteristic_](const WatchedJob<Followers>::Show& show) {
        std::size_t done = pairs;
        const auto watch = [&](std::size_t counted, const std::vector<std::size_t>& after) {
            return show({counted, after}, counted, pairs);
        };
        const auto after = lab::count_followers(characteristic, {}, done, Random::system(), watch);
        watch(done, after);
        return fmt::format("{} of {} random pairs followed{}", grouped_decimal(after.back()), grouped_decimal(done),
                           after.back() == 0 ? ""
                                             : fmt::format(": 1 in {:.1f}", static_cast<double>(done) /
                                                                                static_cast<double>(after.back())));
    });
}

std::string chance_words(double chance) {
    if (chance == 1) return "always";
    if (chance == 0) return "never";
    constexpr double most_written_out = 1e5;
    return 1 / chance < most_written_out ? fmt::format("1 in {:.5g}", 1 / chance)
                                         : fmt::format("1 in 2^{:.1f}", -std::log2(chance));
}

std::string words_about(const DifferenceRound& round) {
    const std::vector<unsigned> boxes = active_boxes(round);
    if (boxes.empty()) return "No difference enters f, so none leaves it: this round is free.";
    return fmt::format(
        "The difference of R enters {}, and f gives {}. The subkey is the same in both texts: it adds none.",
        listed(boxes), round.output == 0 ? "none" : fmt::format("{:08X}", round.output));
}

std::string product_words(const DifferenceRound& round) {
    const std::vector<unsigned> boxes = active_boxes(round);
    if (boxes.empty()) return "no active box: " + chance_words(round.chance);
    std::string words;
    for (const unsigned box : boxes)
        words += fmt::format("{}S{} {}/64", words.empty() ? "" : " \u00B7 ", box, round.boxes[box - 1].entry);
    return fmt::format("{} = {}", words, chance_words(round.chance));
}

} // namespace keyhole::viz
