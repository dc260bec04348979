// An S-box's step where the window is too low for the whole round: the six bits, the table, the four bits that leave.
#include <fmt/format.h>

#include "viz/frame/views.hpp"
#include "viz/stages/round/round_model.hpp"
#include "viz/stages/round/sbox_model.hpp"

namespace keyhole::viz {
namespace {

// Label, sign and the six bits of the box in one lane; the outer two, which choose the row, stand apart.
void lane_row(Canvas& canvas, const LaneModel& lane, unsigned box, ImVec2 at, float cell, const Fonts& fonts) {
    const Theme& theme = canvas.theme();
    const float em = fonts.em;
    const ImU32 own = colour(theme, lane.meaning);
    const float middle = at.y + cell / 2;
    canvas.text_to_right(fonts.small, {at.x + em, middle}, theme.muted, lane.sign);
    canvas.text_to_right(fonts.text, {at.x + 2.5F * em, middle}, own, lane.label);
    for (unsigned i = 0; i < 6; ++i) {
        const unsigned position = 6 * (box - 1) + 1 + i;
        const float apart = (i > 0 ? 0.35F : 0.0F) * em + (i == 5 ? 0.35F : 0.0F) * em;
        canvas.cell({at.x + 2.9F * em + static_cast<float>(i) * 1.1F * cell + apart, at.y}, {cell, cell},
                    bit_at(lane.bits.value, lane.bits.width, position), own, lane.lane == Lane::mixed);
    }
}

} // namespace

void draw_sbox_stage(FrameContext& context, const RoundModel& round, Rect area) {
    Canvas canvas(context.theme, context.fonts);
    const Theme& theme = context.theme;
    const Fonts& fonts = context.fonts;
    const float em = fonts.em;
    const unsigned box = *round.box;
    const SboxModel s = make_sbox_model(context.trace, context.step.node, box);
    const float cell = std::round(0.95F * em), step = 1.12F * em;
    float y = area.y;
    for (const Lane lane : {Lane::expanded, Lane::subkey, Lane::mixed}) {
        lane_row(canvas, round.lanes[index(lane)], box, {area.x, y}, cell, fonts);
        y += step;
    }
    // What leaves, beside the three rows.
    const float x = area.x + 2.9F * em + 6.6F * cell + 1.6F * em;
    const float middle = area.y + step + cell / 2;
    const float arrow = canvas.text(fonts.text, {x, middle - fonts.text->FontSize / 2}, theme.current,
                                    fmt::format("{} \u2192", indexed("S", box)));
    for (unsigned i = 1; i <= 4; ++i) {
        const ImVec2 at{arrow + 0.4F * em + static_cast<float>(i - 1) * 1.1F * cell, area.y + step};
        if (context.covered()) {
            canvas.covered_cell(at, {cell, cell}, theme.sbox, true);
        } else {
            canvas.cell(at, {cell, cell}, bit_at(s.chosen.output, 4, i), theme.sbox, true);
        }
    }
    const float end = arrow + 0.4F * em + 4.4F * cell + 0.3F * em;
    const std::string equals = context.covered() ? std::string("= ?") : fmt::format("= {}", s.chosen.output);
    if (end + Canvas::size(fonts.text, equals).x < area.right())
        canvas.text(fonts.text, {end, middle - fonts.text->FontSize / 2}, theme.sbox, equals);
    const float table = y + 0.15F * em;
    draw_sbox_table(context, canvas, {area.x, table, area.w, std::max(area.bottom() - table, 5.8F * em)}, box);
}

} // namespace keyhole::viz
