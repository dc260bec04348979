// The chain of blocks of a mode of operation, a window of it at a time: what enters and leaves the cipher in each block
// and what is XORed with it. (FIPS 81; counter mode: NIST SP 800-38A, section 6.5.)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/steps/trace.hpp"

namespace keyhole::viz {

/// How far to either side of a block equal ones are looked for: a message may have two million.
inline constexpr std::uint64_t equal_search = 4096;

struct ChainBlock {
    std::uint64_t number = 1;
    Node node;
    Bytes plain, cipher;   // 8 bytes, fewer only at the end; in cfb8 one byte; in cfb1 one that is 0 or 1
    des::Block enters = 0; // into DES
    des::Block leaves = 0; // out of DES
    Bytes previous;        // what cbc XORs with: the IV or the ciphertext block before; empty in other modes
    Bytes key_stream;      // what is kept of `leaves` and XORed with the text; empty in ecb and cbc
    std::string text;      // of `plain` (in cfb1: of the bit's byte): printable ASCII, a dot for every other byte
    unsigned padding = 0;  // of `plain`'s bytes, at its end
    // The nearest block with the same bytes, an earlier one if there is one. Not in cfb8 and cfb1, whose segments are
    // too small for it to mean anything.
    std::optional<std::uint64_t> same_plain, same_cipher;
};

struct Chain {
    Mode mode = Mode::ecb;
    Direction direction = Direction::encrypt;
    des::Block key = 0;
    std::optional<des::Block> iv; // absent in ecb
    std::uint64_t count = 0;      // blocks of the whole message
    std::uint64_t first = 0;      // index of blocks[0], from 0
    std::vector<ChainBlock> blocks;
};

/// At most `count` blocks from index `first` on. The node lies in encrypt or decrypt.
Chain chain_window(const Trace& trace, const Node& node, std::uint64_t first, std::uint64_t count);

/// What a block hands to the next one, its ciphertext (cbc, cfb) or what left DES (ofb), and where it goes in: the
/// shift register, or the XOR with the text (cbc).
struct Feedback {
    bool of_ciphertext = true, into_register = true;
};
/// Absent in ecb and ctr, where no block waits for another.
std::optional<Feedback> feedback_of(Mode mode);

/// What the mode does, as a textbook writes it, e.g. "Cₙ = DES(Pₙ ⊕ Cₙ₋₁), C₀ = IV".
std::string chain_formula(Mode mode, Direction direction);

/// What the picture shows, in a sentence.
std::string chain_words(Mode mode, Direction direction);

} // namespace keyhole::viz
