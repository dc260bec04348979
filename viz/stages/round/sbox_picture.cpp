#include "viz/stages/round/sbox_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/des/variant.hpp"

namespace keyhole::viz {
namespace {

// Label, sign and the six bits of the box in one lane; the outer two, which choose the row, stand apart.
void draw_six_bits(Canvas& canvas, const LaneModel& lane, unsigned box, Point at, float cell) {
    const float em = canvas.em();
    const Paint own = ink_of(lane.meaning);
    const float middle = at.y + cell / 2;
    canvas.text_to_right(FontRole::small, {at.x + em, middle}, Ink::muted, lane.sign);
    canvas.text_to_right(FontRole::text, {at.x + 2.5F * em, middle}, own, lane.label);
    for (unsigned i = 0; i < 6; ++i) {
        const unsigned position = 6 * (box - 1) + 1 + i;
        const float apart = (i > 0 ? 0.35F : 0.0F) * em + (i == 5 ? 0.35F : 0.0F) * em;
        canvas.cell({at.x + 2.9F * em + static_cast<float>(i) * 1.1F * cell + apart, at.y, cell, cell},
                    bit_at(lane.bits.value, lane.bits.width, position), own, lane.lane == Lane::mixed);
    }
}

// The six bits again, outer and inner ones told apart, and where they lead; nothing of that while it is to be guessed.
std::string look_up_words(const des::SboxTrace& s, bool covered) {
    if (covered) return "row ?   column ?   cell ?";
    const std::string in = plain_binary({s.input, 6});
    return fmt::format("outer bits {}{} \u2192 row {}   inner bits {} \u2192 column {}   cell {} \u2192 {}", in.front(),
                       in.back(), s.row, in.substr(1, 4), s.column, s.output, plain_binary({s.output, 4}));
}

} // namespace

void draw_sbox_table(const StageInput& input, Canvas& canvas, Rect area, unsigned box) {
    const des::SboxTrace& s = input.trace.round(input.step.node).sboxes[box - 1];
    const des::SBox& table = input.trace.recording().variant.boxes[box - 1];
    const bool covered = input.covered;
    const float em = canvas.em();
    const float head = std::min(4.6F * em, 0.14F * area.w);
    const float width = std::min((area.w - head) / 16, 2.6F * em);
    const float x0 = area.x + (area.w - head - 16 * width) / 2 + head;
    // Five rows, and below them words where there is room.
    const bool with_words = area.h >= 6.8F * em;
    const float height = std::min(with_words ? (area.h - 0.5F * em) / 5.45F : area.h / 5, 2.6F * em);
    const auto centre = [&](float column, float row) {
        return Point{x0 + width * (column + 0.5F), area.y + height * (row + 0.5F)};
    };
    using enum FontRole;
    const std::string name = fmt::format("S{}", box);
    canvas.text_centred(canvas.largest(name, head, {figures, figures_small, figures_tiny}),
                        {x0 - head / 2, area.y + height / 2}, Ink::current, name);
    // Where the inner bits have no room side by side, the columns are numbered.
    const bool binary = canvas.width(FontRole::figures_tiny, "0000") < width;
    for (unsigned c = 0; c < 16; ++c) {
        const bool chosen = !covered && c == s.column;
        canvas.small_figures_within(centre(static_cast<float>(c), 0), width - 0.1F * em,
                                    chosen ? Ink::current : Ink::muted,
                                    binary ? plain_binary({c, 4}) : fmt::to_string(c));
    }
    for (unsigned r = 0; r < 4; ++r) {
        const bool chosen_row = !covered && r == s.row;
        const auto row = static_cast<float>(r + 1);
        canvas.text_centred(FontRole::figures_small, {x0 - head / 2, centre(0, row).y},
                            chosen_row ? Ink::current : Ink::muted, plain_binary({r, 2}));
        for (unsigned c = 0; c < 16; ++c) {
            const bool chosen_column = !covered && c == s.column;
            const bool chosen = chosen_row && chosen_column;
            const Point middle = centre(static_cast<float>(c), row);
            const Point half{width / 2 - 0.06F * em, height / 2 - 0.06F * em};
            const Paint fill = chosen ? Ink::current : chosen_row || chosen_column ? Ink::current_tint : Ink::raised;
            canvas.box(Rect::between({middle.x - half.x, middle.y - half.y}, {middle.x + half.x, middle.y + half.y}),
                       fill, chosen ? Ink::current : Ink::border, chosen ? 2.2F * canvas.line() : 0,
                       fmt::format("S{}.{}.{}", box, r, c));
            canvas.text_centred(height >= 2 * em && width >= 1.6F * em ? figures_large : figures_small, middle,
                                chosen ? Ink::on_current : Ink::text, fmt::to_string(table[r][c]));
        }
    }
    if (!with_words) return;
    const std::string words = look_up_words(s, covered);
    canvas.text_centred(canvas.largest(words, area.w, {small, figures_tiny}),
                        {area.centre().x, area.y + 5.45F * height}, Ink::muted, words);
}

void draw_sbox_alone(const StageInput& input, const RoundModel& round, Canvas& canvas, Rect area) {
    const float em = canvas.em();
    const unsigned box = *round.box;
    const unsigned output = round.sboxes[box - 1].output;
    // Where there is room the bits are larger than in the low window that has nothing else.
    const float larger = std::clamp(area.h / (12.5F * em), 1.0F, 2.0F);
    const float cell = std::round(0.95F * larger * em), step = 1.12F * larger * em;
    float y = area.y;
    for (const Lane lane : {Lane::expanded, Lane::subkey, Lane::mixed}) {
        draw_six_bits(canvas, round.lanes[index(lane)], box, {area.x, y}, cell);
        y += step;
    }
    // What leaves, beside the three rows.
    const float x = area.x + 2.9F * em + 6.6F * cell + 1.6F * em;
    const float middle = area.y + step + cell / 2;
    const float half_line = canvas.height(FontRole::text) / 2;
    const float arrow =
        canvas.text(FontRole::text, {x, middle - half_line}, Ink::current, fmt::format("{} \u2192", indexed("S", box)));
    for (unsigned i = 1; i <= 4; ++i) {
        const Rect rect{arrow + 0.4F * em + static_cast<float>(i - 1) * 1.1F * cell, area.y + step, cell, cell};
        canvas.cell(rect, input.covered ? std::nullopt : std::optional(bit_at(output, 4, i)), Ink::sbox, true);
    }
    const float end = arrow + 0.4F * em + 4.4F * cell + 0.3F * em;
    const std::string equals = input.covered ? std::string("= ?") : fmt::format("= {}", output);
    if (end + canvas.width(FontRole::text, equals) < area.right())
        canvas.text(FontRole::text, {end, middle - half_line}, Ink::sbox, equals);
    const float table = y + (larger > 1 ? 0.8F : 0.15F) * em;
    draw_sbox_table(input, canvas, {area.x, table, area.w, std::max(area.bottom() - table, 5.8F * em)}, box);
}

} // namespace keyhole::viz
