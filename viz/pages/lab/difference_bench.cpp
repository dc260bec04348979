#include "viz/pages/lab/difference_bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"

namespace keyhole::viz {
namespace {

std::string halves_text(const lab::HalvesDifference& halves) {
    return fmt::format("{:08X} {:08X}", halves.left, halves.right);
}

// The output differences of one f that differ from `now` in one box only, the likelier ones first, and `now` itself.
std::vector<std::uint32_t> neighbours(std::uint32_t in, std::uint32_t now, const std::array<lab::Ddt, 8>& tables) {
    std::vector<std::uint32_t> found{now};
    const std::uint32_t outputs = lab::before_permutation(now);
    for (unsigned box = 0; box < 8; ++box) {
        for (std::uint32_t four = 0; four < 16; ++four) {
            const unsigned shift = 28 - 4 * box;
            const std::uint32_t other = des::permutation((outputs & ~(15U << shift)) | four << shift);
            if (other != now && lab::chance(in, other, tables) > 0) found.push_back(other);
        }
    }
    std::ranges::stable_sort(found, std::greater{}, [&](std::uint32_t out) { return lab::chance(in, out, tables); });
    return found;
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
    job_.reset();
    rounds_.clear();
    measured_.clear();
    for (std::size_t n = 0; n < characteristic_.outputs.size(); ++n) {
        const lab::HalvesDifference before = characteristic_.after(n);
        const std::uint32_t output = characteristic_.outputs[n];
        rounds_.push_back({before, output, lab::chance(before.right, output, tables_)});
    }
}

double DifferenceBench::chance() const { return lab::chance(characteristic_, tables_); }

void DifferenceBench::refresh() {
    if (input == read_) return;
    read_ = input;
    fault_.clear();
    try {
        const std::uint64_t both = parse_block(input, "difference");
        characteristic_ = {{static_cast<std::uint32_t>(both >> 32), static_cast<std::uint32_t>(both)}, {}};
    } catch (const Error& error) {
        fault_ = error.what();
        return;
    }
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

void DifferenceBench::turn_output(std::size_t round) {
    const DifferenceRound& now = rounds_[round];
    const auto possible = neighbours(now.before.right, now.output, tables_);
    const auto here = std::ranges::find(possible, now.output);
    const std::size_t next = static_cast<std::size_t>(here - possible.begin() + 1) % possible.size(),
                      rounds = rounds_.size();
    characteristic_.outputs.resize(round);
    characteristic_.outputs.push_back(possible[next]);
    fill(rounds); // what follows takes the likeliest again
}

void DifferenceBench::measure() {
    if (job_) return;
    measured_.clear();
    job_ = std::make_unique<Job>([characteristic = characteristic_](Job::Progress& progress) {
        std::size_t done = pairs;
        const std::size_t followers =
            lab::count_followers(characteristic, {}, done, Random::system(), [&](std::size_t counted, std::size_t) {
                progress.report(counted, pairs);
                return !progress.cancelled();
            });
        return fmt::format(
            "{} of {} random pairs followed{}", grouped_decimal(followers), grouped_decimal(done),
            followers == 0 ? ""
                           : fmt::format(": 1 in {:.1f}", static_cast<double>(done) / static_cast<double>(followers)));
    });
}

bool DifferenceBench::poll() {
    if (!job_) return false;
    const auto ended = job_->take();
    if (!ended) return false;
    measured_ = ended->words;
    job_.reset();
    return true;
}

} // namespace keyhole::viz
