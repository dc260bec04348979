// The JSON line as text: one character a column, four characters of base64 underlined together.
#pragma once

#include "viz/base/row_window.hpp"
#include "viz/stages/frame/frame_items.hpp"

namespace keyhole::viz {

/// The text in as many columns as bytes: letters beyond ASCII take several or none, and each of their bytes, as each
/// control, is a dot.
std::string one_sign_a_byte(std::string_view text);

/// How many characters a row has; whole groups of base64.
std::size_t line_columns(float width, float em, float sign);

void draw_line_rows(const FrameDrawing& drawing, Point at, std::size_t columns, const RowWindow& rows);

} // namespace keyhole::viz
