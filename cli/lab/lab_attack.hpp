// What the attacks of `keyhole lab` have in common: where their texts come from, what they say while they run, and how
// they end. Results on stdout, everything else on stderr.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/lab/lab.hpp"
#include "core/attack/key_search.hpp"

namespace keyhole::cli {

/// What was typed.
struct AttackText {
    unsigned rounds = 8;
    std::optional<std::size_t> count; // of texts, or of pairs of texts
    std::optional<std::string> seed, oracle;
    std::string write_texts;
};

/// Adds --rounds, --seed, --oracle and --write-texts, bound to `text`, which must outlive the parse.
void add_attack_options(CLI::App* command, AttackText& text);

/// The texts of an attack, and with --seed the key, kept apart and compared only at the end.
struct AttackOracle {
    std::vector<KnownPair> texts;
    std::optional<des::Block> drawn_key;
};

/// Throws Error (bad_input) where neither or both of --seed and --oracle were given. `choose`: the plaintexts for a
/// seed.
AttackOracle oracle_of(const AttackText& text, const std::function<std::vector<des::Block>(Random)>& choose);

/// With --write-texts: writes the plaintexts for an oracle elsewhere, and says so. False where it was not given.
bool texts_written(const AttackText& text, const std::function<std::vector<des::Block>(Random)>& choose);

/// How often an attack's progress is redrawn.
inline constexpr std::chrono::milliseconds between_redraws{100};

/// `key 0x..` and whether it is the drawn one, or why there is none; sets `status` then.
void report(const std::optional<des::Block>& key, const std::optional<des::Block>& drawn_key, bool stopped,
            const std::string& why_not, int& status);

} // namespace keyhole::cli
