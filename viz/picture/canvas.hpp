// The pencil: lays out text, boxes, cells and wires and leaves them in a picture, or wherever a class that derives from
// it puts them. It knows how wide words run and nothing of screens.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bits.hpp"
#include "viz/picture/picture.hpp"
#include "viz/picture/theme.hpp"

namespace keyhole::viz {

/// What a picture is laid out with. Of the theme only measures count (how thick, how strong); colours stay roles.
struct Style {
    const Theme& theme;
    const Typeface& type;
};

class Canvas {
  public:
    Canvas(const Style& style, Picture& picture) : style_(style), picture_(picture) {}
    virtual ~Canvas() = default;
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    const Style& style() const { return style_; }
    const Typeface& type() const { return style_.type; }
    Picture& picture() { return picture_; }
    float em() const { return type().em(); }
    /// A thin line of the theme, in pixels.
    float line() const;

    float width(FontRole font, std::string_view words) const;
    float height(FontRole font) const { return type().height(font); }
    std::string shortened(FontRole font, std::string_view text, float width, std::string_view ending = "..") const {
        return viz::shortened(type(), font, drawable(type(), font, text), width, ending);
    }

    /// `at` is the upper left corner. Returns the right end.
    float text(FontRole font, Point at, Paint paint, std::string_view words, std::string id = {});
    void text_centred(FontRole font, Point centre, Paint paint, std::string_view words, std::string id = {});
    /// `at` is the right end, in the middle of the line's height.
    void text_to_right(FontRole font, Point at, Paint paint, std::string_view words, std::string id = {});
    /// Words set in lines of at most `width`, broken at spaces, with room between the lines. Returns the foot.
    float paragraph(FontRole font, Point at, float width, Paint paint, std::string_view words,
                    const std::string& id = {});
    /// How high the paragraph would be.
    float paragraph_height(FontRole font, float width, std::string_view words) const;
    /// The first of the fonts in which the words fit the width on one line, or the last.
    FontRole largest(std::string_view words, float width, std::initializer_list<FontRole> fonts) const;
    /// The largest font of figures whose digit has room in a cell of that size.
    FontRole digit_font(Rect cell) const;
    /// Centred, in the larger of the two small fonts of figures that fits the width.
    void small_figures_within(Point centre, float width, Paint paint, std::string_view words);

    /// Rounded a little; `thickness` of the outline is a thin line where it is 0.
    void box(Rect rect, Paint fill, Paint outline, float thickness = 0, std::string id = {});
    void straight(Point from, Point to, Paint paint, float thickness, std::string id = {});
    /// A wire that leaves and arrives upright.
    void wire(Point from, Point to, Paint paint, float thickness, std::string id = {});
    void triangle(Point a, Point b, Point c, Paint paint, std::string id = {});
    void circle(Point centre, float radius, Paint fill, Paint outline, float thickness, std::string id = {});
    /// A vertical or horizontal line with an open head at `to`, `length` pixels long and `half` to either side.
    void arrow(Point from, Point to, Paint paint, float thickness, float length, float half);
    /// One bit as a cell: filled where it is 1, outlined where it is 0, with a "?" where it is to be guessed (no bit).
    void cell(Rect rect, std::optional<unsigned> bit, Paint paint, bool lit, std::string id = {}) {
        cell(rect, bit, paint, lit ? shape::CellLook::lit : shape::CellLook::ordinary, std::move(id));
    }
    void cell(Rect rect, std::optional<unsigned> bit, Paint paint, shape::CellLook look, std::string id = {});

    /// What the mouse means over `rect`.
    Area& area(std::string id, Rect rect);
    Area& wire_area(std::string id, Point from, Point to);
    /// A click there goes to the step.
    void link(std::string id, Rect rect, const Node& node) { area(std::move(id), rect).go_to = node; }

    /// Adds any shape.
    void add(shape::Form form, std::string id = {});

  protected:
    /// Where a shape goes when it is laid out.
    virtual void put(Shape shape);

  private:
    // `before` is the part of the words' width and height that lies before `at`. Returns the right end.
    float set(FontRole font, Point at, Point before, Paint paint, std::string_view words, std::string id);

    Style style_;
    Picture& picture_;
};

} // namespace keyhole::viz
