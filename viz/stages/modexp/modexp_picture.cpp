#include "viz/stages/modexp/modexp_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/steps/step_kinds.hpp"
#include "viz/picture/numbers.hpp"
#include "viz/stages/modexp/modexp_parts.hpp"

namespace keyhole::viz {
namespace {

// Of long numbers in a low room the step's own come first: they are to be seen whole.
bool is_low(const ModexpFrame& frame) {
    return frame.model.current && frame.model.modulus.text.in_hex() && frame.input.room.h < 40 * frame.canvas.em();
}

// What is computed, in words, in letters and in live numbers.
float draw_header(const ModexpFrame& frame) {
    const ModexpModel& m = frame.model;
    Canvas& canvas = frame.canvas;
    const Rect room = frame.input.room;
    const float em = canvas.em();
    const std::string name = title(m.owner);
    const float name_end = room.x + canvas.width(FontRole::title, name) + 1.2F * em;
    const bool beside = name_end + formula_width(canvas, FontRole::figures, m.heading) < room.right();
    float foot = canvas.paragraph(FontRole::title, room.corner(), room.w, Ink::text, name);
    if (beside) {
        draw_formula(canvas, FontRole::figures, {name_end, room.y + 0.25F * em}, room.w, Ink::muted, m.heading);
    } else {
        foot = draw_formula(canvas, FontRole::figures, {room.x, foot}, room.w, Ink::muted, m.heading);
    }
    foot = draw_formula(canvas, FontRole::small, {room.x, foot}, room.w, Ink::muted, m.purpose);
    const bool large = room.h > 32 * em && formula_width(canvas, FontRole::figures_large, m.live) < room.w;
    const FontRole font = m.modulus.text.in_hex() ? FontRole::figures_small
                          : large                 ? FontRole::figures_large
                                                  : FontRole::figures;
    return draw_formula(canvas, font, {room.x, foot + 0.2F * em}, room.w, m.current ? Ink::text : Ink::current,
                        m.live) +
           0.3F * em;
}

// The other side's exponent: as many question marks as fit a row, and why.
float draw_unknown_exponent(const ModexpFrame& frame, float y) {
    Canvas& canvas = frame.canvas;
    const Rect room = frame.input.room;
    const float em = canvas.em(), pitch = 1.3F * em;
    canvas.text(FontRole::small, {room.x, y}, Ink::muted,
                fmt::format("exponent {}: not known here", frame.model.exponent.letter));
    y += 1.3F * em;
    const auto cells = static_cast<int>(std::min(room.w / pitch, 16.0F));
    for (int i = 0; i < cells; ++i) {
        const Rect rect{room.x + pitch * static_cast<float>(i), y, 1.05F * em, 1.2F * em};
        canvas.box(rect, Ink::none, Ink::faint, 0, fmt::format("unknown.{}", i + 1));
        canvas.text_centred(FontRole::figures_small, rect.centre(), Ink::muted, "?");
    }
    return draw_formula(canvas, FontRole::text, {room.x, y + 1.7F * em}, room.w, Ink::text, frame.model.unknown) +
           0.5F * em;
}

// The bits, the work and the table; the stage scrolls to the first two.
void draw_bits(const ModexpFrame& frame, float y) {
    Picture& picture = frame.canvas.picture();
    const float em = frame.canvas.em();
    const float end = frame.input.room.bottom();
    const float whole_table = power_table_height(frame);
    // The table takes what is left, but some rows of it always.
    const float least = is_low(frame) ? 0 : std::min(whole_table, 8.2F * em);
    picture.work_from = y;
    y = draw_exponent_ribbon(frame, y) + 0.3F * em;
    y = draw_power_work(frame, y, end - y - least) + 0.3F * em;
    picture.work_to = picture.foot = y;
    if (!is_low(frame) || end - y >= std::min(whole_table, 8.2F * em))
        picture.foot = draw_power_table(frame, y, std::clamp(end - y, least, whole_table));
}

} // namespace

Picture modexp_picture(const StageInput& input) {
    Picture picture;
    Canvas canvas(input.style, picture);
    const ModexpModel model = make_modexp_model(input.trace, input.step.node);
    const ModexpFrame frame{input, model, canvas};
    const Rect room = input.room;
    float y = draw_header(frame);
    if (model.bits > 0) {
        draw_bits(frame, y);
        return picture;
    }
    if (model.power == nullptr) {
        y = draw_unknown_exponent(frame, y);
        y = draw_power_work(frame, y, room.bottom() - y);
    } else {
        y = canvas.paragraph(FontRole::text, {room.x, y}, room.w, Ink::text,
                             "An exponent of 0 has no bits: there is nothing to square, and the result is 1 mod m.");
    }
    picture.work_from = room.y;
    picture.work_to = picture.foot = y;
    return picture;
}

} // namespace keyhole::viz
