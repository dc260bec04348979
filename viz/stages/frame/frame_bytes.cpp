#include "viz/stages/frame/frame_bytes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/base/number_model.hpp"
#include "viz/stages/frame/frame_line.hpp"

namespace keyhole::viz {
namespace {

// In characters: from byte to byte, and one byte's box.
constexpr float byte_pitch = 3, byte_width = 2.7F;

// What stands left of a row, in em.
constexpr float offset_width = 4, label_width = 3.6F;

struct Byte {
    std::string id;
    unsigned value = 0;
    Light light = Light::none;
    Item item = 0;
};

void draw_byte(const FrameDrawing& d, Point at, const Byte& byte) {
    const Rect rect{at.x, at.y, byte_width * d.sign, d.row - 0.2F * d.canvas.em()};
    const bool exact = byte.light == Light::exact;
    if (byte.light != Light::none)
        d.canvas.box(rect, Ink::current_tint, exact ? Ink::current : Ink::none, 2 * d.canvas.line(), byte.id);
    d.canvas.text_centred(FontRole::figures_small, rect.centre(), exact ? Ink::current : Ink::text,
                          fmt::format("{:02X}", byte.value), byte.id);
    d.canvas.area(byte.id, rect).follow = byte.item;
}

std::uint64_t iv_rows(const FrameModel& frame) { return frame.iv.empty() ? 0 : 1; }

// The block's name leads to how it was made.
void draw_block_name(const FrameDrawing& d, Point at, std::uint64_t number) {
    const float em = d.canvas.em();
    const Rect rect{at.x, at.y, 3.3F * em, d.row - 0.2F * em};
    const std::string words = number == 0       ? "IV"
                              : number < 100000 ? indexed("C", static_cast<unsigned>(number))
                                                : "C" + grouped_decimal(number);
    const std::string id = number == 0 ? "iv" : fmt::format("block.{}", number);
    d.canvas.text_to_right(words.size() > 16 ? FontRole::figures_tiny : FontRole::small,
                           {rect.right() - 0.1F * em, rect.centre().y}, Ink::muted, words, id);
    const Node block = d.frame.cipher.child({.kind = Kind::block, .number = number});
    if (number == 0 || !d.input.trace.tree().contains(block)) return;
    Area& area = d.canvas.area(id, rect);
    area.go_to = block;
    area.tooltip = "click to see how this block was made";
}

} // namespace

std::size_t wire_columns(float width, float em, float sign) {
    const float columns = (width - (offset_width + 0.2F) * em) / (byte_pitch * sign);
    return columns >= 16.6F ? 16 : columns >= 8.3F ? 8 : 4;
}

float least_wire_width(float em, float sign) { return (offset_width + 0.2F) * em + 8.3F * byte_pitch * sign; }

float blocks_width(float em, float sign) { return label_width * em + 8 * byte_pitch * sign; }

void draw_wire_rows(const FrameDrawing& d, Point at, float width, std::size_t columns, const RowWindow& rows) {
    const float em = d.canvas.em();
    const float text_at = offset_width * em + (byte_pitch * static_cast<float>(columns) + 1.6F) * d.sign;
    const bool with_text = text_at + static_cast<float>(columns) * d.sign <= width;
    for (std::uint64_t r = 0; r < rows.shown(); ++r) {
        const std::size_t begin = static_cast<std::size_t>(rows.top() + r) * columns;
        if (begin >= d.frame.wire_size()) break;
        const float y = at.y + d.row * static_cast<float>(r);
        d.canvas.text_to_right(FontRole::figures_tiny, {at.x + 3.4F * em, y + (d.row - 0.2F * em) / 2}, Ink::muted,
                               fmt::format("{:05X}", begin));
        for (std::size_t i = begin; i < std::min(begin + columns, d.frame.wire_size()); ++i) {
            const float gap = columns > 4 && i - begin >= columns / 2 ? 0.6F * d.sign : 0;
            const float x = at.x + offset_width * em + byte_pitch * d.sign * static_cast<float>(i - begin) + gap;
            draw_byte(d, {x, y},
                      {.id = fmt::format("wire.{}", i + 1),
                       .value = d.frame.wire_byte(i),
                       .light = light_of(i, d.lit.line, d.lit.line_group),
                       .item = item_of_wire(i)});
        }
        if (!with_text) continue;
        std::string text;
        for (std::size_t i = begin; i < std::min(begin + columns, d.frame.wire_size()); ++i)
            text += static_cast<char>(d.frame.wire_byte(i));
        const float text_y = y + (d.row - 0.2F * em - d.canvas.height(FontRole::figures_small)) / 2;
        d.canvas.text(FontRole::figures_small, {at.x + text_at, text_y}, Ink::muted, one_sign_a_byte(text),
                      fmt::format("wire.text.{}", begin / columns + 1));
    }
}

std::uint64_t block_rows(const FrameModel& frame) { return iv_rows(frame) + (frame.ciphertext.size() + 7) / 8; }

std::uint64_t block_row_of(const FrameModel& frame, Holds holds, std::size_t byte) {
    return holds == Holds::iv ? 0 : iv_rows(frame) + byte / 8;
}

void draw_block_rows(const FrameDrawing& d, Point at, const RowWindow& rows) {
    const std::uint64_t end = std::min(rows.top() + rows.shown(), block_rows(d.frame));
    for (std::uint64_t r = rows.top(); r < end; ++r) {
        const bool iv = r < iv_rows(d.frame);
        const Holds holds = iv ? Holds::iv : Holds::ciphertext;
        const ByteView bytes = d.frame.bytes(holds);
        const std::uint64_t number = iv ? 0 : r - iv_rows(d.frame) + 1;
        const std::size_t begin = iv ? 0 : static_cast<std::size_t>(8 * (number - 1));
        const float y = at.y + d.row * static_cast<float>(r - rows.top());
        draw_block_name(d, {at.x, y}, number);
        for (std::size_t i = begin; i < std::min(begin + 8, bytes.size()); ++i) {
            const float x = at.x + label_width * d.canvas.em() + byte_pitch * d.sign * static_cast<float>(i - begin);
            draw_byte(d, {x, y},
                      {.id = fmt::format("{}.{}", iv ? "iv" : "byte", i + 1),
                       .value = bytes[i],
                       .light = d.lit.holds == holds ? light_of(i, d.lit.bytes, d.lit.bytes_group) : Light::none,
                       .item = d.frame.field_of(holds) != nullptr ? item_of_byte(holds, i) : 0});
        }
    }
}

} // namespace keyhole::viz
