// What no column of blocks.csv tells: the mode of each message, and which key is meant where two stand there.
#pragma once

#include <optional>
#include <span>

#include "core/verify/verify_blocks.hpp"

namespace keyhole::verify {

/// How many of the 16 hex digits differ.
int digits_apart(std::uint64_t a, std::uint64_t b);

/// The mode that the fewest digits of a pass contradict.
Mode likeliest_mode(std::span<const BlockRow> blocks, const des::Variant& variant);

/// Whether the block's key makes of what enters what leaves.
bool makes_output(const BlockRow& row, Direction direction, const des::Variant& variant);

/// The key that most blocks have; of equally frequent ones that which makes the outputs of more of its own blocks, then
/// that with right parity. Empty where no key stands there.
std::optional<des::Block> commonest_key(std::span<const BlockRow> blocks, Direction direction,
                                        const des::Variant& variant);

} // namespace keyhole::verify
