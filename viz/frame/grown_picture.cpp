#include "viz/frame/grown_picture.hpp"

#include <array>

#include "viz/draw/imgui_point.hpp"
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

GrownPicture draw_grown(FrameContext& context, Rect room, const std::function<float(Canvas&)>& draw) {
    const Fonts::Larger& there = context.fonts.stage.back();
    const ScreenTypeface type(there);
    const auto at = [&](float growth) { return laid_out(context, GrownTypeface(type, growth / there.growth), draw); };
    const float growth = largest_fitting(growths, room, at(1), at);
    const auto [set, more] = context.fonts.nearest(growth);
    const ScreenTypeface nearest(set);
    const GrownTypeface shown(nearest, more);
    const Picture picture = laid_out(context, shown, draw);
    const Area* pointed =
        ImGui::IsWindowHovered() ? picture.at(to_point(ImGui::GetIO().MousePos), shown.em()) : nullptr;
    Painter(context.theme, set, {}, more).paint(picture, pointed != nullptr ? pointed->id : std::string_view());
    if (pointed == nullptr) return {picture.foot};
    if (!pointed->tooltip.empty()) ImGui::SetTooltip("%s", pointed->tooltip.c_str());
    return {picture.foot, ImGui::IsMouseClicked(0) ? pointed->follow : 0};
}

} // namespace keyhole::viz
