// The bytes of a JSON line in hex: as they travel, and those that its base64 stands for.
#pragma once

#include "viz/base/row_window.hpp"
#include "viz/stages/frame/frame_items.hpp"

namespace keyhole::viz {

/// How many bytes of the wire stand in a row: 16, 8 or 4.
std::size_t wire_columns(float width, float em, float sign);
/// How wide eight bytes of the wire are with their offset, and a block with its name, in pixels.
float least_wire_width(float em, float sign);
float blocks_width(float em, float sign);

/// `width` is that of a row; where it has room for them the same bytes stand as characters behind their hex.
void draw_wire_rows(const FrameDrawing& drawing, Point at, float width, std::size_t columns, const RowWindow& rows);

/// The IV, then the ciphertext, a block of eight bytes a row.
std::uint64_t block_rows(const FrameModel& frame);
std::uint64_t block_row_of(const FrameModel& frame, Holds holds, std::size_t byte);
void draw_block_rows(const FrameDrawing& drawing, Point at, const RowWindow& rows);

} // namespace keyhole::viz
