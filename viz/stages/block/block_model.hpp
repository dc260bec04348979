// One block's way through the cipher as the stage shows it: what the mode does before and behind, the halves of all
// rounds with their subkeys, and the end. (FIPS 46-3, "Enciphering" and "Deciphering"; FIPS 81.)
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

/// A bit of the ladder. Its halves are one row in which each follows from the two before: L0, then R0, which is L1 as
/// well, up to R15, which is L16, and R16.
struct LadderBit {
    unsigned half = 0, position = 1;

    bool operator==(const LadderBit&) const = default;
};

struct BlockModel {
    std::uint64_t number = 1, count = 1; // this block and how many the message has
    std::string words;                   // "CBC, encrypting: subkeys K₁ to K₁₆"
    std::vector<ChainPart> front, back;
    unsigned rounds = 16;
    bool swaps = true, has_ip = true;    // a variant of DES may leave these out
    std::array<Bits, 18> halves;         // of the ladder; those of fewer rounds are fewer
    std::array<std::string, 16> subkeys; // of the rounds: "K₁" or, where they run backwards, "K₁₆"
};

/// The node lies in a block.
BlockModel make_block_model(const Trace& trace, const Node& node);

/// Where the bit stands and what becomes of it: "bit 7: R₃ = L₄, L₄ ⊕ f(R₄, K₅) = R₅".
std::string bit_words(const BlockModel& block, LadderBit bit);

} // namespace keyhole::viz
