// One block's way through the cipher as the stage shows it: what the mode does before and behind, the halves of all
// sixteen rounds with their subkeys, and the end. (FIPS 46-3, "Enciphering" and "Deciphering"; FIPS 81.)
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/steps/trace.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {

/// A value of the chaining: "⊕ ciphertext of block 1".
struct ChainPart {
    std::string sign;  // what is done with it: "⊕", "=" or nothing
    std::string label; // "ciphertext block 1"
    std::string value; // 0x and hex, as many digits as there are bytes
    std::string text;  // the bytes as characters where they are plaintext, "·" for what cannot be shown
    std::optional<Node> go_to;
};

/// Between L and R of a round and those of the next.
struct LadderRound {
    unsigned round = 1;
    std::string left_label, right_label, subkey_label; // "L₄", "R₄", "K₅"
    Bits left, right, subkey;                          // what goes in
};

struct BlockModel {
    std::uint64_t number = 1, count = 1; // this block and how many the message has
    Mode mode = Mode::ecb;
    Direction direction = Direction::encrypt;
    bool reversed = false; // the subkeys run from K16 to K1
    std::string words;     // "CBC, encrypting"
    std::vector<ChainPart> front, back;
    std::array<LadderRound, 16> rounds;
    Bits left_16{0, 32}, right_16{0, 32}, preoutput, output;
    std::optional<Node> before; // the block before, where there is one
};

/// The node lies in a block.
BlockModel make_block_model(const Trace& trace, const Node& node);

/// A bit of the ladder. Its halves are one row in which each follows from the two before: L0, then R0, which is L1 as
/// well, up to R15, which is L16, and R16.
struct LadderBit {
    static constexpr unsigned last = 17; // R16

    unsigned half = 0, position = 1;

    bool operator==(const LadderBit&) const = default;
};

/// Where the bit stands and what becomes of it: "bit 7: R₃ = L₄, L₄ ⊕ f(R₄, K₅) = R₅".
std::string bit_words(const BlockModel& block, LadderBit bit);

} // namespace keyhole::viz
