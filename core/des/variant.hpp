// DES with something changed on purpose, to see what the part was good for: fewer rounds, no final swap, no IP, no P,
// other subkeys, other S-boxes. A list such as "rounds=8,no-p" says what is changed and rebuilds all of it.
// Whatever is not changed is FIPS 46-3; what is changed is no DES, and says so wherever it is shown.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/des/des.hpp"
#include "core/des/des_tables.hpp"

namespace keyhole::des {

/// DES, or DES with something changed on purpose.
struct Variant {
    /// Which subkey a round of enciphering gets: its own; K1; K16 in round 1 and so on back to K1; or its own, of a
    /// schedule that never turns C and D.
    enum class Subkeys { standard, same, reversed, no_shifts };

    unsigned rounds = 16;   // 1 to 16; everything else stays as it is with sixteen
    bool final_swap = true; // without it the preoutput is L16 R16
    bool has_ip = true;     // without it there is no final permutation either
    bool has_p = true;
    Subkeys subkeys = Subkeys::standard;
    std::array<SBox, 8> boxes = s_boxes;

    /// Nothing is changed.
    bool is_des() const;

    /// As --variant takes it, in one fixed order; "none" for DES. What came from a file is written as single entries,
    /// so that the list alone makes the same variant again.
    std::string list() const;

    /// The same for a person and a narrow place: of a box with more than four single entries only their number.
    std::string short_list() const;

    /// "not DES: rounds=8,no-p", shortened as short_list() is; empty for DES.
    std::string mark() const;

    bool changes_box(unsigned box) const { return boxes[box - 1] != s_boxes[box - 1]; }
    bool changes_boxes() const { return boxes != s_boxes; }

    bool operator==(const Variant&) const = default;
};

/// DES itself.
inline constexpr Variant standard;

inline bool Variant::is_des() const { return *this == standard; }

/// The box that gives the inner four of its six bits.
SBox linear_box();

/// The text of the file of that name, for `sbox1=FILE`. Throws Error where it cannot be read.
using ReadBox = std::function<std::string(const std::string& path)>;

/// What --variant was given: parts with commas between them, in any case of letters. Without `read_box` no part may
/// name a file. Throws Error (bad_input) that names the part which is wrong and what is allowed.
Variant parse_variant(std::string_view list, const ReadBox& read_box = {});

/// Four rows of sixteen numbers 0 to 15, with blanks, commas or semicolons between them. `what` names the text in the
/// error. Throws Error (bad_input).
SBox parse_box(std::string_view text, std::string_view what);

/// The number of the DES subkey that the variant gives to `round` (1 to 16) of enciphering: `round` itself in DES.
constexpr unsigned subkey_source(Variant::Subkeys subkeys, unsigned round) {
    return subkeys == Variant::Subkeys::same ? 1 : subkeys == Variant::Subkeys::reversed ? 17 - round : round;
}

/// The number of the subkey that `round` uses: deciphering takes the same ones from the last round's to the first's.
constexpr unsigned subkey_number(unsigned round, Direction direction, const Variant& variant) {
    return direction == Direction::encrypt ? round : variant.rounds + 1 - round;
}

/// All sixteen rounds of the schedule, whether the variant uses them or not. C and D are those of DES (but without
/// shifts, where there are none); the subkey is the one that the variant's round gets.
KeySchedule key_schedule(Block key, const Variant& variant);

/// The variant's rounds with the subkeys in their order, or in reverse: that this deciphers is a property of DES, and
/// of a variant only where it is found to be so.
Block crypt(Block block, const KeySchedule& schedule, const Variant& variant, Direction direction = Direction::encrypt);

/// The same, with everything on the way; rounds behind the variant's last one stay empty.
BlockTrace trace(Block block, const KeySchedule& schedule, const Variant& variant,
                 Direction direction = Direction::encrypt);

// The parts, as the variant has them.
Block initial_permutation(Block block, const Variant& variant);
Block final_permutation(Block preoutput, const Variant& variant);
std::uint32_t permutation(std::uint32_t s_out, const Variant& variant);
SboxTrace select(unsigned box, std::uint8_t six_bits, const Variant& variant);

} // namespace keyhole::des
