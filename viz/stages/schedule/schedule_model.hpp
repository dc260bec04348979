// The key schedule as the stage shows it: where each of the key's 64 bits lies before and after a round's rotation and
// in the subkey. One key bit has one place in each row, so a bit is named by its number in the key and nothing else.
// (FIPS 46-3, appendix 1: PC-1, the left shifts, PC-2.)
#pragma once

#include <array>
#include <optional>
#include <string>

#include "core/des/variant.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::viz {

/// The rows of the stage from the top: the key (64 bits), C0 D0, C and D before the rotation, after it (56 bits each, C
/// first), and the subkey (48 bits).
enum class KeyLane : std::uint8_t { key, start, before, after, subkey };
inline constexpr std::size_t key_lane_count = 5;
constexpr std::size_t index(KeyLane lane) { return static_cast<std::size_t>(lane); }
constexpr unsigned lane_width(KeyLane lane) { return lane == KeyLane::key ? 64 : lane == KeyLane::subkey ? 48 : 56; }

/// Where one key bit lies in each row; 0 where it is not there: parity bits end at PC-1, eight others at PC-2.
struct KeyPath {
    unsigned key = 1, start = 0, before = 0, after = 0, subkey = 0;
    bool wrapped = false; // fell off on the left in this round and came back on the right

    unsigned at(KeyLane lane) const {
        return std::array{key, start, before, after, subkey}[static_cast<std::size_t>(lane)];
    }
    bool parity() const { return start == 0; }
    bool operator==(const KeyPath&) const = default;
};

/// Which subkeys the rounds get: those of DES, or a variant's.
using Subkeys = des::Variant::Subkeys;

/// The paths of all key bits in `round` (1 to 16), by key bit. Round 0 is PC-1 alone: before and after are C0 D0. Where
/// the variant gives the round another round's subkey, the place in the subkey is the one there.
const std::array<KeyPath, 64>& key_paths(unsigned round, Subkeys subkeys = Subkeys::standard);

/// The path that passes the position of the lane; empty where none does.
std::optional<KeyPath> path_through(KeyLane lane, unsigned position, unsigned round,
                                    Subkeys subkeys = Subkeys::standard);

/// The bit's place (1 to 48) in each of K1 .. K16, 0 where PC-2 leaves it out.
std::array<unsigned, 16> subkey_places(unsigned key_bit, Subkeys subkeys = Subkeys::standard);

/// "key bit 41 → C₀ position 3 → C₄ position 24 → C₅ position 22 → K₅ bit 13". In round 0: the place in every subkey.
std::string path_words(unsigned key_bit, unsigned round, Subkeys kind = Subkeys::standard);

struct SubkeyRow {
    unsigned round = 1;
    unsigned shift = 1;
    Bits c, d, subkey;
};

/// How many bits of a row are written together, as the standard prints its tables.
constexpr unsigned bits_in_group(KeyLane lane) { return lane == KeyLane::key ? 8 : lane == KeyLane::subkey ? 6 : 7; }

struct ScheduleModel {
    unsigned round = 0; // 0 at the step `schedule` itself
    unsigned shift = 0; // of this round
    unsigned shifts_before = 0;
    Subkeys kind = Subkeys::standard;
    unsigned source = 0;                    // the round from whose C and D the subkey of this one is picked
    std::array<Bits, key_lane_count> lanes; // by KeyLane; the subkey of round 0 has no bits and width 48
    std::array<SubkeyRow, 16> subkeys;
    bool special = false; // a weak, semi-weak, possibly weak or bad-parity key
    std::string remark;   // what is to be said about the key

    Bits lane(KeyLane which) const { return lanes[static_cast<std::size_t>(which)]; }
    /// The number of the C, D or K that stands in the row.
    unsigned number(KeyLane which) const {
        if (which == KeyLane::start || round == 0) return 0;
        return which == KeyLane::before ? round - 1 : round;
    }
};

/// The node is a key schedule or one of its rounds.
ScheduleModel make_schedule_model(const Trace& trace, const Node& node);

} // namespace keyhole::viz
