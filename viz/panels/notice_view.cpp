// One line below the toolbar, or as many as a long one needs: what was done, or what is wrong.
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

constexpr float pad_ems = 0.5F, gap_ems = 0.45F;

} // namespace

float notice_height(const FrameContext& context, std::string_view words, float width) {
    const float em = context.fonts.em;
    return paragraph_height(ScreenTypeface(context.fonts), FontRole::text, width - 2 * (pad_ems + gap_ems) * em,
                            words) +
           0.6F * em;
}

void draw_notice(FrameContext& context, std::string_view words, Paint paint) {
    const float em = context.fonts.em;
    const ImVec2 at = ImGui::GetWindowPos();
    ScreenCanvas canvas(context.theme, context.fonts);
    canvas.paragraph(FontRole::text, {at.x + pad_ems * em, at.y + 0.45F * em},
                     ImGui::GetWindowSize().x - 2 * pad_ems * em, paint, words);
}

} // namespace keyhole::viz
