#include "viz/picture/bit_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace keyhole::viz {
namespace {

// The hex digits of a row, where its bits are whole digits.
std::string row_hex(const BitSheet& sheet, unsigned first) {
    if (sheet.in_row % 4 != 0 || sheet.covered) return {};
    const std::uint64_t row = sheet.bits.value >> (sheet.bits.width - first + 1 - sheet.in_row);
    return fmt::format("{:0{}X}", row & low_mask(sheet.in_row), sheet.in_row / 4);
}

} // namespace

float draw_bit_sheet(Canvas& canvas, const BitSheet& sheet, Rect room) {
    const float em = canvas.em();
    const float head = canvas.text(FontRole::title, room.corner(), sheet.paint, sheet.label);
    if (!sheet.words.empty())
        canvas.text(FontRole::text, {head + 0.8F * em, room.y + 0.25F * em}, Ink::muted,
                    canvas.shortened(FontRole::text, sheet.words, room.right() - head - 0.8F * em));
    const unsigned rows = sheet.bits.width / sheet.in_row;
    const float number = canvas.height(FontRole::figures_tiny), top = room.y + 2.2F * em;
    const float side = 3.2F * em; // for a row's hex digits
    const float wide = (room.w - side) / static_cast<float>(sheet.in_row);
    const float high = (room.bottom() - top) / static_cast<float>(rows) - number - 0.3F * em;
    const float cell = std::floor(std::clamp(std::min(0.86F * wide, high), 1.1F * em, 3.8F * em));
    const float pitch = std::min(wide, 1.2F * cell), step = cell + number + 0.3F * em;
    const float left = room.x + std::max(0.0F, (room.w - side - pitch * static_cast<float>(sheet.in_row)) / 2);
    for (unsigned position = 1; position <= sheet.bits.width; ++position) {
        const unsigned row = (position - 1) / sheet.in_row, column = (position - 1) % sheet.in_row;
        const Rect rect{left + pitch * static_cast<float>(column), top + step * static_cast<float>(row) + number, cell,
                        cell};
        canvas.text_centred(FontRole::figures_tiny, {rect.centre().x, rect.y - number / 2}, Ink::muted,
                            fmt::to_string(position));
        const unsigned bit = bit_at(sheet.bits.value, sheet.bits.width, position);
        canvas.add(shape::Cell{.rect = rect,
                               .filled = !sheet.covered && bit != 0,
                               .sign = sheet.covered ? '?'
                                       : bit != 0    ? '1'
                                                     : '0',
                               .font = cell >= 2.6F * em ? FontRole::hero : FontRole::figures_large,
                               .paint = sheet.paint,
                               .look = sheet.lit && sheet.lit(position) ? shape::CellLook::followed
                                                                        : shape::CellLook::ordinary},
                   sheet.id(position));
        if (sheet.item) canvas.area(sheet.id(position), rect).follow = sheet.item(position);
        if (column + 1 < sheet.in_row) continue;
        canvas.text(FontRole::figures,
                    {rect.right() + 0.6F * em, rect.centre().y - canvas.height(FontRole::figures) / 2}, Ink::muted,
                    row_hex(sheet, position + 1 - sheet.in_row));
    }
    return top + step * static_cast<float>(rows);
}

} // namespace keyhole::viz
