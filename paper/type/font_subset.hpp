// The part of a font that a drawing needs (HarfBuzz), small enough to lie inside the file.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace keyhole::paper {

/// A font with the glyphs of these characters, in the format of the whole one, without ligatures and kerning: text is
/// laid out without them. Throws Error (io) where HarfBuzz refuses it.
std::string font_subset(std::string_view font, const std::set<char32_t>& characters);

} // namespace keyhole::paper
