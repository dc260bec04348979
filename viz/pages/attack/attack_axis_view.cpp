#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/attack/search_times.hpp"
#include "viz/pages/attack/attack_view.hpp"

namespace keyhole::viz {
namespace {

struct Tick {
    const char* name;
    double seconds;
};
constexpr double year = 31557600;
constexpr Tick ticks[] = {{"ms", 1e-3},
                          {"s", 1},
                          {"day", 86400},
                          {"year", year},
                          {"universe", 13.8e9 * year}, // its age (Planck Collaboration, 2018)
                          {"10^20 years", 1e20 * year},
                          {"10^30 years", 1e30 * year}};
constexpr float above = 1.4F, below = 1.7F, least_row = 1.42F; // em
constexpr double first_log2 = -20, last_log2 = 128;

void mark(ScreenCanvas& canvas, AttackTime::Source source, Point at, float r, Paint ink) {
    const float thick = 2 * canvas.line();
    switch (source) {
        case AttackTime::Source::ran: canvas.box(Rect{at.x, at.y, 0, 0}.grown(r), ink, ink, thick); break;
        case AttackTime::Source::reckoned: canvas.box(Rect{at.x, at.y, 0, 0}.grown(r), Ink::panel, ink, thick); break;
        case AttackTime::Source::published:
            canvas.straight({at.x - r, at.y - r}, {at.x + r, at.y + r}, ink, thick);
            canvas.straight({at.x - r, at.y + r}, {at.x + r, at.y - r}, ink, thick);
            break;
    }
}

// It goes on beyond the axis.
void arrow(ScreenCanvas& canvas, Point tip, float r, Paint ink) {
    canvas.straight({tip.x - r, tip.y - r}, tip, ink, 2 * canvas.line());
    canvas.straight({tip.x - r, tip.y + r}, tip, ink, 2 * canvas.line());
}

struct Sign {
    AttackTime::Source source;
    const char* words;
};
constexpr Sign signs[] = {{AttackTime::Source::ran, "ran here"},
                          {AttackTime::Source::reckoned, "reckoned"},
                          {AttackTime::Source::published, "published"}};

} // namespace

float attack_axis_height(float em, std::size_t times) {
    return (above + below + least_row * static_cast<float>(times)) * em;
}

void draw_attack_axis(ScreenCanvas& canvas, Rect area, const std::vector<AttackTime>& times) {
    const float em = canvas.em();
    const float labels = area.y + 0.6F * em, head = area.y + above * em, foot = area.bottom() - below * em;
    const auto at = [&](double log2_seconds) {
        const double share = std::clamp((log2_seconds - first_log2) / (last_log2 - first_log2), 0.0, 1.0);
        return area.x + 0.3F * em + static_cast<float>(share) * (area.w - 0.9F * em);
    };
    float free_from = area.x;
    for (const Tick& tick : ticks) {
        const float x = at(std::log2(tick.seconds));
        canvas.straight({x, labels + 0.7F * em}, {x, foot}, Ink::border, canvas.line());
        const float half = canvas.width(FontRole::small, tick.name) / 2;
        const float middle = std::min(x, area.right() - half);
        if (middle - half < free_from) continue;
        canvas.text_centred(FontRole::small, {middle, labels}, Ink::muted, tick.name);
        free_from = middle + half + 0.2F * em;
    }
    const float rows = static_cast<float>(std::max<std::size_t>(times.size(), 1));
    const float row = std::clamp((foot - head) / rows, least_row * em, 3.2F * em);
    float y = head;
    for (const AttackTime& time : times) {
        const float x = at(time.log2_seconds), middle = y + 1.16F * em;
        const Paint ink = time.chosen ? Ink::current : time.source == AttackTime::Source::ran ? Ink::right : Ink::muted;
        const float r = 0.24F * em;
        const bool beyond = time.log2_seconds > last_log2;
        const float end = beyond ? area.right() - 0.1F * em : x;
        canvas.straight({at(first_log2), middle}, {end, middle}, ink, (time.chosen ? 3.0F : 1.5F) * canvas.line());
        if (beyond) {
            arrow(canvas, {end, middle}, r, ink);
        } else {
            mark(canvas, time.source, {x, middle}, r, ink);
        }
        const std::string span = fmt::format(": {}", long_span_of_time(time.log2_seconds));
        const float width = area.right() - at(first_log2);
        const FontRole font =
            time.chosen ? canvas.largest(time.name + span, width, {FontRole::text, FontRole::small}) : FontRole::small;
        // Where there is no room for both, the name is cut, never the time.
        const std::string words = canvas.shortened(font, time.name, width - canvas.width(font, span)) + span;
        // No line of the axis runs through the words.
        canvas.box({at(first_log2), y, canvas.width(font, words) + 0.3F * em, canvas.height(font)}, Ink::panel,
                   Ink::none);
        canvas.text(font, {at(first_log2), y}, time.chosen ? Ink::current : Ink::text, words);
        y += row;
    }
    float left = area.x + 0.3F * em;
    for (const Sign& sign : signs) {
        const float line = area.bottom() - 1.4F * em;
        mark(canvas, sign.source, {left + 0.28F * em, line + 0.5F * em}, 0.28F * em, Ink::text);
        left = canvas.text(FontRole::small, {left + 0.9F * em, line}, Ink::muted, sign.words) + 1.2F * em;
    }
}

} // namespace keyhole::viz
