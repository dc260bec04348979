#include "viz/stages/fitted.hpp"

#include <algorithm>
#include <array>

#include "viz/stages/hero/hero_picture.hpp"

namespace keyhole::viz {
namespace {

// In a low room a drawing that would have to be scrolled may be a little smaller than the panels' type.
constexpr std::array shrinks = {0.93F, 0.86F, 0.8F};
constexpr std::array growths = {1.0F, 1.12F, 1.25F, 1.4F, 1.6F, 1.8F, 2.0F, 2.25F, 2.5F, 2.8F, 3.2F, 3.6F, 4.0F};

// How much a picture says: a larger one that says less has had to leave something out.
struct Said {
    std::size_t letters = 0, signs = 0; // of texts; in cells
    std::uint64_t rows = 0;             // of lists

    explicit Said(const Picture& picture) {
        for (const Shape& shape : picture.shapes) {
            // The bits' numbers are there for orientation: a larger drawing may do without.
            if (const auto* text = std::get_if<shape::Text>(&shape.form); text != nullptr && shape.id != "number")
                letters += viz::letters(text->words);
            if (const auto* cell = std::get_if<shape::Cell>(&shape.form)) signs += cell->sign != 0 ? 1 : 0;
        }
        for (const ListBar& list : picture.lists) rows += std::min(list.shown, list.all);
    }

    bool covers(const Said& other) const {
        return letters >= other.letters && signs >= other.signs && rows >= other.rows;
    }
};

bool lies_in(const Picture& picture, const Rect& room) {
    constexpr float tolerance = 1; // pixels
    if (picture.foot > room.bottom() + tolerance) return false;
    return std::ranges::all_of(picture.shapes, [&](const Shape& shape) {
        const Rect box = extent(shape);
        return box.x >= room.x - tolerance && box.right() <= room.right() + tolerance;
    });
}

Picture grown(const Stage& stage, const StageInput& input, float growth) {
    const GrownTypeface type(input.style.type, growth);
    StageInput larger{.trace = input.trace,
                      .step = input.step,
                      .style = {input.style.theme, type},
                      .room = input.room,
                      .covered = input.covered,
                      .state = input.state,
                      .moved = input.moved,
                      .stepped = input.stepped};
    return stage_picture(stage, larger);
}

} // namespace

float fitting_growth(const Stage& stage, const StageInput& input) {
    const Picture plain = grown(stage, input, 1);
    if (!lies_in(plain, input.room)) {
        const auto* fits = std::ranges::find_if(
            shrinks, [&](float growth) { return lies_in(grown(stage, input, growth), input.room); });
        return fits == shrinks.end() ? 1 : *fits;
    }
    const Said said(plain);
    // What fits in one size fits in every smaller one.
    const auto* first_too_large = std::partition_point(growths.begin() + 1, growths.end(), [&](float growth) {
        const Picture larger = grown(stage, input, growth);
        return lies_in(larger, input.room) && Said(larger).covers(said);
    });
    return *(first_too_large - 1);
}

Picture stage_picture(const Stage& stage, const StageInput& input) {
    const Hero come_to = hero(input.trace, input.step, input.covered);
    Picture above;
    Canvas canvas(input.style, above);
    const float height = hero_height(canvas, come_to);
    if (height <= 0) return stage.make(input);
    StageInput rest{.trace = input.trace,
                    .step = input.step,
                    .style = input.style,
                    .room = {input.room.x, input.room.y, input.room.w, input.room.h - height},
                    .covered = input.covered,
                    .state = input.state,
                    .moved = input.moved,
                    .stepped = input.stepped};
    above = stage.make(rest);
    // In a low room the drawing comes first.
    if (above.foot > rest.room.bottom() + 1) return stage.make(input);
    draw_hero(canvas, come_to, {input.room.x, rest.room.bottom(), input.room.w, height});
    above.foot = input.room.bottom();
    return above;
}

} // namespace keyhole::viz
