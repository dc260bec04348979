// An S-box as a table: binary headers, the chosen row and column tinted, the chosen cell filled; the outer bits of the
// input choose the row, the inner ones the column.
#include "viz/stages/round/sbox_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "viz/frame/views.hpp"

namespace keyhole::viz {

void draw_sbox_table(FrameContext& context, Canvas& canvas, Rect area, unsigned box) {
    const SboxModel s = make_sbox_model(context.trace, context.step.node, box);
    const bool covered = context.covered();
    const Theme& theme = context.theme;
    const Fonts& fonts = context.fonts;
    const float em = fonts.em;
    const float head = std::min(4.6F * em, 0.14F * area.w);
    const float width = std::min((area.w - head) / 16, 2.6F * em);
    const float x0 = area.x + (area.w - head - 16 * width) / 2 + head;
    // Five rows, and below them words where there is room.
    const bool with_words = area.h >= 6.8F * em;
    const float height = std::min(with_words ? (area.h - 0.5F * em) / 5.45F : area.h / 5, 1.55F * em);
    const auto centre = [&](float column, float row) {
        return ImVec2{x0 + width * (column + 0.5F), area.y + height * (row + 0.5F)};
    };
    canvas.figures_within({x0 - head / 2, area.y + height / 2}, head, theme.current, fmt::format("S{}", box));
    // Where the inner bits have no room side by side, the columns are numbered.
    const bool binary = Canvas::size(fonts.figures_tiny, "0000").x < width;
    for (unsigned c = 0; c < 16; ++c) {
        const bool chosen = !covered && c == s.chosen.column;
        canvas.small_figures_within(centre(static_cast<float>(c), 0), width - 0.1F * em,
                                    chosen ? theme.current : theme.muted, binary ? s.columns[c] : std::to_string(c));
    }
    for (unsigned r = 0; r < 4; ++r) {
        const bool chosen_row = !covered && r == s.chosen.row;
        const auto row = static_cast<float>(r + 1);
        canvas.text_centred(fonts.figures_small, {x0 - head / 2, centre(0, row).y},
                            chosen_row ? theme.current : theme.muted, s.rows[r]);
        for (unsigned c = 0; c < 16; ++c) {
            const bool chosen_column = !covered && c == s.chosen.column;
            const bool chosen = chosen_row && chosen_column;
            const ImVec2 middle = centre(static_cast<float>(c), row);
            const ImVec2 half{width / 2 - 0.06F * em, height / 2 - 0.06F * em};
            const ImU32 fill = chosen ? theme.current : chosen_row || chosen_column ? theme.current_tint : theme.raised;
            canvas.box({middle.x - half.x, middle.y - half.y}, {middle.x + half.x, middle.y + half.y}, fill,
                       chosen ? theme.current : theme.border, chosen ? 2.2F * canvas.line() : 0);
            canvas.text_centred(fonts.figures_small, middle, chosen ? theme.on_current : theme.text,
                                std::to_string(s.cells[r][c]));
        }
    }
    if (!with_words) return;
    // The six bits again, outer and inner ones told apart, and where they lead.
    const float y = area.y + 5.45F * height;
    const auto shown = [&](const auto& value) { return covered ? std::string("?") : fmt::format("{}", value); };
    const std::string outer =
        fmt::format("outer bits {}{} \u2192 row {}", s.input.front(), s.input.back(), shown(s.chosen.row));
    const std::string inner =
        fmt::format("inner bits {} \u2192 column {}", s.input.substr(1, 4), shown(s.chosen.column));
    const std::string words =
        fmt::format("{}   {}   cell {} \u2192 {}", outer, inner, shown(s.chosen.output), shown(s.output));
    canvas.text_centred(Canvas::size(fonts.small, words).x < area.w ? fonts.small : fonts.figures_tiny,
                        {area.x + area.w / 2, y}, theme.muted, words);
}

} // namespace keyhole::viz
