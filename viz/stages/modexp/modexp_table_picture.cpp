// The table of all steps of an exponentiation: one row an exponent bit, every row a way there. Only rows in sight are
// made, so that an exponent of thousands of bits costs as much as one of ten.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/stages/message/message_head.hpp"
#include "viz/stages/modexp/modexp_parts.hpp"

namespace keyhole::viz {
namespace {

constexpr const char* list_id = "table";

// In em.
constexpr float head_height = 1.25F, row_height = 1.4F, margin = 0.2F, bar_width = 0.65F;

// Where the columns begin; a narrow panel shows what a bit ends with only.
struct Columns {
    float index_end, bit, action, squared, multiplied;
    bool both;
};

Columns columns_of(const ModexpFrame& frame, float x, float right) {
    const Canvas& canvas = frame.canvas;
    const float em = canvas.em();
    Columns c{};
    c.index_end = x + 2.6F * em;
    c.bit = c.index_end + 1.1F * em;
    c.action = c.bit + 2 * em;
    c.squared = c.action + canvas.width(FontRole::small, "square, multiply") + 1.2F * em;
    const float value = std::max(canvas.width(FontRole::figures_small, frame.widest_value()), 6.5F * em) + 1.2F * em;
    c.multiplied = c.squared + value;
    c.both = c.multiplied + value <= right;
    return c;
}

void draw_heads(Canvas& canvas, const Columns& c, float y) {
    constexpr FontRole font = FontRole::small;
    canvas.text_to_right(font, {c.index_end, y + canvas.height(font) / 2}, Ink::muted, "bit");
    canvas.text(font, {c.bit, y}, Ink::muted, "is");
    canvas.text(font, {c.action, y}, Ink::muted, "action");
    canvas.text(font, {c.squared, y}, Ink::muted, c.both ? "after the square" : "value");
    if (c.both) canvas.text(font, {c.multiplied, y}, Ink::muted, "after multiplying");
}

void draw_row(Canvas& canvas, const PowerRow& row, const Columns& c, Rect rect, bool here) {
    const float em = canvas.em(), middle = rect.centre().y;
    const std::string id = fmt::format("row.{}", row.index);
    canvas.box({rect.x + 2, rect.y + 1, rect.w - 4, rect.h - 2}, here ? Ink::current_tint : Ink::none,
               here ? Ink::current : Ink::none, 2 * canvas.line(), id);
    canvas.link(id, rect, row.node);
    const auto left = [&](FontRole font, float x, Ink ink, std::string_view text) {
        canvas.text(font, {x, middle - canvas.height(font) / 2}, ink, text);
    };
    canvas.text_to_right(FontRole::figures_small, {c.index_end, middle}, here ? Ink::current : Ink::muted,
                         fmt::to_string(row.index));
    canvas.cell({c.bit, std::round(middle - 0.5F * em), 0.85F * em, std::round(em)}, row.bit, Ink::secret, here,
                id + ".bit");
    left(FontRole::small, c.action, here ? Ink::text : Ink::muted, row.action);
    const bool squared_only = row.multiplied.empty();
    if (!c.both)
        return left(FontRole::figures_small, c.squared, Ink::text, squared_only ? row.squared : row.multiplied);
    left(FontRole::figures_small, c.squared, squared_only ? Ink::text : Ink::muted, row.squared);
    left(FontRole::figures_small, c.multiplied, squared_only ? Ink::faint : Ink::text,
         squared_only ? "\u2014" : row.multiplied);
}

// The rows in sight: where the user has scrolled to, and after a move the current one with its neighbours.
RowWindow rows_in_sight(const ModexpFrame& frame, std::uint64_t shown) {
    const StageInput& input = frame.input;
    const std::uint64_t all = frame.model.bits, current = frame.current();
    RowWindow rows = viz::rows_in_sight(input, list_id, all, shown, std::nullopt);
    if (input.moved && current > 0) {
        const std::uint64_t row = current - 1;
        for (const std::uint64_t wanted : {row - std::min<std::uint64_t>(row, 1), std::min(row + 1, all - 1), row})
            rows.show(wanted);
    }
    return rows;
}

} // namespace

float power_table_height(const ModexpFrame& frame) {
    return (head_height + row_height * static_cast<float>(frame.model.bits) + 1.2F) * frame.canvas.em();
}

float draw_power_table(const ModexpFrame& frame, float y, float height) {
    Canvas& canvas = frame.canvas;
    const Rect room = frame.input.room;
    const float em = canvas.em(), line = row_height * em, bar = bar_width * em;
    const Columns columns = columns_of(frame, room.x, room.right() - bar - 0.6F * em);
    draw_heads(canvas, columns, y);
    // On whole pixels: its edge is a thin line.
    const Rect list{std::floor(room.x), std::floor(y + head_height * em), std::floor(room.w),
                    std::floor(height - head_height * em)};
    canvas.add(shape::Box{.rect = list, .fill = {}, .outline = Ink::border, .rounding = 0.22F * em});
    const float top = list.y + margin * em;
    const float rows_height = list.h - 2 * margin * em;
    const RowWindow rows = rows_in_sight(frame, static_cast<std::uint64_t>(rows_height / line));
    const bool whole = rows.last_top() == 0;
    const std::uint64_t end = std::min(rows.top() + rows.shown(), frame.model.bits);
    for (std::uint64_t i = rows.top(); i < end; ++i) {
        const Rect rect{list.x, top + line * static_cast<float>(i - rows.top()), list.w - (whole ? 0 : bar), line};
        draw_row(canvas, power_row(frame.model, i + 1), columns, rect, i + 1 == frame.current());
    }
    if (!whole)
        canvas.picture().lists.push_back({.id = list_id,
                                          .all = frame.model.bits,
                                          .shown = rows.shown(),
                                          .first = rows.top(),
                                          .bar = {list.right() - bar, top, bar, rows_height},
                                          .list = list,
                                          // Where the whole stage scrolls, the keys are for that.
                                          .page_keys = list.bottom() <= room.bottom()});
    return y + height;
}

} // namespace keyhole::viz
