#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/crack_times.hpp"
#include "viz/attack_view.hpp"

namespace keyhole::viz {
namespace {

struct Tick {
    const char* name;
    double seconds;
};
constexpr Tick ticks[] = {{"1 ms", 1e-3},           {"1 s", 1},           {"1 h", 3600},
                          {"1 day", 86400},         {"1 year", 31557600}, {"1000 years", 31557600e3},
                          {"the universe", 4.35e17}}; // 13.8 billion years (Planck Collaboration 2018)
constexpr double first_log2 = -20, last_log2 = 62;

} // namespace

void draw_attack_axis(View& view, Canvas& canvas, Rect area, const std::vector<AttackTime>& times) {
    const Theme& theme = view.theme;
    const Fonts& fonts = view.fonts;
    const float em = fonts.em;
    canvas.text(fonts.text, {area.x, area.y}, theme.text, "How long it takes");
    const float labels = area.y + 2.1F * em, head = area.y + 3.0F * em, foot = area.bottom() - 1.8F * em;
    const auto at = [&](double log2_seconds) {
        const double share = std::clamp((log2_seconds - first_log2) / (last_log2 - first_log2), 0.0, 1.0);
        return area.x + 0.3F * em + static_cast<float>(share) * (area.w - 0.9F * em);
    };
    float free_from = area.x;
    for (const Tick& tick : ticks) {
        const float x = at(std::log2(tick.seconds));
        canvas.straight({x, labels + 0.7F * em}, {x, foot}, theme.border, canvas.line());
        const float half = Canvas::size(fonts.small, tick.name).x / 2;
        if (x - half < free_from || x + half > area.right()) continue;
        canvas.text_centred(fonts.small, {x, labels}, theme.muted, tick.name);
        free_from = x + half + 0.5F * em;
    }
    const float row =
        std::clamp((foot - head) / static_cast<float>(std::max<std::size_t>(times.size(), 1)), 1.9F * em, 3.2F * em);
    float y = head;
    for (const AttackTime& time : times) {
        if (y + row > foot + 0.2F * em) break;
        const float x = at(time.log2_seconds), middle = y + 1.45F * em;
        const ImU32 ink = time.chosen ? theme.current : time.measured ? theme.right : theme.muted;
        canvas.straight({at(first_log2), middle}, {x, middle}, ink, (time.chosen ? 3.0F : 1.5F) * canvas.line());
        const float r = 0.28F * em;
        canvas.box({x - r, middle - r}, {x + r, middle + r}, time.measured ? ink : theme.panel, ink, 2 * canvas.line());
        const std::string words = fmt::format("{}: {}", time.name, long_span_of_time(time.log2_seconds));
        canvas.text(time.chosen ? fonts.text : fonts.small, {at(first_log2), y},
                    time.chosen ? theme.current : theme.text, words);
        y += row;
    }
    canvas.text(fonts.small, {area.x, area.bottom() - 1.4F * em}, theme.muted,
                "filled: at a rate measured here \u00B7 hollow: published, or far beyond what was tried");
}

} // namespace keyhole::viz
