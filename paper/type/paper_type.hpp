// The fonts of the window as paper sees them: measured without a screen, and text cut into runs of one font each. A
// line of text is as high as in the window (ascent and descent of the font), so that both lay out alike.
#pragma once

#include <array>
#include <filesystem>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "paper/type/face.hpp"
#include "viz/picture/typeface.hpp"

namespace keyhole::paper {

using viz::FontRole;

/// The files: Inter, JetBrains Mono, DejaVu Sans for signs that these lack, Font Awesome for icons. `others` stands for
/// what none of them has: whoever shows the drawing has a font for it or not.
enum class PaperFont : std::uint8_t { words, figures, signs, icons, others };
inline constexpr std::size_t paper_font_count = 4; // files

/// A piece of a text in one font.
struct Run {
    PaperFont font = PaperFont::words;
    std::string_view text;
    float x = 0, width = 0; // pixels, from the text's left end
};

/// What becomes of characters that the four files lack.
enum class Lacking {
    named,         // [U+65E5], as the window writes what no font has
    left_to_shower // given an assumed width, and shown by whatever font is there
};

class PaperType final : public viz::Typeface {
  public:
    /// `em` is the height of a line of text in pixels. Throws Error (io) where a font is missing.
    PaperType(const std::filesystem::path& folder, float em, Lacking lacking);

    float em() const override { return em_; }
    float height(FontRole role) const override;
    float width(FontRole role, std::string_view words) const override;
    std::size_t fitting(FontRole role, std::string_view words, float width) const override;
    bool has(FontRole role, char32_t character) const override;

    std::vector<Run> runs(FontRole role, std::string_view words) const;
    /// The em square of that font at that role, in pixels: what CSS calls font-size.
    float size(FontRole role, PaperFont font) const;
    /// From the top of a line to its base line, in pixels; all runs of a line share it.
    float base_line(FontRole role) const;
    const Face& face(PaperFont font) const { return faces_[static_cast<std::size_t>(font)]; }

  private:
    struct Glyph {
        PaperFont font = PaperFont::others;
        bool there = false;
        float advance = 0; // of an em of the font's line height
    };
    const Glyph& glyph(FontRole role, char32_t character) const;
    Glyph find(bool figures, char32_t character) const;

    float em_;
    Lacking lacking_;
    std::array<Face, paper_font_count> faces_;
    mutable std::array<std::unordered_map<char32_t, Glyph>, 2> glyphs_; // of words, of figures
};

/// Whether the role sets figures (JetBrains Mono) or words (Inter).
bool sets_figures(FontRole role);

} // namespace keyhole::paper
