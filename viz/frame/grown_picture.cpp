#include "viz/frame/grown_picture.hpp"

#include <algorithm>
#include <array>

namespace keyhole::viz {
namespace {

constexpr std::array growths = {1.0F, 1.25F, 1.6F, 2.0F, 2.5F, 3.2F};

Picture laid_out(FrameContext& context, const Typeface& type, const std::function<float(Canvas&)>& draw) {
    Picture picture;
    Canvas canvas({context.theme, type}, picture);
    picture.foot = draw(canvas);
    return picture;
}

std::size_t said_by(const Picture& picture) {
    std::size_t sum = 0;
    for (const Shape& shape : picture.shapes) {
        if (const auto* text = std::get_if<shape::Text>(&shape.form)) sum += letters(text->words);
    }
    return sum;
}

bool lies_in(const Picture& picture, const Rect& room) {
    return picture.foot <= room.bottom() + 1 && std::ranges::all_of(picture.shapes, [&](const Shape& shape) {
               const Rect box = extent(shape);
               return box.x >= room.x - 1 && box.right() <= room.right() + 1;
           });
}

} // namespace

void draw_grown(FrameContext& context, Rect room, const std::function<float(Canvas&)>& draw) {
    const Fonts::Larger& there = context.fonts.stage.back();
    const ScreenTypeface type(there);
    const auto at = [&](float growth) { return laid_out(context, GrownTypeface(type, growth / there.growth), draw); };
    const std::size_t said = said_by(at(1));
    // A larger one must fit, and say no less.
    const auto* first_too_large = std::partition_point(growths.begin() + 1, growths.end(), [&](float growth) {
        const Picture larger = at(growth);
        return lies_in(larger, room) && said_by(larger) >= said;
    });
    const float growth = *(first_too_large - 1);
    if (const FontSet* set = context.fonts.grown(growth)) {
        Painter(context.theme, *set).paint(laid_out(context, ScreenTypeface(*set), draw));
    } else {
        Painter(context.theme, there, {}, growth / there.growth).paint(at(growth));
    }
}

} // namespace keyhole::viz
