// A characteristic as pictures, all of it from the bench: one round large, with the rows, wires and boxes of the
// round's stage, which hold the difference of two texts in place of the bits of one; and all rounds as small rows.
#pragma once

#include <optional>

#include "viz/pages/lab/bench/difference_bench.hpp"
#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

/// What an area of these pictures stands for, as the item that it follows.
struct DifferencePart {
    enum class Kind : std::uint8_t {
        bit,   // of the difference that enters: 1 to 32 of L0, 33 to 64 of R0
        box,   // of the round that is large: 1 to 8
        round, // from 1
    };
    Kind kind = Kind::bit;
    unsigned number = 1;

    bool operator==(const DifferencePart&) const = default;
};
Item item_of(const DifferencePart& part);
/// Nothing for 0.
std::optional<DifferencePart> difference_part(Item item);

/// The round (from 0) large. Its cells are named as on the round's stage: "R0.7", "E1.48", "Sout1.5", "P1.9", "L0.3";
/// its boxes "S1" to "S8". `box`, from 1, is the one that the keys turn. In the first round a bit of L0 or R0 can be
/// pointed at, in each an active box. Returns the foot.
float draw_difference_round(Canvas& canvas, const DifferenceBench& bench, std::size_t round,
                            std::optional<unsigned> box, Rect room);

/// A row for each round with its differences and its chance, and one for what comes out. Rows are "round.1", their
/// cells "L0.3" and "R0.7"; a row can be pointed at. Returns the foot.
float draw_difference_rows(Canvas& canvas, const DifferenceBench& bench, std::size_t round, Rect room);

} // namespace keyhole::viz
