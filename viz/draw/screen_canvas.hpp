// The pencil of panels and pages: what it draws is on the panel at once, between ImGui's own fields and buttons. Areas
// mean nothing to it: a panel asks where the mouse is.
#pragma once

#include <string_view>

#include "viz/draw/painter.hpp"
#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

class ScreenCanvas : public Canvas {
  public:
    /// Draws on the panel that is being drawn.
    ScreenCanvas(const Theme& theme, const Fonts& fonts);

    using Canvas::paragraph;
    /// A paragraph as an item of the panel's own flow, as wide as the panel.
    void paragraph(FontRole font, Paint paint, std::string_view words);

    /// Whether the mouse is there and the panel has it.
    bool hovered(Rect rect) const;
    bool clicked(Rect rect) const;

  protected:
    void put(Shape shape) override { painter_.paint(shape); }

  private:
    ScreenTypeface fonts_;
    Picture unused_; // for areas
    Painter painter_;
};

} // namespace keyhole::viz
