// The pencil of the stages: text, boxes, cells and wires in the theme's colours, on the panel that is being drawn.
// Text goes to ImGui's log as well, and what leaves its panel at a side is counted, so that tests can read both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bits.hpp"
#include "viz/draw/fonts.hpp"
#include "viz/picture/theme.hpp"

namespace keyhole::viz {

class ScreenCanvas {
  public:
    ScreenCanvas(const Theme& theme, const Fonts& fonts);

    const Theme& theme() const { return *theme_; }
    const Fonts& fonts() const { return *fonts_; }
    float em() const { return fonts_->em; }
    /// A thin line of the theme, in pixels.
    float line() const;

    static ImVec2 size(const ImFont* font, std::string_view words);
    /// The words as `text` writes them.
    static std::string drawable(const ImFont* font, std::string_view words);
    /// The text, or as much of its head as fits the width together with `ending`.
    static std::string shortened(const ImFont* font, std::string_view text, float width,
                                 std::string_view ending = "..");
    /// Characters that the font lacks are written as [U+65E5]. Returns the right end.
    float text(const ImFont* font, ImVec2 at, ImU32 colour, std::string_view words);
    void text_centred(const ImFont* font, ImVec2 centre, ImU32 colour, std::string_view text);
    /// `at` is the right end, in the middle of the line's height.
    void text_to_right(const ImFont* font, ImVec2 at, ImU32 colour, std::string_view text);
    /// Words set in lines of at most `width`, broken at spaces, with room between the lines. Returns the foot.
    float paragraph(const ImFont* font, ImVec2 at, float width, ImU32 colour, std::string_view words);
    /// The same as an item of the panel's own flow, as wide as the panel.
    void paragraph(const ImFont* font, ImU32 colour, std::string_view words);
    /// Centred, in the largest of the figures' fonts that fits the width.
    void figures_within(ImVec2 centre, float width, ImU32 colour, std::string_view text);
    /// The same with the two smaller ones only.
    void small_figures_within(ImVec2 centre, float width, ImU32 colour, std::string_view text);

    void box(ImVec2 from, ImVec2 to, ImU32 fill, ImU32 outline, float thickness = 0);
    void straight(ImVec2 from, ImVec2 to, ImU32 colour, float thickness);
    /// A wire that leaves and arrives upright.
    void wire(ImVec2 from, ImVec2 to, ImU32 colour, float thickness);
    /// One bit as a cell: filled where it is 1, outlined where it is 0, with a thick outline when it is live.
    void cell(ImVec2 from, ImVec2 size, unsigned bit, ImU32 colour, bool live);

    /// The cell of a bit that is to be guessed.
    void covered_cell(ImVec2 from, ImVec2 size, ImU32 colour, bool live);

    /// Whether the mouse is near enough to that wire to mean it.
    bool on_wire(ImVec2 from, ImVec2 to) const;
    bool hovered(ImVec2 from, ImVec2 to) const;
    bool clicked(ImVec2 from, ImVec2 to) const;

  private:
    void cell_frame(ImVec2 from, ImVec2 size, ImU32 colour, bool filled, bool live);
    void cell_sign(ImVec2 from, ImVec2 size, ImU32 ink, char sign);

    const Theme* theme_;
    const Fonts* fonts_;
    ImDrawList* list_;
};

} // namespace keyhole::viz
