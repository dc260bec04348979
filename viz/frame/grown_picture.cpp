#include "viz/frame/grown_picture.hpp"

#include <array>

#include "viz/picture/fit.hpp"

namespace keyhole::viz {
namespace {

constexpr std::array growths = {1.0F, 1.25F, 1.6F, 2.0F, 2.5F, 3.2F};

Picture laid_out(FrameContext& context, const Typeface& type, const std::function<float(Canvas&)>& draw) {
    Picture picture;
    Canvas canvas({context.theme, type}, picture);
    picture.foot = draw(canvas);
    return picture;
}

} // namespace

void draw_grown(FrameContext& context, Rect room, const std::function<float(Canvas&)>& draw) {
    const Fonts::Larger& there = context.fonts.stage.back();
    const ScreenTypeface type(there);
    const auto at = [&](float growth) { return laid_out(context, GrownTypeface(type, growth / there.growth), draw); };
    const float growth = largest_fitting(growths, room, at(1), at);
    const auto [set, more] = context.fonts.nearest(growth);
    Painter(context.theme, set, {}, more).paint(laid_out(context, GrownTypeface(ScreenTypeface(set), more), draw));
}

} // namespace keyhole::viz
