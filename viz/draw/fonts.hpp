// The fonts of the window: Inter for words, JetBrains Mono for figures, Font Awesome for icons, DejaVu Sans for signs
// that the others lack. The atlas is rebuilt at the size that is asked for, so that nothing is ever stretched.
#pragma once

#include <imgui.h>

#include <array>
#include <filesystem>

#include "viz/picture/typeface.hpp"

namespace keyhole::viz {

struct Fonts {
    float em = 0; // height of a line of `text` in pixels; all other sizes are made of it
    std::array<ImFont*, font_role_count> by_role{};
};
inline ImFont* font_of(const Fonts& fonts, FontRole role) { return fonts.by_role[static_cast<std::size_t>(role)]; }

/// Clears the atlas and fills it. Throws Error (io) where a font file is missing.
void load_fonts(ImFontAtlas& atlas, Fonts& fonts, const std::filesystem::path& folder, float em);

} // namespace keyhole::viz
