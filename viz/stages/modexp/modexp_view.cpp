// The stage of a modular exponentiation: the formula in letters and in numbers, the exponent's bits, the work of the
// current bit, and the table of all steps. (Handbook of Applied Cryptography, algorithm 14.79.)
#include "viz/stages/modexp/modexp_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/steps/step_kinds.hpp"
#include "viz/frame/cached.hpp"

namespace keyhole::viz {
namespace {

// What is computed, in words, in letters and in live numbers.
float header(ModexpFrame& frame, float y) {
    const ModexpModel& m = frame.model;
    ScreenCanvas& canvas = frame.canvas;
    const Theme& theme = frame.context.theme;
    const Fonts& fonts = frame.context.fonts;
    const float em = fonts.em;
    const std::string name = title(m.owner);
    const float name_end = frame.x + ScreenCanvas::size(fonts.title, name).x + 1.2F * em;
    const float heading = screen_formula_width(canvas, fonts.figures, m.heading);
    const bool beside = name_end + heading < frame.x + frame.width;
    float foot = canvas.paragraph(fonts.title, {frame.x, y}, frame.width, theme.text, name);
    if (beside) {
        screen_formula(canvas, fonts.figures, {name_end, y + 0.25F * em}, frame.width, theme.muted, m.heading);
    } else {
        foot = screen_formula(canvas, fonts.figures, {frame.x, foot}, frame.width, theme.muted, m.heading);
    }
    foot = screen_formula(canvas, fonts.small, {frame.x, foot}, frame.width, theme.muted, m.purpose);
    const bool large = !m.modulus.text.in_hex() && frame.seen > 32 * em &&
                       screen_formula_width(canvas, fonts.figures_large, m.live) < frame.width;
    const ImFont* font = m.modulus.text.in_hex() ? fonts.figures_small : large ? fonts.figures_large : fonts.figures;
    return screen_formula(canvas, font, {frame.x, foot + 0.2F * em}, frame.width,
                          m.current ? theme.text : theme.current, m.live) +
           0.3F * em;
}

// The other side's exponent: as many question marks as fit a row, and why.
float unknown_exponent(ModexpFrame& frame, float y) {
    const Theme& theme = frame.context.theme;
    const Fonts& fonts = frame.context.fonts;
    const float em = fonts.em;
    frame.canvas.text(fonts.small, {frame.x, y}, theme.muted,
                      fmt::format("exponent {}: not known here", frame.model.exponent.letter));
    y += 1.3F * em;
    const auto cells = static_cast<int>(std::min(frame.width / (1.3F * em), 16.0F));
    for (int i = 0; i < cells; ++i) {
        const ImVec2 from{frame.x + 1.3F * em * static_cast<float>(i), y};
        frame.canvas.box(from, {from.x + 1.05F * em, y + 1.2F * em}, 0, theme.faint);
        frame.canvas.text_centred(fonts.figures_small, {from.x + 0.525F * em, y + 0.6F * em}, theme.muted, "?");
    }
    return screen_formula(frame.canvas, fonts.text, {frame.x, y + 1.7F * em}, frame.width, theme.text,
                          frame.model.unknown) +
           0.5F * em;
}

} // namespace

void draw_modexp_stage(FrameContext& context) {
    static Cached<ModexpModel> kept;
    const ModexpModel& model = kept.get(context, make_modexp_model);
    const float em = context.fonts.em;
    ScreenCanvas canvas(context.theme, context.fonts);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float seen = ImGui::GetWindowHeight() - 2 * ImGui::GetStyle().WindowPadding.y;
    ModexpFrame frame{context, canvas, model, at.x, ImGui::GetContentRegionAvail().x, seen};
    float y = header(frame, at.y);
    if (model.power == nullptr) {
        y = unknown_exponent(frame, y);
        y = draw_power_work(frame, y, at.y + seen - y);
        return finish_stage(context, at, y, at.y, y);
    }
    if (model.bits == 0) {
        y = canvas.paragraph(context.fonts.text, {at.x, y}, frame.width, context.theme.text,
                             "An exponent of 0 has no bits: there is nothing to square, and the result is 1 mod m.");
        return finish_stage(context, at, y, at.y, y);
    }
    const float ribbon = y;
    y = draw_exponent_ribbon(frame, y) + 0.3F * em;
    // The table takes what is left, but some rows of it always.
    const float least = std::min(power_table_height(frame), 8.2F * em);
    y = draw_power_work(frame, y, at.y + seen - y - least) + 0.3F * em;
    const float work_foot = y;
    const float left = at.y + seen - y;
    y = draw_power_table(frame, y, std::clamp(left, least, std::max(least, power_table_height(frame))));
    finish_stage(context, at, y, ribbon, work_foot);
}

} // namespace keyhole::viz
