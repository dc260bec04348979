#include "core/verify/slips/block_slip.hpp"

#include <fmt/format.h>

#include "core/base/bits.hpp"
#include "core/des/des.hpp"

namespace keyhole::verify {
namespace {

using Known = std::optional<std::uint64_t>;

Known exclusive_or(const Known& a, const Known& b) { return a && b ? Known(*a ^ *b) : std::nullopt; }

Causes permutation_slips(const SelectionTable& right, const char* other_words, const SelectionTable& other,
                         const Known& input, std::uint64_t wrong) {
    if (!input) return {};
    if (other.select(*input) == wrong) return {other_words};
    return selection_slips(right, *input, wrong);
}

const SelectionTable& initial_table() {
    static const SelectionTable table{"IP", 64, 64, [](auto in) { return des::initial_permutation(in); }};
    return table;
}
const SelectionTable& final_table() {
    static const SelectionTable table{"IP^-1", 64, 64, [](auto in) { return des::final_permutation(in); }};
    return table;
}

// As a machine of the other byte order counts.
std::uint64_t raised_at_the_wrong_end(std::uint64_t counter) {
    return __builtin_bswap64(__builtin_bswap64(counter) + 1);
}

// cfb, ofb and ctr encipher a register or a counter, never the input.
Causes key_stream_slips(const BlockSight& block) {
    const Known& wrong = block.chained;
    const bool counts = block.mode == Mode::ctr;
    if (wrong == block.input)
        return {fmt::format("it is the input itself: {} enciphers {}", name(block.mode),
                            counts ? "a counter" : "a shift register")};
    if (wrong == block.chained_before)
        return {fmt::format("it is {}: the {}", wrong == block.iv ? "the IV again" : "that of the block before",
                            counts ? "counter was not raised by 1" : "register was not shifted")};
    if (!block.first && wrong == block.iv)
        return {fmt::format("it is the IV again, not the {} of this block", counts ? "counter" : "register")};
    if (counts && block.chained_before && wrong == *block.chained_before - 1) return {"the counter was lowered by 1"};
    if (counts && block.chained_before && wrong == *block.chained_before + 2) return {"the counter was raised by 2"};
    if (counts && block.chained_before && wrong == raised_at_the_wrong_end(*block.chained_before))
        return {"the counter was raised at its first byte instead of its last"};
    const bool whole = block.mode == Mode::cfb && block.direction == Direction::encrypt;
    if (whole && wrong == block.input_before)
        return {"the plaintext of the block before went into the register instead of its ciphertext"};
    return {};
}

// ecb, and cbc in its two directions.
Causes chaining_slips(const BlockSight& block) {
    if (makes_key_stream(block.mode)) return key_stream_slips(block);
    const Known& wrong = block.chained;
    const bool chained = block.mode == Mode::cbc && block.direction == Direction::encrypt;
    if (chained && wrong == block.input)
        return {fmt::format("the XOR with the {} was left out", block.first ? "IV" : "block before")};
    if (chained && !block.first && block.iv && wrong == exclusive_or(block.input, block.iv))
        return {"the IV was chained again instead of the output of the block before"};
    if (chained && wrong == block.chained_before) return {"it is that of the block before"};
    if (wrong != exclusive_or(block.input, block.input_before)) return {};
    return {chained ? "the input of the block before was chained instead of its output"
                    : "the input of the block before was joined to it by XOR"};
}

// A variant without IP and its inverse: what applying one of them after all would have made.
Causes needless_slips(const char* name, const SelectionTable& table, const Known& input, std::uint64_t wrong) {
    if (!input || table.select(*input) != wrong) return {};
    return {fmt::format("{} was applied, which this variant does not have", name)};
}

Causes preoutput_slips(const BlockSight& block) {
    if (block.made_back && *block.preoutput == *block.made_back) return {"the subkeys are in the opposite order"};
    if (!block.left || !block.right) return {};
    const unsigned rounds = block.variant->rounds;
    const std::uint64_t swapped = *block.right << 32 | *block.left, unswapped = *block.left << 32 | *block.right;
    if (block.variant->final_swap && *block.preoutput == unswapped)
        return {fmt::format("the halves were not swapped after round {}", rounds)};
    if (!block.variant->final_swap && *block.preoutput == swapped)
        return {fmt::format("the halves were swapped after round {}, which this variant does not do", rounds)};
    return {};
}

} // namespace

Causes block_slips(std::string_view column, const BlockSight& block) {
    if (column == "chained") return chaining_slips(block);
    if (column == "preoutput") return preoutput_slips(block);
    if (!block.variant->has_ip) {
        if (column == "after_ip") return needless_slips("IP", initial_table(), block.chained, *block.after_ip);
        if (column == "output") return needless_slips("IP^-1", final_table(), block.preoutput, *block.output);
    }
    if (column == "after_ip") {
        return permutation_slips(initial_table(), "IP^-1 was applied instead of IP", final_table(), block.chained,
                                 *block.after_ip);
    }
    if (column == "output") {
        return permutation_slips(final_table(), "IP was applied instead of IP^-1", initial_table(), block.preoutput,
                                 *block.output);
    }
    return {};
}

Causes first_half_slips(bool is_left, std::uint64_t wrong, const BlockSight& block) {
    const auto half_of = [&](std::uint64_t whole, bool left) { return left ? whole >> 32 : whole & low_mask(32); };
    if (block.after_ip && wrong == half_of(*block.after_ip, !is_left)) return {"the halves are swapped"};
    if (block.variant->has_ip && block.chained && wrong == half_of(*block.chained, is_left)) return {"IP was left out"};
    return {};
}

} // namespace keyhole::verify
