// keyhole lab avalanche: how one turned bit spreads, round by round, over many random keys and texts.
#include <fmt/format.h>

#include <memory>

#include "cli/lab/lab.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/lab/avalanche.hpp"
#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"
#include "netsim/tcp/stop_signals.hpp"

namespace keyhole::cli {
namespace {

struct AvalancheCommand {
    std::optional<std::string> variant, seed;
    unsigned trials = 10000;
    std::string csv;

    void run(int& status) const {
        const des::Variant of = variant_aloud(variant);
        const Random random = lab_random(seed).fork("lab.avalanche");
        if (!csv.empty()) try_writing(csv);
        const StopSignals stop;
        const lab::VariantFacts facts =
            lab::find_facts(of, random, trials, [&](unsigned, unsigned) { return !stop.came(); });
        if (facts.trials < trials) {
            fmt::print(stderr, "stopped before the end, and nothing was kept\n");
            status = static_cast<int>(Failure::answer_no);
            return;
        }
        const auto& rounds = facts.rounds;
        if (!csv.empty()) return write_file(csv, lab::avalanche_csv(rounds));
        fmt::print("of the 64 bits of L and R, how many differ after one bit was turned ({} trials)\n", trials);
        fmt::print("round   text: mean  deviation   key: mean  deviation\n");
        for (std::size_t n = 1; n < rounds.size(); ++n) {
            fmt::print("{:>5}  {:>11.3f}  {:>9.3f}  {:>10.3f}  {:>9.3f}\n", n, rounds[n].text_mean,
                       rounds[n].text_deviation, rounds[n].key_mean, rounds[n].key_deviation);
        }
    }
};

} // namespace

void add_lab_avalanche(CLI::App& lab, int& status) {
    auto command = std::make_shared<AvalancheCommand>();
    CLI::App* sub = lab.add_subcommand("avalanche", "How one turned bit of text or key spreads, round by round");
    add_variant_option(sub, command->variant);
    sub->add_option("--trials", command->trials, "how many keys and texts (default 10000)")
        ->check(CLI::Range(2U, 10000000U).description("2 to 10000000"));
    sub->add_option("--seed", command->seed, "draw the same keys and texts again");
    sub->add_option("--csv", command->csv, "write the table into this file instead")->check(names_something());
    sub->footer("Example: keyhole lab avalanche --variant sbox1=linear,rounds=8 --trials 2000 --seed 1");
    sub->callback([command, &status] { command->run(status); });
}

} // namespace keyhole::cli
