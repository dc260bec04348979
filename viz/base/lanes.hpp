// The rows of bits of one DES round, a bit of one of them, and sets of bits.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/bits.hpp"

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

/// Sets of cells: bit `position` of the lane is bit `width - position` of the mask, as in the values themselves.
struct CellSet {
    std::array<std::uint64_t, lane_count> masks{};

    bool contains(BitRef bit) const { return bit_at(masks[index(bit.lane)], lane_width(bit.lane), bit.position) != 0; }
    bool full(Lane lane) const { return masks[index(lane)] == low_mask(lane_width(lane)); }
    void add(BitRef bit) { masks[index(bit.lane)] |= std::uint64_t{1} << (lane_width(bit.lane) - bit.position); }
    template <class... Lanes>
    void fill(Lanes... lanes) {
        ((masks[index(lanes)] = low_mask(lane_width(lanes))), ...);
    }
    bool operator==(const CellSet&) const = default;
};

} // namespace keyhole::viz
