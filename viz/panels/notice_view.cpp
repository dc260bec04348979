// One line below the toolbar, or as many as a long one needs: what was done, or what is wrong.
#include <cmath>

#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

constexpr float pad_ems = 0.5F, gap_ems = 0.45F, line_height = 1.3F;

} // namespace

float lines_height(const FrameContext& context, std::string_view words, float width) {
    const ImFont* font = context.fonts.text;
    const char* const end = words.data() + words.size();
    const float text = font->CalcTextSizeA(font->FontSize, 1e9F, width, words.data(), end).y;
    return std::round(text / font->FontSize) * line_height * font->FontSize;
}

float notice_height(const FrameContext& context, std::string_view words, float width) {
    const float em = context.fonts.em;
    return lines_height(context, words, width - 2 * (pad_ems + gap_ems) * em) + 0.6F * em;
}

void draw_notice(FrameContext& context, std::string_view words, ImU32 colour) {
    const float em = context.fonts.em;
    const ImVec2 at = ImGui::GetWindowPos();
    ScreenCanvas canvas(context.theme, context.fonts);
    canvas.paragraph(context.fonts.text, {at.x + pad_ems * em, at.y + 0.45F * em},
                     ImGui::GetWindowSize().x - 2 * pad_ems * em, colour, words);
}

} // namespace keyhole::viz
