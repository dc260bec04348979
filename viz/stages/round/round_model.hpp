// One DES round as the stage shows it: nine rows of cells, the wires between them, what belongs to the current step,
// and where a single bit comes from and goes to. Wires are those of FIPS 46-3's tables; nothing is drawn here.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

#include "core/steps/trace.hpp"
#include "viz/base/lanes.hpp"
#include "viz/base/meaning.hpp"
#include "viz/base/number_model.hpp"

namespace keyhole::viz {

/// A bit that moves, or takes part in making another.
struct BitWire {
    BitRef from, to;
};

struct LaneModel {
    Lane lane = Lane::right_in;
    std::string id;    // "R4": what the standard calls the row
    std::string sign;  // what is done to get here: "⊕", "=" or nothing
    std::string label; // "R₄"
    Bits bits;
    Meaning meaning = Meaning::plain;
};

struct RoundModel {
    unsigned round = 1, subkey = 1;
    unsigned rounds = 16;                 // how many the cipher has
    unsigned key_source = 1;              // the number of that subkey in DES's own key schedule
    bool has_p = true, has_shifts = true; // a variant of DES may lack P, and turn no halves of the key
    std::uint64_t block = 1;
    std::array<LaneModel, lane_count> lanes;
    std::array<des::SboxTrace, 8> sboxes{};
    std::optional<unsigned> box; // the S-box of the current step, 1 to 8
    CellSet live;                // the cells of the current step
};

/// The node lies in a round.
RoundModel make_round_model(const Trace& trace, const Node& node);

/// Every wire: E, P, the straight ones, and in an S-box one from each of its six bits to each of its four. In a variant
/// without P those are straight, too.
std::span<const BitWire> round_wires(bool has_p = true);

/// The bit itself, all bits of the round that it was made of, and all that it goes into. Each S-box output depends on
/// all six inputs.
CellSet trace_bit(BitRef bit, bool has_p = true);

/// The bit after (`step` 1) or before (-1) in the order in which the stage shows them, round the end; the first or
/// the last of all where there is none.
BitRef next_bit(std::optional<BitRef> bit, int step);

/// Which bit that is of what the step gives, from 1; of a round these are L and R. Nothing for a bit that is none of
/// them.
std::optional<unsigned> bit_of_step(const Node& node, BitRef bit);

/// True where the wire runs between two cells of the set.
inline bool connects(const CellSet& cells, const BitWire& wire) {
    return cells.contains(wire.from) && cells.contains(wire.to);
}

/// The cells of the round's stage that the step gives, with all that follows from them. `box` is that of an S-box's
/// step, 1 to 8; the boxes behind it are not done yet either.
CellSet result_cells(Kind kind, unsigned box);

/// What is still not done once the step is: what the steps after it in the round give.
CellSet later_cells(Kind kind, unsigned box);

} // namespace keyhole::viz
