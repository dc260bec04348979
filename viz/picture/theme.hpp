// Colours by meaning, in three themes. The palette follows Okabe and Ito, so that the common colour-blindnesses tell
// all of them apart; colour is never the only sign: a 1 is filled, the current step has a thick outline.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "viz/picture/ink.hpp"

namespace keyhole::viz {

/// 0xAABBGGRR: red in the lowest byte, as a graphics card takes it.
using Colour = std::uint32_t;

enum class ThemeName { dark, light, projector };
inline constexpr std::array every_theme = {ThemeName::dark, ThemeName::light, ThemeName::projector};
std::string_view name(ThemeName theme);
ThemeName next(ThemeName theme);

struct Theme {
    std::string_view name;
    std::array<Colour, ink_count> colours{}; // by Ink
    float wire_alpha;                        // of the wires that are not lit
    float text_factor;                       // larger type in the lecture hall
    float growth;                            // how far the type grows with the window: 0 not at all, 1 in step with it
    float line;                              // thickness of thin lines, in 1/18 em

    /// What the role looks like; 0, which is not seen, for Ink::none.
    Colour colour(Paint paint) const;
};

const Theme& theme(ThemeName name);

Colour faded(Colour colour, float alpha);

} // namespace keyhole::viz
