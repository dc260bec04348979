// The fonts of the window: Inter for words, JetBrains Mono for figures, Font Awesome for icons, DejaVu Sans for signs
// that the others lack. The atlas is rebuilt at the size that is asked for, so that nothing is ever stretched.
#pragma once

#include <imgui.h>

#include <array>
#include <filesystem>
#include <set>

#include "viz/draw/system_fonts.hpp"
#include "viz/picture/typeface.hpp"

namespace keyhole::viz {

struct Fonts {
    float em = 0; // height of a line of `text` in pixels; all other sizes are made of it
    std::array<ImFont*, font_role_count> by_role{};
    // By role: what was to be drawn and is in none of the window's fonts. The next atlas has it, if the system does.
    mutable std::array<std::set<char32_t>, font_role_count> lacking{};
    std::array<std::set<char32_t>, font_role_count> from_system{}; // looked for there, found or not
};
inline ImFont* font_of(const Fonts& fonts, FontRole role) { return fonts.by_role[static_cast<std::size_t>(role)]; }

/// Notes a character that a font lacks, unless it has been looked for already.
void miss(const Fonts& fonts, FontRole role, char32_t character);

/// Whether a character was to be drawn that the fonts lack, and nobody has looked for it yet.
bool is_lacking(const Fonts& fonts);

/// Whether something that is lacking can be had of the system's fonts: the atlas has to be made again.
bool take_lacking(Fonts& fonts, SystemFonts& system);

/// Clears the atlas and fills it. Throws Error (io) where a font file is missing.
void load_fonts(ImFontAtlas& atlas, Fonts& fonts, const std::filesystem::path& folder, float em, SystemFonts& system);

} // namespace keyhole::viz
