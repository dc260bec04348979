#include "core/lab/attack/linear.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>

#include "core/base/words.hpp"
#include "core/lab/attack/best_first.hpp"
#include "core/lab/attack/rest_search.hpp"
#include "core/lab/half_boxes.hpp"

namespace keyhole::lab {
namespace {

constexpr std::size_t texts_between = 1U << 16; // from one call of `progress` to the next
constexpr std::size_t ranking_shown = 32;
constexpr std::uint64_t between_questions = 1U << 12; // choices of subkeys that contradict one another
constexpr std::uint64_t most_contradictions = 1U << 20;

unsigned parity(std::uint32_t bits) { return static_cast<unsigned>(std::popcount(bits)) & 1; }

// 1 or -1, as the box's masked output is even or odd.
std::array<int, 64> signs(unsigned box, unsigned mask) {
    std::array<int, 64> out{};
    for (unsigned x = 0; x < 64; ++x) {
        out[x] = std::popcount(des::output_of(des::s_boxes[box - 1], x) & mask) % 2 == 0 ? 1 : -1;
    }
    return out;
}

bool plausible(const EndsCount& count, const LinearEquation& equation, std::size_t texts) {
    return std::abs(count.lean) >= std::abs(equation.bias) * static_cast<double>(texts); // half of what is expected
}

std::vector<EquationCounter> equations_for(unsigned rounds, std::size_t texts) {
    std::vector<EquationCounter> counters;
    for (const Trail& trail : trails_of_attack(rounds)) {
        const LinearEquation equation = equation_of(trail, des::s_boxes);
        // The first trail and its mirror image in any case; others only where they decide something.
        if (counters.size() < 2 || static_cast<double>(texts) >= texts_needed(equation))
            counters.emplace_back(equation);
    }
    return counters;
}

// What a combination of choices says of the key; empty where it contradicts itself.
std::optional<KeyEquations> key_of(const LinearState& state, const std::vector<unsigned>& chosen, unsigned rounds) {
    KeyEquations key;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const LinearEquation& equation = state.equations[i].equation();
        const EndsCount& count = state.ranking[i][chosen[i]];
        if (!key.add_box(1, equation.first_box, count.first_six) ||
            !key.add_box(rounds, equation.last_box, count.last_six) ||
            !key.add(equation.key_bits, (count.lean > 0) != (equation.bias > 0)))
            return std::nullopt;
    }
    return key;
}

void rank(LinearState& state) {
    state.ranking.clear();
    for (const EquationCounter& counter : state.equations) {
        auto ranking = counter.ranking();
        ranking.resize(ranking_shown);
        state.ranking.push_back(std::move(ranking));
    }
}

} // namespace

std::size_t usual_texts(unsigned rounds) {
    return rounds == 4 ? 512 : rounds == 6 ? std::size_t{1} << 18 : std::size_t{1} << 21;
}

double texts_needed(const LinearEquation& equation) { return 8 / (equation.bias * equation.bias); }

void EquationCounter::count(std::span<const KnownPair> permuted) {
    for (const KnownPair& text : permuted) {
        const auto left_0 = static_cast<std::uint32_t>(text.plaintext >> 32),
                   right_0 = static_cast<std::uint32_t>(text.plaintext),
                   right_n = static_cast<std::uint32_t>(text.ciphertext >> 32),
                   left_n = static_cast<std::uint32_t>(text.ciphertext);
        const unsigned sum = parity((left_0 & equation_.left_in) ^ (right_0 & equation_.right_in)) ^
                             parity((right_n & equation_.right_out) ^ (left_n & equation_.left_out));
        texts_[enters_box(right_0, equation_.first_box - 1)][enters_box(left_n, equation_.last_box - 1)] +=
            1 - 2 * static_cast<int>(sum);
    }
}

