// One DES round as the stage shows it: nine rows of cells, the wires between them, what belongs to the current step,
// and where a single bit comes from and goes to. Wires are those of FIPS 46-3's tables; nothing is drawn here.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

#include "core/steps/trace.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {

/// The rows from the top of the stage to its foot.
enum class Lane : std::uint8_t { right_in, expanded, subkey, mixed, s_out, p_out, left_in, right_out, left_out };
inline constexpr std::size_t lane_count = 9;
constexpr std::size_t index(Lane lane) { return static_cast<std::size_t>(lane); }
constexpr unsigned lane_width(Lane lane) {
    return lane == Lane::expanded || lane == Lane::subkey || lane == Lane::mixed ? 48 : 32;
}

/// A bit of a lane; positions count from 1 at the left, as in the standard.
struct BitRef {
    Lane lane = Lane::right_in;
    unsigned position = 1;

    bool operator==(const BitRef&) const = default;
};

/// A bit that moves, or takes part in making another.
struct Wire {
    BitRef from, to;
};

/// Sets of cells: bit `position` of the lane is bit `width - position` of the mask, as in the values themselves.
struct CellSet {
    std::array<std::uint64_t, lane_count> masks{};

    bool contains(BitRef bit) const { return bit_at(masks[index(bit.lane)], lane_width(bit.lane), bit.position) != 0; }
    bool full(Lane lane) const { return masks[index(lane)] == low_mask(lane_width(lane)); }
    void add(BitRef bit) { masks[index(bit.lane)] |= std::uint64_t{1} << (lane_width(bit.lane) - bit.position); }
    void fill(Lane lane) { masks[index(lane)] = low_mask(lane_width(lane)); }
    bool operator==(const CellSet&) const = default;
};

struct LaneView {
    Lane lane = Lane::right_in;
    std::string sign;  // what is done to get here: "⊕", "=" or nothing
    std::string label; // "R₄"
    Bits bits;
    Meaning meaning = Meaning::plain;
};

struct RoundView {
    unsigned round = 1, subkey = 1;
    std::uint64_t block = 1;
    std::array<LaneView, lane_count> lanes;
    std::array<des::SboxTrace, 8> sboxes{};
    std::optional<unsigned> box; // the S-box of the current step, 1 to 8
    CellSet live;                // the cells of the current step
};

/// The node lies in a round.
RoundView round_view(const Trace& trace, const Node& node);

/// Every wire that is drawn: E, P, and the straight ones (the S-boxes lie between `mixed` and `s_out`).
std::span<const Wire> round_wires();

/// The bit itself, all bits of the round that it was made of, and all that it goes into. Each S-box output depends on
/// all six inputs.
CellSet trace_bit(BitRef bit);

/// The bit after (`step` 1) or before (-1) in the order in which the stage shows them, round the end; the first or
/// the last of all where there is none.
BitRef next_bit(std::optional<BitRef> bit, int step);

/// True where the wire runs between two cells of the set.
inline bool connects(const CellSet& cells, const Wire& wire) {
    return cells.contains(wire.from) && cells.contains(wire.to);
}

/// "L" and 12 give "L₁₂".
std::string indexed(std::string_view letter, unsigned number);

} // namespace keyhole::viz
