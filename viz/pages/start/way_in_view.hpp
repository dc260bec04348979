// The ways in: a card each, with a picture of what waits behind it.
#pragma once

#include <array>
#include <string_view>

#include "viz/draw/screen_canvas.hpp"

namespace keyhole::viz {

enum class WayIn { small_numbers, real_size, own_message, recording };
inline constexpr std::array every_way_in = {WayIn::small_numbers, WayIn::real_size, WayIn::own_message,
                                            WayIn::recording};

struct WayInWords {
    std::string_view title, words;
};
WayInWords words_of(WayIn way);

/// In the card; the chosen one has a thick outline.
void draw_way_in(ScreenCanvas& canvas, WayIn way, Rect card, bool chosen, bool hovered);

} // namespace keyhole::viz
