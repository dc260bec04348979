// The oracle of an attack: texts with what became of them under a key that the attack does not see. From a file that
// anybody wrote, or made here under a key that is drawn.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/attack/key_search.hpp"
#include "core/base/random.hpp"
#include "core/fast/bitslice/bitslice.hpp"

namespace keyhole::lab {

/// The columns plaintext and ciphertext of a CSV file, blocks of 16 hex digits, in every form that `verify` takes.
/// Throws Error: io when it cannot be read, bad_input, with file and line, for a cell that is no block or a missing
/// column.
std::vector<KnownPair> read_oracle(const std::filesystem::path& path);

/// A key with odd parity.
des::Block draw_key(Random random);

/// What an attack is given, and the key that it does not see.
struct DrawnOracle {
    des::Block key = 0;
    std::vector<KnownPair> texts;
};

/// Draws a key, and the texts that `choose` makes of the generator that it gets; they are enciphered as encipher()
/// does.
DrawnOracle draw_oracle(const Random& random, const std::function<std::vector<des::Block>(Random)>& choose,
                        unsigned rounds, bitslice::Level level);

/// `plaintexts` enciphered with the first `rounds` rounds (an even number), as DES has them.
std::vector<KnownPair> encipher(const std::vector<des::Block>& plaintexts, des::Block key, unsigned rounds,
                                bitslice::Level level);

/// `count` random plaintexts.
std::vector<des::Block> random_texts(std::size_t count, Random random);

/// Plaintexts as CSV with the one column `plaintext`, for an oracle elsewhere to encipher.
std::string plaintexts_csv(std::span<const des::Block> plaintexts);

} // namespace keyhole::lab
