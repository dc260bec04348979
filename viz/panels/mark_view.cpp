// The mark of a trace that is no DES: it stays in sight whatever the window shows.
#include <algorithm>

#include "viz/panels/panels.hpp"

namespace keyhole::viz {

float mark_width(const FrameContext& context, std::string_view mark) {
    if (mark.empty()) return 0;
    const ScreenCanvas canvas(context.theme, context.fonts);
    return std::min(canvas.width(FontRole::text, mark) + 1.2F * canvas.em(), 26 * canvas.em());
}

void draw_mark(const FrameContext& context, std::string_view mark, Rect rect) {
    ScreenCanvas canvas(context.theme, context.fonts);
    canvas.box(rect, Ink::panel, Ink::error, 1.5F * canvas.line());
    canvas.text_centred(FontRole::text, rect.centre(), Ink::error,
                        canvas.shortened(FontRole::text, mark, rect.w - canvas.em()));
}

} // namespace keyhole::viz
