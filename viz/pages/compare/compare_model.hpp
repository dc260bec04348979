// Two runs of DES beside each other: A, and B with another key or text. What differs after each round, and how much a
// flipped bit changes on average. (The avalanche effect: Feistel 1973; the complementation property: FIPS 74, 3.6.)
#pragma once

#include <array>
#include <optional>
#include <string>

#include "core/steps/trace.hpp"

namespace keyhole::viz {

inline constexpr unsigned compare_rounds = 17; // after IP, and after each of the sixteen rounds; a variant has fewer

/// What goes into one run: `block` is what enters IP.
struct BlockCase {
    des::Block key = 0, block = 0;
    bool operator==(const BlockCase&) const = default;
};

/// L and R of both runs at one place.
struct HalvesPair {
    std::uint32_t left_a = 0, right_a = 0, left_b = 0, right_b = 0;
    unsigned subkey_bits = 0; // differing bits of the subkeys of this round; 0 after IP

    std::uint32_t left() const { return left_a ^ left_b; }
    std::uint32_t right() const { return right_a ^ right_b; }
    unsigned bits() const; // differing bits, 0 to 64
};

struct Comparison {
    BlockCase a, b;
    std::array<HalvesPair, compare_rounds> rounds; // [0] after IP, [n] after round n
    des::Block output_a = 0, output_b = 0;
    std::optional<unsigned> first; // the first place where anything differs
    des::Variant variant = {};

    unsigned last() const { return variant.rounds; } // the last of the places
    /// "IP", "round 5"; in a variant without IP "the cut in two".
    std::string place(unsigned number) const;

    unsigned output_bits() const;
};

Comparison compare(const BlockCase& a, const BlockCase& b, Direction direction, const des::Variant& variant = {});

/// Which of the two inputs a bit is flipped in.
enum class Flipped { key, text };

/// Position 1 to 64, 1 the leftmost.
BlockCase with_flipped(BlockCase what, Flipped where, unsigned position);
BlockCase complement(const BlockCase& what);

/// Bits 8, 16 .. 64 of a key are parity bits: no subkey holds them.
constexpr bool is_parity_bit(unsigned position) { return position % 8 == 0; }

/// Differing bits after each round, averaged over all single flips: of the 64 bits of the text, or of the 56 of the key
/// that count.
std::array<double, compare_rounds> average_over_flips(const BlockCase& what, Flipped where, Direction direction,
                                                      const des::Variant& variant = {});

/// How B came about, in one or two sentences for the class.
std::string difference_words(const Comparison& comparison);

/// A block of the current trace, to be A.
struct CompareSource {
    BlockCase what;
    Direction direction = Direction::encrypt;
    Node block;        // its step
    std::string words; // "message 1, encrypt, block 2: the text before it is chained in"
    des::Variant variant = {};
};

/// The block that the step lies in, else the first of its message, else the first of the trace. Empty where none is
/// known.
std::optional<CompareSource> compare_source(const Trace& trace, const Node& node);

/// B as a trace of its own: one block in ecb without padding.
Recording recording_of(const BlockCase& what, Direction direction, const des::Variant& variant = {});

} // namespace keyhole::viz
