#include "core/lab/avalanche.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>

namespace keyhole::lab {
namespace {

struct Sum {
    std::uint64_t once = 0, squared = 0;

    void add(unsigned value) {
        once += value;
        squared += std::uint64_t{value} * value;
    }
    double mean(unsigned trials) const { return static_cast<double>(once) / trials; }
    // Of all trials, not of a sample.
    double deviation(unsigned trials) const {
        const double of_squares = static_cast<double>(squared) / trials, m = mean(trials);
        return std::sqrt(std::max(0.0, of_squares - m * m));
    }
};

unsigned differing(const des::RoundTrace& a, const des::RoundTrace& b) {
    return static_cast<unsigned>(std::popcount(a.left_out ^ b.left_out) + std::popcount(a.right_out ^ b.right_out));
}

// Bit 0 to 55 of a key, parity bits passed over, as a mask.
des::Block key_bit(unsigned number) { return des::Block{1} << (number / 7 * 8 + number % 7 + 1); }

constexpr unsigned between_questions = 1000;

} // namespace

std::vector<AvalancheRound> avalanche(const des::Variant& variant, unsigned trials, Random random,
                                      const std::function<bool(unsigned)>& go_on) {
    std::array<Sum, 16> text_sums, key_sums;
    for (unsigned trial = 0; trial < trials; ++trial) {
        if (trial % between_questions == 0 && go_on && !go_on(trial)) return {};
        const des::Block key = random.block(), text = random.block(), choice = random.block();
        const des::KeySchedule schedule = des::key_schedule(key, variant);
        const des::KeySchedule turned_schedule =
            des::key_schedule(key ^ key_bit(static_cast<unsigned>((choice >> 32) % 56)), variant);
        const des::BlockTrace base = des::trace(text, schedule, variant);
        const des::BlockTrace turned_text = des::trace(text ^ des::Block{1} << choice % 64, schedule, variant);
        const des::BlockTrace turned_key = des::trace(text, turned_schedule, variant);
        for (unsigned n = 0; n < variant.rounds; ++n) {
            text_sums[n].add(differing(base.rounds[n], turned_text.rounds[n]));
            key_sums[n].add(differing(base.rounds[n], turned_key.rounds[n]));
        }
    }
    std::vector<AvalancheRound> rounds;
    for (unsigned n = 0; n < variant.rounds; ++n) {
        rounds.push_back({text_sums[n].mean(trials), text_sums[n].deviation(trials), key_sums[n].mean(trials),
                          key_sums[n].deviation(trials)});
    }
    return rounds;
}

std::string avalanche_csv(const std::vector<AvalancheRound>& rounds) {
    std::string csv = "round,text_mean,text_deviation,key_mean,key_deviation\r\n";
    for (std::size_t n = 0; n < rounds.size(); ++n) {
        const AvalancheRound& round = rounds[n];
        csv += fmt::format("{},{:.3f},{:.3f},{:.3f},{:.3f}\r\n", n + 1, round.text_mean, round.text_deviation,
                           round.key_mean, round.key_deviation);
    }
    return csv;
}

} // namespace keyhole::lab
