// A picture as plain data: shapes in the order of drawing, with roles of colour in place of colours, and areas that can
// be pointed at. Layout makes it, a painter puts it on a screen or into a file, tests read it; nobody needs a display.
//
// An `id` names a part of the drawing and stays the same from step to step ("R4.7": bit 7 of R4; "S3"; "K5.13"), so
// that what is pointed at, lit or moved can be found again in the next picture. Most shapes have none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/steps/node.hpp"
#include "viz/base/geometry.hpp"
#include "viz/picture/ink.hpp"
#include "viz/picture/typeface.hpp"

namespace keyhole::viz {

namespace shape {

/// One line of text; `box` is as wide as the words run and as high as the font.
struct Text {
    Rect box;
    FontRole font = FontRole::text;
    Paint paint;
    std::string words;
};

struct Box {
    Rect rect;
    Paint fill, outline;
    float thickness = 1; // of the outline, pixels
    float rounding = 0;  // pixels
};

struct Circle {
    Point centre;
    float radius = 0; // pixels
    Paint fill, outline;
    float thickness = 1; // of the outline, pixels
};

struct Line {
    Point from, to;
    Paint paint;
    float thickness = 1; // pixels
};

/// A curve that leaves and arrives upright.
struct Wire {
    Point from, to;
    Paint paint;
    float thickness = 1; // pixels
};

struct Triangle {
    Point a, b, c;
    Paint paint;
};

enum class CellLook : std::uint8_t {
    ordinary,
    lit,      // of the current step
    followed, // on the way of what is followed
    left_out, // struck through: goes no further
    marked,   // a thick outline around it, in its own colour
};

/// One bit: filled where it is 1, outlined where it is 0.
struct Cell {
    Rect rect;
    bool filled = false;
    char sign = 0; // '0', '1', '?' for what is to be guessed; 0: no room for a digit
    FontRole font = FontRole::figures_small;
    Paint paint;
    CellLook look = CellLook::ordinary;
    bool dense = false; // one of a thousand: square, and a 0 is tinted instead of outlined
};

using Form = std::variant<Text, Box, Circle, Line, Wire, Triangle, Cell>;

} // namespace shape

struct Shape {
    shape::Form form;
    std::string id;
};

/// What a stage lets people follow with the mouse or by keys: a bit, a byte, a character. The stage numbers its items
/// as it likes; 0 is none of them.
using Item = std::uint64_t;

/// Where the mouse means something. While it is over the area, boxes and cells with its id have the outline of the
/// current step, and text with its id has its colour.
struct Area {
    std::string id;
    Rect rect;
    bool wire = false; // the area is the curve between `from` and `to`
    Point from, to;

    std::optional<Node> go_to; // a click goes to this step
    Item follow = 0;           // pointing follows this; a click keeps it followed unless it goes to a step
    std::string toggle;        // a click turns this switch of the stage: "unfold p"
    std::string zoom;          // a double click fills the stage with this
    std::string tooltip;
};

/// A list of which only some rows are drawn, and its scroll bar.
struct ListBar {
    std::string id;
    std::uint64_t all = 0, shown = 1, first = 0; // rows
    Rect bar, list;                              // where the bar is drawn; where the wheel scrolls
    bool page_keys = false;                      // Page Up and Page Down scroll it
};

/// A bit that the step takes from one place to another, for as long as things move; its way ends where the cell is.
struct Flight {
    Rect from;
    shape::Cell cell;
};

struct Picture {
    std::vector<Shape> shapes;
    std::vector<Area> areas;
    std::vector<ListBar> lists;
    std::vector<Flight> flights;
    float foot = 0;                    // where the drawing ends; more than the room is scrolled
    float work_from = 0, work_to = -1; // what the step is about, from top to foot: to be in sight after a move

    /// The area under the point; of several the one that was added last.
    const Area* at(Point point, float em) const;
    /// The shape of that id, nothing where there is none.
    const Shape* find(std::string_view id) const;
};

/// How many bytes of the words are no blanks: the same however lines are broken.
std::size_t letters(std::string_view words);

/// The box around a shape, with the thickness of its lines left out.
Rect extent(const Shape& shape);

/// How far a wire keeps upright at either end, in pixels.
float wire_bend(Point from, Point to);

} // namespace keyhole::viz
