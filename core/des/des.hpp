// The classroom DES: every function is a sentence of FIPS 46-3. `crypt` computes, `trace` computes the very same way
// and writes down what it meets. For speed there is another file; this one is for reading.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace keyhole {

enum class Direction { encrypt, decrypt };

constexpr std::string_view name(Direction direction) { return direction == Direction::encrypt ? "encrypt" : "decrypt"; }

} // namespace keyhole

namespace keyhole::des {

/// 64 bits; bit 1 of the standard is the most significant.
using Block = std::uint64_t;

/// One round's share of the key schedule.
struct ScheduleRound {
    unsigned shift = 0;       // left shifts of this round, 1 or 2
    std::uint32_t c = 0;      // C after the shift, 28 bits
    std::uint32_t d = 0;      // D after the shift, 28 bits
    std::uint64_t subkey = 0; // PC-2 of C and D, 48 bits

    bool operator==(const ScheduleRound&) const = default;
};

/// The whole key schedule KS (FIPS 46-3, appendix 1). `rounds[n - 1]` belongs to K_n.
struct KeySchedule {
    Block key = 0;
    std::uint32_t c0 = 0; // left half of PC-1(key), 28 bits
    std::uint32_t d0 = 0; // right half of PC-1(key), 28 bits
    std::array<ScheduleRound, 16> rounds{};

    bool operator==(const KeySchedule&) const = default;
};

/// What one S-box did: six bits in, a row (outer bits), a column (inner bits), four bits out.
struct SboxTrace {
    std::uint8_t input = 0, row = 0, column = 0, output = 0;

    bool operator==(const SboxTrace&) const = default;
};

/// Everything that one round computes; `left_in`, `right_in` are L_(n-1), R_(n-1), `left_out`, `right_out` L_n, R_n.
struct RoundTrace {
    std::uint32_t left_in = 0, right_in = 0;
    std::uint64_t expanded = 0, subkey = 0, mixed = 0; // 48 bits each: E(R), K, E(R) xor K
    std::array<SboxTrace, 8> sboxes{};
    std::uint32_t s_out = 0, p_out = 0; // 32 bits each: the eight boxes' outputs, and P of them
    std::uint32_t left_out = 0, right_out = 0;

    bool operator==(const RoundTrace&) const = default;
};

/// One block through the cipher.
struct BlockTrace {
    Block input = 0, after_ip = 0;
    std::array<RoundTrace, 16> rounds{};
    Block preoutput = 0; // R16 L16
    Block output = 0;

    bool operator==(const BlockTrace&) const = default;
};

KeySchedule key_schedule(Block key);

/// `block` enciphered or deciphered (the subkeys in reverse order).
Block crypt(Block block, const KeySchedule& schedule, Direction direction = Direction::encrypt);

/// The same, with everything on the way. `trace(..).output == crypt(..)`.
BlockTrace trace(Block block, const KeySchedule& schedule, Direction direction = Direction::encrypt);

/// The number (1 to 16) of the subkey that `round` (1 to 16) uses.
constexpr unsigned subkey_number(unsigned round, Direction direction) {
    return direction == Direction::encrypt ? round : 17 - round;
}

// The parts, as the standard names them.
Block initial_permutation(Block block);
Block final_permutation(Block preoutput);
std::uint64_t expansion(std::uint32_t right);          // E: 32 bits to 48
std::uint32_t permutation(std::uint32_t s_out);        // P: 32 bits to 32
SboxTrace select(unsigned box, std::uint8_t six_bits); // S1 .. S8: box is 1 to 8
std::uint64_t permuted_choice_1(Block key);            // 56 bits, C0 D0
std::uint64_t permuted_choice_2(std::uint32_t c, std::uint32_t d);
std::uint32_t rotate_28(std::uint32_t half, unsigned count); // a left shift of 28 bits around the end

} // namespace keyhole::des
