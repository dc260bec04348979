#include "viz/stages/fitted.hpp"

#include <algorithm>
#include <array>

#include "viz/picture/fit.hpp"
#include "viz/stages/covered_picture.hpp"
#include "viz/stages/hero/hero_picture.hpp"

namespace keyhole::viz {
namespace {

constexpr std::array growths = {1.0F, 1.12F, 1.25F, 1.4F, 1.6F, 1.8F, 2.0F, 2.25F, 2.5F, 2.8F, 3.2F, 3.6F, 4.0F};

// A line of text in pixels: large type, of a projector or chosen by hand, becomes smaller than that for no drawing.
constexpr float smallest_type = 14.4F;

Picture grown(const Stage& stage, const StageInput& input, float growth) {
    const GrownTypeface type(input.style.type, growth);
    const StageInput larger{.trace = input.trace,
                            .step = input.step,
                            .style = {input.style.theme, type},
                            .room = input.room,
                            .covered = input.covered,
                            .predicting = input.predicting,
                            .unseen = input.unseen,
                            .state = input.state,
                            .moved = input.moved,
                            .stepped = input.stepped,
                            .on_paper = input.on_paper};
    return stage_picture(stage, larger);
}

} // namespace

float fitting_growth(const Stage& stage, const StageInput& input) {
    const Picture plain = grown(stage, input, 1);
    const float least = std::clamp(smallest_type / input.style.type.em(), 0.6F, 0.8F);
    return largest_fitting(
        growths, input.room, plain, [&](float growth) { return grown(stage, input, growth); }, least);
}

Picture stage_picture(const Stage& stage, const StageInput& input) {
    if (input.unseen) return unseen_picture(input);
    const MakePicture make = input.covered && !stage.covers_itself ? covered_picture : stage.make;
    const Hero come_to = hero(input.trace, input.step, input.covered);
    Picture above;
    Canvas canvas(input.style, above);
    const float height = hero_height(canvas, come_to);
    if (height <= 0) return make(input);
    StageInput rest = input;
    rest.room.h -= height;
    above = make(rest);
    // In a low room the drawing comes first.
    if (above.foot > rest.room.bottom() + 1) return make(input);
    draw_hero(canvas, come_to, {input.room.x, rest.room.bottom(), input.room.w, height});
    above.foot = input.room.bottom();
    return above;
}

} // namespace keyhole::viz
