// Exhaustive search for a DES key from a known plaintext and its ciphertext. `KeySearch` is the question: which keys,
// in which order, in how many parts; its rule is that chunk n holds the same keys on every machine and instruction set,
// so that parts and checkpoints can move. No threads here: core/attack/key_search_run.hpp spreads the chunks over
// cores.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/des/des.hpp"
#include "core/fast/bitslice/bitslice.hpp"

namespace keyhole {

struct KnownPair {
    des::Block plaintext = 0, ciphertext = 0;

    bool operator==(const KnownPair&) const = default;
};

/// The eight parity bits of a key; they are never searched.
inline constexpr des::Block parity_mask = 0x0101010101010101;

/// The lowest `bits` (0 to 56) of the 56 key bits in the order of FIPS 46-3, parity bits skipped: the rightmost ones.
des::Block lowest_key_bits(unsigned bits);

/// The largest number of parts; products of two of them still fit into 64 bits.
inline constexpr std::uint64_t most_parts = 0xFFFFFFFF;

struct KeySearchQuestion {
    KnownPair pair;
    /// A second pair confirms what the first one finds. Where its plaintext is the complement of the first, each trial
    /// also decides the complemented key (DES of complements is the complement): a search of all 56 bits then takes
    /// 2^55 trials, and a smaller one covers the complements of its keys at no cost.
    std::optional<KnownPair> second;
    des::Block known_key = 0;          // the bits outside `unknown`
    des::Block unknown = ~parity_mask; // 1 = to be searched
    std::uint64_t part = 1, parts = 1; // 1 to parts, at most most_parts
};

class KeySearch {
  public:
    /// Throws Error (bad_input) for parts that make no sense.
    explicit KeySearch(const KeySearchQuestion& question);

    const KeySearchQuestion& question() const { return question_; }
    unsigned unknown_bits() const { return static_cast<unsigned>(positions_.size()); }
    bool decides_complements() const { return by_complement_; }

    /// The chunks of this part: [first_chunk, end_chunk). Empty when there are more parts than chunks.
    std::uint64_t first_chunk() const { return first_; }
    std::uint64_t end_chunk() const { return end_; }

    /// Keys that one chunk decides (with complements, two a trial); at most 2^18.
    std::uint64_t keys_per_chunk() const { return (std::uint64_t{1} << variable_) << (by_complement_ ? 1 : 0); }

    /// The keys of that chunk that fit all pairs, with odd parity, in rising order.
    std::vector<des::Block> search_chunk(std::uint64_t chunk, bitslice::Level level) const;

    // How the keys lie, for an engine that is not this CPU's (core/attack/cards).

    /// The unknown bits of C0 D0 (0 to 55): the first chunk_bits() are those of the index in a chunk, then come those
    /// of the chunk's number.
    const std::vector<std::uint8_t>& positions() const { return positions_; }
    unsigned chunk_bits() const { return variable_; }
    std::uint64_t known_bits() const { return known_; } // C0 D0 with the unknown bits 0
    des::Block input() const;                           // the plaintext after IP
    des::Block target(unsigned which) const;            // R16 L16; number 1 where complements are decided

    /// The key of that chunk and index that met that target, with odd parity, where it fits all pairs.
    std::optional<des::Block> proven(std::uint64_t chunk, std::uint32_t index, unsigned which) const;

    /// True when the key turns each plaintext into its ciphertext.
    bool fits(des::Block key) const;

  private:
    void order_positions();
    std::uint64_t chunk_key(std::uint64_t chunk) const; // C0 D0 of its first key

    KeySearchQuestion question_;
    std::vector<std::uint8_t> positions_; // of the unknown bits in C0 D0: lanes, walk, then the chunk number's bits
    unsigned variable_ = 0;               // bits that vary inside a chunk
    std::uint64_t known_ = 0;             // C0 D0 with the unknown bits 0
    bool by_complement_ = false;
    std::uint64_t first_ = 0, end_ = 0;
};

/// How far a search has come: what a checkpoint holds.
struct KeySearchState {
    std::uint64_t next_chunk = 0;  // all chunks of the part before this one are decided
    std::vector<des::Block> found; // the keys of the first chunk that holds any
    double seconds = 0;            // time spent, all runs together

    bool operator==(const KeySearchState&) const = default;
};

/// Trials a second of one core, measured by searching for about `seconds`.
double keys_per_second(bitslice::Level level, double seconds);

} // namespace keyhole
