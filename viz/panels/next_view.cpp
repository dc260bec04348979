// The line below the stage: what comes next and what lies inside, each to be clicked. While presenting also the step's
// own words, for those who see nothing else.
#include <fmt/format.h>

#include <algorithm>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/panels/panels.hpp"
#include "viz/session/next_model.hpp"

namespace keyhole::viz {
namespace {

struct NextState {
    WhatNext words;
};

const WhatNext& kept(const FrameContext& context) {
    auto& state = context.state.of<NextState>();
    if (context.moved || state.words.next.empty()) state.words = what_next(context.trace.tree(), context.step.node);
    return state.words;
}

// The words with the key that leads there; a click does the same. Returns where they begin.
float key_words(FrameContext& context, ScreenCanvas& canvas, float right, float middle, const std::string& words,
                Command command) {
    const FontRole font = FontRole::small;
    const std::string key = fmt::format(" ({})", info(command).shown_keys);
    const float width = canvas.width(font, words + key);
    const Rect rect{right - width, middle - 0.6F * canvas.em(), width, 1.2F * canvas.em()};
    const auto [clicked, hovered] = button_over(rect, static_cast<int>(command));
    if (clicked) context.requests.run(command);
    canvas.text_to_right(font, {right, middle}, hovered ? Ink::current : Ink::muted, words + key);
    return rect.x;
}

// What a newcomer may not know yet: each goes when it was done once.
void draw_first_steps(const FrameContext& context, ScreenCanvas& canvas, Point at, float right) {
    const auto mark = [&](bool done, std::string_view key, std::string_view words) {
        const float width =
            canvas.width(FontRole::small, key) + canvas.width(FontRole::small, words) + 1.4F * canvas.em();
        if (done || at.x + width > right) return;
        const float y = at.y - canvas.height(FontRole::small) / 2;
        const float x = canvas.text(FontRole::small, {at.x + 0.4F * canvas.em(), y}, Ink::current, key);
        at.x = canvas.text(FontRole::small, {x + 0.3F * canvas.em(), y}, Ink::text, words) + 0.7F * canvas.em();
    };
    const FirstSteps& done = context.ui.done;
    mark(done.over, "Right", "goes on");
    mark(done.into, "Down", "goes inside");
    mark(done.follow, "Click a bit", "to follow it");
}

} // namespace

float draw_chip(FrameContext& context, Rect room) {
    const std::string& what = context.state.of<StageMemory>().chip;
    if (what.empty()) return 0;
    ScreenCanvas canvas(context.theme, context.fonts);
    const float em = context.fonts.em;
    const std::string words = what + " \u00B7 Esc";
    const Rect rect{room.x, room.y, canvas.width(FontRole::small, words) + em, std::min(room.h, 1.3F * em)};
    const auto [clicked, hovered] = button_over(rect, 100);
    if (clicked) context.requests.run(Command::close);
    canvas.box(rect, Ink::raised, hovered ? Ink::current : Ink::followed);
    canvas.text_centred(FontRole::small, rect.centre(), Ink::text, words);
    return rect.w + 0.5F * em;
}

void draw_next(FrameContext& context, const Layout& layout) {
    ScreenCanvas canvas(context.theme, context.fonts);
    const float em = context.fonts.em;
    const float chip = draw_chip(context, layout.next);
    const Rect room{layout.next.x + chip, layout.next.y, layout.next.w - chip, layout.next.h};
    const float middle = room.y + room.h / 2;
    const WhatNext& words = kept(context);
    float right = room.right() - 0.3F * em;
    const auto fits = [&](const std::string& text) {
        return canvas.width(FontRole::small, text) + 6 * em < right - room.x;
    };
    if (!words.inside.empty() && fits(words.inside))
        right = key_words(context, canvas, right, middle, words.inside, Command::into) - em;
    if (words.last && fits(words.next)) {
        canvas.text_to_right(FontRole::small, {right, middle}, Ink::muted, words.next);
        right -= canvas.width(FontRole::small, words.next) + em;
    } else if (fits(words.next)) {
        right = key_words(context, canvas, right, middle, words.next, Command::over) - em;
    }
    if (!layout.presenting) return draw_first_steps(context, canvas, {room.x, middle}, right);
    const std::string what = context.frozen ? "frozen; the key , goes on" : context.step.title;
    float x = canvas.text(FontRole::text, {room.x + 0.4F * em, middle - canvas.height(FontRole::text) / 2},
                          Ink::current, canvas.shortened(FontRole::text, what, right - room.x)) +
              0.7F * em;
    if (context.frozen || context.covered() || x + 8 * em > right) return;
    canvas.text(FontRole::text, {x, middle - canvas.height(FontRole::text) / 2}, Ink::text,
                canvas.shortened(FontRole::text, context.step.summary, right - x));
}

} // namespace keyhole::viz
