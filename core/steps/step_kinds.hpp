// The one table of step kinds: the word of the address, the heading and where the standard has it. Addresses, terminal,
// CSV and window all read this table.
#pragma once

#include <string>
#include <string_view>

#include "core/steps/node.hpp"

namespace keyhole {

struct KindInfo {
    Kind kind;
    std::string_view word;   // in addresses
    std::string_view title;  // heading; {} is the number
    std::string_view source; // the standard and its section
    bool of_party;           // the word is written `server.word` or `client.word`
    bool counted;            // the word is written `word.N`
};

const KindInfo& info(Kind kind);

/// The heading of a step, e.g. "Round 5 of 16", "Server: Public key". A variant of DES has other `rounds`.
std::string title(const Node& node, unsigned rounds = 16);

} // namespace keyhole
