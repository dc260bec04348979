// The program that a card runs, written as OpenCL C from the CPU engine's circuits. A work item tries 32 keys at once,
// one in each bit of a word, and walks over the values of a few key bits in Gray code as the CPU engine does
// (core/fast/bitslice/search_trial.hpp): known from both ends, abandoned early in R13.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/attack/cards/gates.hpp"
#include "core/attack/key_search.hpp"

namespace keyhole::cards {

/// Where a work item finds a bit of C0 D0. `number` counts the lanes' patterns, the walk's bits, or the place's bits.
struct KeyBit {
    enum class From { known, lane, walk, place };

    From from = From::known;
    unsigned number = 0;

    bool operator==(const KeyBit&) const = default;
};

/// How a search's keys lie on a card. A chunk is 2^item_bits work items; the place of one is the chunk's number and
/// then the item's. The layout is the kernel: searches that have the same one run the same program.
struct KernelLayout {
    std::array<KeyBit, 56> bits; // of C0 D0
    unsigned lane_bits = 0, walk_bits = 0, item_bits = 0;
    unsigned targets = 1;
    std::vector<std::uint8_t> walked, items; // their index bits in a chunk; the lanes' are 0, 1, ..

    explicit KernelLayout(const KeySearch& search);

    /// The index in its chunk of the key that a work item reports: `walk` are the walk's bits, in no Gray code.
    std::uint32_t index(std::uint32_t item, std::uint32_t walk, unsigned lane) const;

    bool operator==(const KernelLayout&) const = default;
};

/// What the host hands to a launch beside the numbers: masks of all zeros or all ones, for the compiler to find in the
/// memory of constants. The kernel has the same structure.
struct KernelData {
    std::array<std::uint32_t, 56> known{};                     // C0 D0 with the unknown bits 0
    std::array<std::uint32_t, 32> l0{}, r0{};                  // the plaintext after IP
    std::array<std::array<std::uint32_t, 32>, 2> r16{}, l16{}; // each target

    /// `targets`: R16 L16 of one or two.
    KernelData(std::uint64_t known_bits, des::Block input, std::span<const des::Block> targets);
    explicit KernelData(const KeySearch& search);
};

/// A candidate as the card writes it, behind a count of them and three words that mean nothing.
struct Candidate {
    std::uint32_t item, walk, lanes, target;
};
inline constexpr unsigned most_candidates = 1023;

inline constexpr const char* kernel_name = "search_keys";

/// The kernel for a layout. Its macro GROUP, the work items in a group, has to be defined by the compiler's options.
std::string kernel_source(const KernelLayout& layout, const CardCircuits& circuits);

} // namespace keyhole::cards
