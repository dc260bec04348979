// keyhole lab differential: Biham's and Shamir's attack on 4, 6 or 8 rounds with chosen pairs.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "cli/lab/lab_attack.hpp"
#include "cli/terminal/progress_line.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/lab/attack/differential.hpp"
#include "core/lab/attack/rest_search.hpp"
#include "netsim/tcp/stop_signals.hpp"

namespace keyhole::cli {
namespace {

constexpr std::size_t most_pairs = std::size_t{1} << 24;

struct DifferentialCommand {
    AttackText text;

    void run(int& status) const {
        const auto choose = [&](const Random& random) {
            return lab::choose_texts(text.rounds, text.count.value_or(lab::usual_pairs(text.rounds)), random);
        };
        if (texts_written(text, choose)) return say_differences();
        AttackOracle oracle = oracle_of(text, choose);
        check(oracle.texts);
        say_differences();
        const StopSignals stop;
        ProgressLine progress(between_redraws);
        const auto result = lab::differential_attack(
            oracle.texts, text.rounds,
            {.level = bitslice::chosen_level(), .progress = [&](const lab::DifferentialState& state) {
                 if (progress.due()) progress.show(words(state, oracle.texts.size() / 2));
                 return !stop.came();
             }});
        progress.end();
        say_counts(result.state);
        report(result.key, oracle.drawn_key, result.stopped, result.why_not, status);
    }

    void say_differences() const {
        std::string wanted;
        for (const des::Block difference : lab::wanted_differences(text.rounds))
            wanted += fmt::format("{}0x{:016X}", wanted.empty() ? "" : " or ", difference);
        // Where there are two, they are twins: as likely as each other.
        const lab::Characteristic one = lab::characteristics_of_attack(text.rounds).front();
        const double chance = lab::chance(one, lab::difference_tables(des::s_boxes));
        fmt::print(stderr, "pairs of plaintexts that differ by {}; one in {:.0f} follows\n", wanted, 1 / chance);
    }

    void check(std::vector<KnownPair>& texts) const {
        if (texts.size() % 2 != 0)
            throw bad_input(fmt::format("{} (every pair has two rows; add the last one's other half or leave it out)",
                                        counted(texts.size(), "text")));
        if (text.count && texts.size() > 2 * *text.count) texts.resize(2 * *text.count);
        if (texts.size() < lab::texts_of_proof) {
            throw bad_input(fmt::format(
                "{} (a key is proven on {} texts, and found with more: about {} pairs for {} "
                "rounds)",
                counted(texts.size() / 2, "pair"), lab::texts_of_proof, lab::usual_pairs(text.rounds), text.rounds));
        }
    }

    static std::string words(const lab::DifferentialState& state, std::size_t all) {
        if (state.tried == 0)
            return fmt::format("{} of {} pairs counted, {} kept", grouped_decimal(state.pairs), grouped_decimal(all),
                               grouped_decimal(state.kept));
        return fmt::format("2^{:.1f} keys searched", std::log2(static_cast<double>(state.tried)));
    }

    static void say_counts(const lab::DifferentialState& state) {
        fmt::print(stderr, "{} pairs, {} may have followed, {:.1f} expected to\n", grouped_decimal(state.pairs),
                   grouped_decimal(state.kept), state.expected);
        for (std::size_t i = 0; i < std::min<std::size_t>(3, state.joint.size()); ++i)
            fmt::print(stderr, "subkey 0x{:08X} of five boxes: suggested by {} pairs\n", state.joint[i].subkey,
                       state.joint[i].count);
        if (!state.joint_boxes.empty()) return;
        for (unsigned box = 0; box < 8; ++box) {
            if (!state.counted[box]) continue;
            const auto& counts = state.counts[box];
            const auto best = std::ranges::max_element(counts);
            unsigned second = 0;
            for (auto count = counts.begin(); count != counts.end(); ++count)
                if (count != best) second = std::max(second, *count);
            fmt::print(stderr, "S{}: 0x{:02X} suggested by {} pairs, the next by {}\n", box + 1, best - counts.begin(),
                       *best, second);
        }
    }
};

} // namespace

void add_lab_differential(CLI::App& lab, int& status) {
    auto command = std::make_shared<DifferentialCommand>();
    CLI::App* sub = lab.add_subcommand("differential", "Find the key of 4, 6 or 8 rounds from chosen pairs of texts");
    add_attack_options(sub, command->text);
    sub->add_option("--pairs", command->text.count,
                    "how many pairs (16, 400 or 150000 for 4, 6 or 8 rounds); of a file the first ones")
        ->check(CLI::Range(std::size_t{1}, most_pairs).description("1 to 16777216"));
    sub->footer(
        "Example: keyhole lab differential --rounds 6 --pairs 400 --seed 1\n"
        "The two plaintexts of a pair, which are two rows of an oracle's file, differ by 0x0000000000400000 (4 "
        "rounds),\n"
        "0x0000801000004000 or 0x0000080100100000 (6) or 0x0000901010005000 (8); --write-texts writes such texts. "
        "Subkeys of\n"
        "the last round are counted box by box (8 rounds: five boxes together), the rest is searched. Prints the key, "
        "proven on texts, with odd parity. Exit status 1:\n"
        "none found, and how far the counting came.\n"
        "Source: E. Biham, A. Shamir, Journal of Cryptology 4, 1991. All 16 rounds took 2^47 chosen texts (1992).");
    sub->callback([command, &status] { command->run(status); });
}

} // namespace keyhole::cli
