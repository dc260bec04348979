// keyhole lab meet: two keys of double DES at the price of little more than one.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "cli/lab/lab_attack.hpp"
#include "cli/terminal/progress_line.hpp"
#include "core/attack/search_times.hpp"
#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/lab/attack/meet.hpp"
#include "core/lab/attack/oracle.hpp"
#include "netsim/tcp/stop_signals.hpp"

namespace keyhole::cli {
namespace {

struct MeetCommand {
    unsigned unknown_bits = 20;
    std::optional<std::string> seed, pairs, first_known, second_known;

    // With --seed the keys are drawn; the attack is told all but their unknown bits.
    lab::MeetQuestion question(std::optional<lab::KeyPair>& drawn) const {
        if (seed && pairs) throw bad_input("both --seed and --pairs (the pairs come from one of them; leave one out)");
        if (!seed && !pairs)
            throw bad_input(
                "no pairs (they are what the keys are known by; give --seed S, which draws keys, or --pairs FILE)");
        if (seed && (first_known || second_known))
            throw bad_input("known keys with --seed (it draws both keys; leave them out)");
        lab::MeetQuestion question;
        question.unknown_bits = unknown_bits;
        if (pairs) {
            question.pairs = lab::read_oracle(*pairs);
            if (question.pairs.size() < 2)
                throw bad_input(
                    "one pair (by it alone nobody can tell wrong keys from the right ones; give two or more)");
            if (first_known) question.first_known = parse_block(*first_known, "first known key");
            if (second_known) question.second_known = parse_block(*second_known, "second known key");
            return question;
        }
        lab::DrawnMeet made = lab::draw_meet(lab_random(seed), unknown_bits);
        drawn = made.keys;
        return made.question;
    }

    void run(int& status) const {
        std::optional<lab::KeyPair> drawn;
        const lab::MeetQuestion asked = question(drawn);
        const StopSignals stop;
        fmt::print(
            stderr,
            "unknown: the {} rightmost bits of each key, parity bits not counted; table: 2^{} entries, {} of memory\n",
            unknown_bits, unknown_bits, lab::meet_memory_words(unknown_bits));
        ProgressLine progress(between_redraws);
        const auto result = lab::meet_in_the_middle(asked, bitslice::chosen_level(), [&](const lab::MeetState& state) {
            if (progress.due())
                progress.show(fmt::format("{} first keys, {} second keys", grouped_decimal(state.enciphered),
                                          grouped_decimal(state.deciphered)));
            return !stop.came();
        });
        progress.end();
        if (!result.stopped) say_price(result.state);
        for (const lab::KeyPair& keys : result.keys) {
            fmt::print("key 0x{:016X} 0x{:016X}\n", keys.first, keys.second);
            if (drawn) fmt::print(stderr, "these are {}the keys that were drawn\n", keys == *drawn ? "" : "not ");
        }
        if (result.stopped) {
            report({}, {}, true, {}, status);
        } else if (result.keys.empty()) {
            report({}, {}, false,
                   fmt::format("no two keys with these known bits fit {}", counted(asked.pairs.size(), "pair")),
                   status);
        } else {
            fmt::print(stderr, "{} of keys left that {} all {}; wrong ones would be 2^{:.0f} by chance\n",
                       counted(result.keys.size(), "pair"), singular_or(result.keys.size(), "fits", "fit"),
                       counted(asked.pairs.size(), "pair"), std::log2(lab::chance_keys(asked)));
        }
    }

    // The same keys one by one: 2^2N trials at the rate that was measured, without the table.
    void say_price(const lab::MeetState& state) const {
        fmt::print(stderr, "2^{} encipherings and as many decipherings, {} middles met; {:.2f} s\n", unknown_bits,
                   grouped_decimal(state.met), state.seconds);
        const auto rate = lab::meet_rate(state);
        if (!rate) return;
        fmt::print(stderr,
                   "brute force, 2^{} pairs of keys without a table: {} (reckoned at the {} keys/s measured here)\n",
                   2 * unknown_bits, span_of_time(std::exp2(2.0 * unknown_bits) / *rate), short_number(*rate));
    }
};

} // namespace

void add_lab_meet(CLI::App& lab, int& status) {
    auto command = std::make_shared<MeetCommand>();
    CLI::App* sub = lab.add_subcommand("meet", "Find both keys of double DES by meeting in the middle");
    sub->add_option("--unknown-bits", command->unknown_bits,
                    "how many of each key's rightmost bits are unknown, parity bits not counted")
        ->required()
        ->check(CLI::Range(1U, lab::MeetQuestion::most_unknown).description("1 to 26"));
    sub->add_option("--seed", command->seed, "draw both keys and two texts from this");
    sub->add_option("--pairs", command->pairs,
                    "texts from elsewhere: CSV with the columns plaintext,ciphertext, two rows or more");
    sub->add_option("--known-key", command->first_known,
                    "with --pairs: the first key as far as it is known, 16 hex digits (0 where it is not given)");
    sub->add_option("--known-key2", command->second_known, "the same of the second key");
    sub->footer(
        "Example: keyhole lab meet --unknown-bits 20 --seed 1\n"
        "Prints `key FIRST SECOND`, with odd parity, for every two keys that fit all pairs, and on stderr what it "
        "took\n"
        "beside brute force. Exit status 1: no keys fit.");
    sub->callback([command, &status] { command->run(status); });
}

} // namespace keyhole::cli
