#include "viz/base/layout_model.hpp"

#include <algorithm>

namespace keyhole::viz {
namespace {

constexpr float gap_ems = 0.45F, notice_ems = 1.9F, tabs_ems = 1.7F, next_ems = 1.3F;

struct Size {
    float width, height, em;

    float top_height(const Layout& layout) const {
        const float row = layout.compact ? 1.85F : 2.15F;
        return (0.6F + row * static_cast<float>(layout.top_rows)) * em;
    }
};

// Left, stage and details side by side, or one above the other.
void share_content(Layout& out, const Size& size, const LayoutWish& wish, float y) {
    const auto [width, height, em] = size;
    const float gap = gap_ems * em;
    const float content = std::max(out.bottom.y - gap - y, 2 * em);
    out.page = {gap, y, width - 2 * gap, content};
    float x = gap;
    out.left_fits = width >= 60 * em;
    out.left_shown = wish.left && out.left_fits;
    if (out.left_shown) {
        const float wanted = wish.left_width > 0
                                 ? std::clamp(wish.left_width * em, 9 * em, std::max(9 * em, 0.4F * width))
                                 : std::clamp(0.17F * width, 12.5F * em, 16 * em);
        out.left = {x, y, wanted, content};
        x = out.left.right() + gap;
    }
    const float rest = width - gap - x;
    out.details_shown = wish.details;
    out.one_column = rest < 33 * em && content < 12 * em;
    if (!wish.details) {
        out.stage = {x, y, rest, content};
    } else if (out.one_column) {
        out.stage = out.details = {x, y, rest, content};
    } else if (rest < 33 * em) {
        const float upper = 0.6F * (content - gap);
        out.stage = {x, y, rest, upper};
        out.details = {x, y + upper + gap, rest, content - gap - upper};
    } else {
        const float details = wish.details_width > 0
                                  ? std::clamp(wish.details_width * em, 10 * em, std::max(10 * em, 0.6F * rest))
                                  : std::clamp(0.34F * rest, 11 * em, 22 * em);
        out.stage = {x, y, rest - details - gap, content};
        out.details = {out.stage.right() + gap, y, details, content};
    }
    out.next_shown = height >= 38 * em && out.stage.h > 14 * em;
    if (!out.next_shown) return;
    out.stage.h -= next_ems * em;
    out.next = {out.stage.x, out.stage.bottom() + 0.15F * em, out.stage.w, (next_ems - 0.15F) * em};
}

Layout usual(const Size& size, const LayoutWish& wish) {
    const auto [width, height, em] = size;
    const float gap = gap_ems * em;
    Layout out;
    out.compact = width < 40 * em;
    out.low = height < 38 * em;
    out.top_rows = width >= 60 * em ? 1 : 2;
    out.top = {0, 0, width, size.top_height(out)};
    const float bottom_height = (out.low ? 1.9F : 3.3F) * em;
    out.bottom = {gap, height - bottom_height - gap, width - 2 * gap, bottom_height};
    float y = out.top.bottom() + gap;
    out.tabs_shown = height >= 34 * em;
    if (out.tabs_shown) {
        out.tabs = {gap, y - 0.35F * em, width - 2 * gap, tabs_ems * em};
        y = out.tabs.bottom() + 0.3F * em;
    }
    if (wish.notice) {
        out.notice_shown = true;
        out.notice = {gap, y, width - 2 * gap, wish.notice_height > 0 ? wish.notice_height : notice_ems * em};
        y = out.notice.bottom() + gap;
    }
    share_content(out, size, wish, y);
    return out;
}

Layout as_large_as_the_window(const Size& size, const LayoutWish& wish) {
    const auto [width, height, em] = size;
    const float gap = gap_ems * em, line = 1.9F * em;
    Layout out;
    out.presenting = true;
    out.compact = width < 40 * em;
    out.low = true;
    out.top_rows = width >= 60 * em ? 1 : 2;
    out.next_shown = true;
    out.next = out.bottom = {gap, height - line, width - 2 * gap, line};
    float y = gap;
    if (wish.notice) {
        out.notice_shown = true;
        out.notice = {gap, y, width - 2 * gap, wish.notice_height > 0 ? wish.notice_height : notice_ems * em};
        y = out.notice.bottom() + gap;
    }
    out.page = out.stage = {gap, y, width - 2 * gap, std::max(out.next.y - y, 2 * em)};
    return out;
}

Rect over(const Layout& layout, const Size& size, Overlay what) {
    const auto [width, height, em] = size;
    const float gap = gap_ems * em;
    const float foot = layout.presenting ? layout.next.y : layout.bottom.y - gap;
    const float top = layout.presenting ? gap : layout.page.y;
    switch (what) {
        case Overlay::left:
            return {gap, top, std::clamp(0.3F * width, std::min(13 * em, width - 2 * gap), 20 * em), foot - top};
        case Overlay::details: {
            const float wide = std::min(std::clamp(0.4F * width, 14 * em, 26 * em), width - 2 * gap);
            return {width - gap - wide, top, wide, foot - top};
        }
        case Overlay::pages: return {gap, top, width - 2 * gap, std::min(12.5F * em, foot - top)};
        case Overlay::toolbar: return {0, 0, width, size.top_height(layout)};
        case Overlay::none: break;
    }
    return {};
}

} // namespace

bool Layout::lacks(Overlay what) const {
    switch (what) {
        case Overlay::left: return !left_fits;
        case Overlay::details:
        case Overlay::toolbar: return presenting;
        case Overlay::pages: return !tabs_shown;
        case Overlay::none: break;
    }
    return false;
}

Layout arrange(float width, float height, float em, const LayoutWish& wish) {
    const Size size{width, height, em};
    Layout out = wish.presenting ? as_large_as_the_window(size, wish) : usual(size, wish);
    if (wish.overlay == Overlay::none || !out.lacks(wish.overlay)) return out;
    out.overlay = wish.overlay;
    out.over = over(out, size, wish.overlay);
    return out;
}

} // namespace keyhole::viz
