// The fonts of the window: Inter for words, JetBrains Mono for figures, Font Awesome for icons, DejaVu Sans for signs
// that the others lack. The atlas is rebuilt at the size that is asked for, so that nothing is ever stretched, and
// holds what was drawn so far.
#pragma once

#include <imgui.h>

#include <array>
#include <filesystem>
#include <limits>
#include <optional>
#include <set>
#include <vector>

#include "viz/draw/own_fonts.hpp"
#include "viz/draw/system_fonts.hpp"
#include "viz/picture/typeface.hpp"

namespace keyhole::viz {

/// One size of all fonts.
struct FontSet {
    float em = 0; // height of a line of `text` in pixels; all other sizes are made of it
    std::array<ImFont*, font_role_count> by_role{};
    // By role: what was to be drawn and is not in the atlas. The next one has it, if any font does.
    mutable std::array<std::set<char32_t>, font_role_count> lacking{};
    std::array<Blocks, font_role_count> blocks{};                  // of the window's own fonts, beside the common ones
    std::array<std::set<char32_t>, font_role_count> from_system{}; // looked for there, found or not
};
inline ImFont* font_of(const FontSet& fonts, FontRole role) { return fonts.by_role[static_cast<std::size_t>(role)]; }

/// The fonts of the panels, and those of the stage, whose type grows until the drawing fills its room.
struct Fonts : FontSet {
    struct Larger : FontSet {
        float growth = 1; // as many times as large as the panels' type
    };
    std::vector<Larger> stage{{}};              // the one that was wanted last comes last; never empty
    mutable std::optional<float> wanted_growth; // the stage was to be drawn with it, and it is not there yet
    int largest_texture = 16384;                // pixels a side: what the graphics card takes
    float too_large = std::numeric_limits<float>::infinity(); // em in pixels for which its texture has no room

    /// The stage's fonts of that size; where they are not there, the next atlas has them, if a texture can hold them.
    const FontSet* grown(float growth) const;

    /// The fonts in which a picture of that growth is drawn now, and how much they are to grow for it: its own, or
    /// those that are there until the atlas has its own.
    std::pair<const FontSet&, float> nearest(float growth) const;
};

/// Notes a character that a font lacks, unless it has been looked for already.
void miss(const FontSet& fonts, FontRole role, char32_t character);

/// Whether something was to be drawn that the atlas lacks, and nobody has looked for it yet.
bool is_lacking(const Fonts& fonts);

/// Takes up what is lacking: characters of the window's own fonts or the system's, a size of the stage's fonts. True:
/// the atlas has to be made again.
bool take_lacking(Fonts& fonts, SystemFonts& system);

/// Clears the atlas and fills it: with fewer sizes of the stage's fonts than there were, where a texture has no room
/// for all. Throws Error (io) where a font file is missing.
void load_fonts(ImFontAtlas& atlas, Fonts& fonts, const std::filesystem::path& folder, float em, SystemFonts& system);

} // namespace keyhole::viz
