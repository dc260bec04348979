#include "viz/base/layout_model.hpp"

#include <algorithm>

namespace keyhole::viz {

Layout arrange(float width, float height, float em, bool left_wanted, bool notice, float notice_height) {
    const float gap = 0.45F * em;
    Layout out;
    out.compact = width < 40 * em;
    out.low = height < 38 * em;
    out.top_rows = width >= 60 * em ? 1 : 2;
    const float row = out.compact ? 1.85F : 2.15F;
    out.top = {0, 0, width, (0.6F + row * static_cast<float>(out.top_rows)) * em};
    const float bottom_height = (out.low ? 1.9F : 3.3F) * em;
    out.bottom = {gap, height - bottom_height - gap, width - 2 * gap, bottom_height};
    float y = out.top.bottom() + gap;
    out.tabs_shown = height >= 34 * em;
    if (out.tabs_shown) {
        out.tabs = {gap, y - 0.35F * em, width - 2 * gap, 1.7F * em};
        y = out.tabs.bottom() + 0.3F * em;
    }
    if (notice) {
        out.notice_shown = true;
        out.notice = {gap, y, width - 2 * gap, notice_height > 0 ? notice_height : 1.9F * em};
        y = out.notice.bottom() + gap;
    }
    const float content = std::max(out.bottom.y - gap - y, 2 * em);

    out.page = {gap, y, width - 2 * gap, content};
    float x = gap;
    out.left_fits = width >= 60 * em;
    out.left_shown = left_wanted && out.left_fits;
    if (out.left_shown) {
        out.left = {x, y, std::clamp(0.17F * width, 12.5F * em, 16 * em), content};
        x = out.left.right() + gap;
    }
    const float rest = width - gap - x;
    if (rest < 33 * em && content < 12 * em) {
        out.one_column = true;
        out.stage = out.details = {x, y, rest, content};
        return out;
    }
    if (rest < 33 * em) {
        const float upper = 0.6F * (content - gap);
        out.stage = {x, y, rest, upper};
        out.details = {x, y + upper + gap, rest, content - gap - upper};
        return out;
    }
    const float details = std::clamp(0.34F * rest, 11 * em, 22 * em);
    out.stage = {x, y, rest - details - gap, content};
    out.details = {out.stage.right() + gap, y, details, content};
    return out;
}

} // namespace keyhole::viz
