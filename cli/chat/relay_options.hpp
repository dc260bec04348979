// What keyhole relay is told to change: --replace and --flip.
#pragma once

#include <string>
#include <vector>

#include "netsim/relay/flip_bit.hpp"
#include "netsim/relay/relay.hpp"

namespace keyhole::cli {

/// `client:OLD=NEW`: every OLD in that end's texts becomes NEW.
struct Replacement {
    Role from = Role::client;
    std::string old_text, new_text;
};

/// `client:SEQ:BYTE[:BIT]`, BYTE as `3` for the ciphertext's third byte or `iv3` for the IV's.
struct Flip {
    Role from = Role::client;
    std::uint64_t seq = 1;
    BitPlace place;
};

/// Throw Error (bad_input).
Replacement parse_replacement(const std::string& text);
Flip parse_flip(const std::string& text);

/// What the relay does to each passage. A flip of a bit that the line does not have changes nothing.
Alteration alteration(std::vector<Replacement> replacements, std::vector<Flip> flips);

bool is_for(const Flip& flip, const Passage& passage);

/// "ciphertext byte 3, bit 8"
std::string to_text(const BitPlace& place);

} // namespace keyhole::cli
