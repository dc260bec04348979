// Puts pictures on the screen: the one place where shapes become ImGui's triangles and roles become colours. Text goes
// to ImGui's log as well, and what leaves its panel at a side is noted, so that tests can read both.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

#include "viz/draw/fonts.hpp"
#include "viz/picture/picture.hpp"
#include "viz/picture/theme.hpp"

namespace keyhole::viz {

/// The fonts of the window as layout sees them.
class ScreenTypeface : public Typeface {
  public:
    explicit ScreenTypeface(const FontSet& fonts) : fonts_(fonts) {}

    float em() const override { return fonts_.em; }
    float height(FontRole font) const override;
    float width(FontRole font, std::string_view words) const override;
    std::size_t fitting(FontRole font, std::string_view words, float width) const override;
    bool has(FontRole font, char32_t character) const override;

  private:
    const FontSet& fonts_;
};

class Painter {
  public:
    /// Paints on the panel that is being drawn; `offset` is added to every place, in pixels. The picture was laid out
    /// with type `growth` times as large as the fonts.
    Painter(const Theme& theme, const FontSet& fonts, Point offset = {}, float growth = 1);

    /// `pointed` is the id of what the mouse is over: it is drawn as that.
    void paint(const Picture& picture, std::string_view pointed = {});
    void paint(const Shape& shape, bool pointed = false);

  private:
    void draw(const shape::Text& text, bool pointed);
    void draw(const shape::Box& box, bool pointed);
    void draw(const shape::Circle& circle, bool pointed);
    void draw(const shape::Line& line, bool pointed);
    void draw(const shape::Wire& wire, bool pointed);
    void draw(const shape::Triangle& triangle, bool pointed);
    void draw(const shape::Cell& cell, bool pointed);
    void draw_sign(const shape::Cell& cell, ImVec2 from);

    ImVec2 at(Point p) const { return {p.x + offset_.x, p.y + offset_.y}; }
    float line() const;

    const Theme& theme_;
    const FontSet& fonts_;
    Point offset_;
    float growth_;
    ImDrawList* list_;
};

/// Text that did not fit between the sides of its panel since the last call, for tests.
std::vector<std::string> take_cut_text();

} // namespace keyhole::viz
