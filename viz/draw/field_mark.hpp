// What marks a field, or lays a list over the panels: borders that end with their block, and a ground of its own.
#pragma once

#include "core/base/bytes.hpp"
#include "viz/base/geometry.hpp"
#include "viz/draw/screen_canvas.hpp"

namespace keyhole::viz {

/// While it lives, fields have a thick border in `colour`, if they are `marked`.
class FieldMark {
  public:
    FieldMark(bool marked, Colour colour, float pixels = 2) : marked_(marked) {
        if (!marked_) return;
        ImGui::PushStyleColor(ImGuiCol_Border, colour);
        ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, pixels);
    }
    ~FieldMark() {
        if (!marked_) return;
        ImGui::PopStyleVar();
        ImGui::PopStyleColor();
    }
    FieldMark(const FieldMark&) = delete;
    FieldMark& operator=(const FieldMark&) = delete;

  private:
    const bool marked_;
};

/// The ground of a list that covers other panels. ImGui draws a child's own ground below its elder siblings.
inline void draw_list_ground(ScreenCanvas& canvas, const Rect& area) {
    ImGui::PushClipRect({area.x, area.y}, {area.right(), area.bottom()}, false);
    canvas.box(area, Ink::raised, Ink::muted, 2 * canvas.line());
    ImGui::PopClipRect();
}

/// A path or an address that is too long gives up its head: "..tail".
inline std::string head_cut(const Canvas& canvas, FontRole font, std::string_view text, float width) {
    std::size_t from = 0;
    const auto shown = [&] { return (from > 0 ? ".." : "") + std::string(text.substr(from)); };
    while (from < text.size() && canvas.width(font, shown()) > width) {
        do ++from;
        while (from < text.size() && continues_character(text[from]));
    }
    return shown();
}

} // namespace keyhole::viz
