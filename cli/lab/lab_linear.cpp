// keyhole lab linear: Matsui's attack on 4, 6 or 8 rounds with known texts.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "cli/lab/lab_attack.hpp"
#include "cli/terminal/progress_line.hpp"
#include "core/attack/search_times.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/lab/attack/linear.hpp"
#include "core/lab/attack/oracle.hpp"
#include "core/lab/attack/rest_search.hpp"
#include "netsim/tcp/stop_signals.hpp"

namespace keyhole::cli {
namespace {

constexpr std::size_t most_texts = std::size_t{1} << 26;

// What counting takes, were it the whole cipher: the number of texts is the paper's, the rate is this machine's.
void say_more_rounds(const lab::LinearState& state) {
    constexpr std::size_t least_measured = 1 << 17; // texts; fewer measure the start rather than the speed
    if (state.texts < least_measured || state.seconds_counting <= 0) return;
    const double rate = static_cast<double>(state.texts) / state.seconds_counting;
    fmt::print(stderr,
               "{} texts/s counted; reckoned from that: 12 rounds, 2^33 known texts (published: Matsui 1993), {}; 16 "
               "rounds, 2^43 (Matsui 1994), {}\n",
               short_number(rate), span_of_time(std::exp2(33) / rate), span_of_time(std::exp2(43) / rate));
}

struct LinearCommand {
    AttackText text;

    void run(int& status) const {
        const auto choose = [&](const Random& random) {
            return lab::random_texts(text.count.value_or(lab::usual_texts(text.rounds)), random);
        };
        if (texts_written(text, choose)) return;
        AttackOracle oracle = oracle_of(text, choose);
        if (text.count && oracle.texts.size() > *text.count) oracle.texts.resize(*text.count);
        if (oracle.texts.size() < lab::texts_of_proof) {
            throw bad_input(fmt::format("{} (a key is proven on {}, and found with more: about {} for {} rounds)",
                                        counted(oracle.texts.size(), "text"), lab::texts_of_proof,
                                        lab::usual_texts(text.rounds), text.rounds));
        }
        const StopSignals stop;
        ProgressLine progress(between_redraws);
        const auto result =
            lab::linear_attack(oracle.texts, text.rounds,
                               {.level = bitslice::chosen_level(), .progress = [&](const lab::LinearState& state) {
                                    if (progress.due()) progress.show(words(state, oracle.texts.size()));
                                    return !stop.came();
                                }});
        progress.end();
        say_counts(result.state);
        say_more_rounds(result.state);
        report(result.key, oracle.drawn_key, result.stopped, result.why_not, status);
    }

    static std::string words(const lab::LinearState& state, std::size_t all) {
        if (state.tried == 0)
            return fmt::format("{} of {} texts counted", grouped_decimal(state.texts), grouped_decimal(all));
        return fmt::format("2^{:.1f} keys searched", std::log2(static_cast<double>(state.tried)));
    }

    // The best subkeys of each equation: how the sum leans, beside what the right one should make it lean.
    static void say_counts(const lab::LinearState& state) {
        for (std::size_t i = 0; i < state.ranking.size(); ++i) {
            const lab::LinearEquation& equation = state.equations[i].equation();
            std::string best;
            for (std::size_t k = 0; k < std::min<std::size_t>(3, state.ranking[i].size()); ++k) {
                const lab::EndsCount& count = state.ranking[i][k];
                best += fmt::format("{}0x{:02X},0x{:02X} leans by {}", k == 0 ? "" : "; ", count.first_six,
                                    count.last_six, std::abs(count.lean));
            }
            fmt::print(stderr, "S{} of the first and S{} of the last round, bias {:.5f}, {:.0f} expected: {}\n",
                       equation.first_box, equation.last_box, std::abs(equation.bias),
                       2 * std::abs(equation.bias) * static_cast<double>(state.texts), best);
        }
    }
};

} // namespace

void add_lab_linear(CLI::App& lab, int& status) {
    auto command = std::make_shared<LinearCommand>();
    CLI::App* sub = lab.add_subcommand("linear", "Find the key of 4, 6 or 8 rounds from known texts");
    add_attack_options(sub, command->text);
    sub->add_option("--texts", command->text.count,
                    "how many texts (512, 2^18 or 2^21 for 4, 6 or 8 rounds); of a file the first ones")
        ->check(CLI::Range(std::size_t{1}, most_texts).description("1 to 67108864"));
    sub->footer(
        "Example: keyhole lab linear --rounds 4 --texts 512 --seed 1\n"
        "Matsui's algorithm 2: subkeys of the first and the last round are counted over, the rest is searched in the\n"
        "order of the counters. Prints the key, proven on texts, with odd parity. Exit status 1: none found, and how "
        "far\n"
        "the counting came. 8 rounds search up to 2^33 keys: seconds with AVX-512, a minute or more without.");
    sub->callback([command, &status] { command->run(status); });
}

} // namespace keyhole::cli