std::vector<EndsCount> EquationCounter::ranking() const {
    const auto first = signs(equation_.first_box, equation_.first_mask),
               last = signs(equation_.last_box, equation_.last_mask);
    std::array<std::array<int, 64>, 64> half{}; // the first subkey is guessed, the last text still open
    for (unsigned guess = 0; guess < 64; ++guess) {
        for (unsigned in = 0; in < 64; ++in) {
            for (unsigned out = 0; out < 64; ++out) half[guess][out] += first[in ^ guess] * texts_[in][out];
        }
    }
    std::vector<EndsCount> counts;
    counts.reserve(std::size_t{64} * 64);
    for (unsigned one = 0; one < 64; ++one) {
        for (unsigned two = 0; two < 64; ++two) {
            EndsCount count{one, two, 0};
            for (unsigned out = 0; out < 64; ++out) count.lean += last[out ^ two] * half[one][out];
            counts.push_back(count);
        }
    }
    std::ranges::stable_sort(
        counts, [](const EndsCount& a, const EndsCount& b) { return std::abs(a.lean) > std::abs(b.lean); });
    return counts;
}

LinearResult linear_attack(std::span<const KnownPair> texts, unsigned rounds, const LinearOptions& options) {
    LinearResult result;
    LinearState& state = result.state;
    state.equations = equations_for(rounds, texts.size());
    const auto go_on = [&] { return !options.progress || options.progress(state); };
    std::vector<KnownPair> permuted;
    while (state.texts < texts.size()) {
        const auto begin = std::chrono::steady_clock::now();
        const auto part = texts.subspan(state.texts, std::min(texts_between, texts.size() - state.texts));
        permuted.clear();
        for (const KnownPair& text : part) {
            permuted.push_back({des::initial_permutation(text.plaintext), des::initial_permutation(text.ciphertext)});
        }
        for (EquationCounter& counter : state.equations) counter.count(permuted);
        state.texts += part.size();
        state.seconds_counting += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        rank(state);
        if (result.stopped = !go_on(); result.stopped) return result;
    }

    std::vector<std::vector<double>> losses;
    for (std::size_t i = 0; i < state.equations.size(); ++i) {
        const LinearEquation& equation = state.equations[i].equation();
        auto& ranking = state.ranking[i];
        const int best = std::abs(ranking.front().lean);
        std::erase_if(ranking, [&](const EndsCount& count) { return !plausible(count, equation, texts.size()); });
        if (ranking.empty()) {
            result.why_not =
                fmt::format("no subkey stands out: the best of 4096 leans by {}, the right one would by about {:.0f}",
                            best, 2 * std::abs(equation.bias) * static_cast<double>(texts.size()));
            return result;
        }
        losses.emplace_back();
        for (const EndsCount& count : ranking)
            losses.back().push_back(std::abs(equation.bias) * (best - std::abs(count.lean)));
    }
    RestSearch search(rounds, texts, options.level, [&](std::uint64_t tried) {
        state.tried = tried;
        return go_on();
    });
    BestFirst order(std::move(losses));
    unsigned combinations = 0;
    std::uint64_t contradictions = 0;
    while (const auto chosen = order.next()) {
        const auto key = key_of(state, *chosen, rounds);
        if (!key) {
            if (++contradictions == most_contradictions) break;
            if (result.stopped = contradictions % between_questions == 0 && !go_on(); result.stopped) return result;
            continue;
        }
        if (combinations > 0 && search.tried() + (std::uint64_t{1} << key->unknown_bits()) > options.most_keys) break;
        ++combinations;
        result.key = search.find(*key);
        state.tried = search.tried();
        result.stopped = search.stopped();
        if (result.key || result.stopped) return result;
    }
    result.why_not =
        fmt::format("{} of subkeys {} tried in the order of the counters, {} in all{}", counted(combinations, "choice"),
                    singular_or(combinations, "was", "were"), counted(state.tried, "key"),
                    contradictions < most_contradictions ? "" : "; the next ones contradict one another");
    return result;
}

} // namespace keyhole::lab
