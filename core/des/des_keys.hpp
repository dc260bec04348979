// What is special about a DES key: its parity bits, and weakness, told from the key schedule alone.
// (Definitions: FIPS 74, section 3.6; NIST SP 800-67, section 3.3.2.)
#pragma once

#include <optional>
#include <string>

#include "core/des/des.hpp"

namespace keyhole::des {

/// By the number of different subkeys. Every key with four of them is called possibly weak here: there are 240 (C0 and
/// D0 repeat every four bits), of which NIST lists the 48 whose halves, shifted by two places, are themselves or their
/// complements.
enum class KeyClass { ordinary, weak, semi_weak, possibly_weak };

struct KeyReport {
    KeyClass key_class = KeyClass::ordinary;
    bool odd_parity = true;         // every byte has an odd number of ones
    unsigned distinct_subkeys = 16; // weak 1, semi-weak 2, possibly weak 4
    std::optional<Block> dual;      // a semi-weak key's partner: what one enciphers, the other deciphers
};

/// The key, with parity bits of 0, whose PC-1 is `cd`: C0 and D0, 28 bits each.
Block undo_permuted_choice_1(std::uint64_t cd);

/// The lowest bit of each byte set so that the byte has an odd number of ones (FIPS 46-3, "Key").
Block with_odd_parity(Block key);

KeyReport inspect_key(Block key);

/// What a person should know of a key that was found: which parity bits it has where the known one has others, as far
/// as one is known. A clause about "it".
std::string parity_words(Block found, std::optional<Block> known);

/// One clause for a person, e.g. "weak key: its sixteen subkeys are all equal, ..."; empty when nothing is to be said.
std::string describe(const KeyReport& report);

} // namespace keyhole::des
