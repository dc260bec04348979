#include "viz/stages/hero/hero_picture.hpp"

#include <algorithm>
#include <array>

#include "viz/picture/numbers.hpp"

namespace keyhole::viz {
namespace {

constexpr std::array fonts = {FontRole::hero, FontRole::figures_large, FontRole::figures, FontRole::figures_small};

float gap(const Canvas& canvas, const Hero& hero, FontRole font) {
    return hero.before.empty() || hero.result.empty() ? 0 : 0.45F * canvas.height(font);
}

// Before the right half, as wide as a character.
float blank(const Canvas& canvas, const Hero& hero, FontRole font) {
    return hero.right.empty() ? 0 : canvas.width(font, " ");
}

float width(const Canvas& canvas, const Hero& hero, FontRole font) {
    return formula_width(canvas, font, hero.before) + gap(canvas, hero, font) + canvas.width(font, hero.result) +
           blank(canvas, hero, font) + canvas.width(font, hero.right);
}

} // namespace

float hero_height(const Canvas& canvas, const Hero& hero) {
    return hero.empty() ? 0 : 1.15F * canvas.height(FontRole::hero);
}

void draw_hero(Canvas& canvas, const Hero& hero, Rect strip) {
    if (hero.empty()) return;
    Hero shown = hero;
    const auto fits = [&](FontRole font) { return width(canvas, shown, font) <= strip.w; };
    if (!fits(fonts.back()) && !shown.result.empty()) shown.before.clear();
    const auto* font = std::ranges::find_if(fonts, fits);
    const FontRole used = font == fonts.end() ? fonts.back() : *font;
    if (!fits(used)) {
        shown.result = canvas.shortened(used, shown.result, strip.w);
        shown.right.clear();
    }
    const float top = strip.bottom() - canvas.height(FontRole::hero) / 2 - canvas.height(used) / 2;
    const float left = strip.x + std::max(0.0F, (strip.w - width(canvas, shown, used)) / 2);
    draw_formula(canvas, used, {left, top}, strip.w, Ink::muted, shown.before);
    const float at = left + formula_width(canvas, used, shown.before) + gap(canvas, shown, used);
    const float end =
        canvas.text(used, {at, top}, shown.meaning == Meaning::plain ? Paint(Ink::text) : ink_of(shown.meaning),
                    shown.result, "hero.result");
    if (!shown.right.empty())
        canvas.text(used, {end + blank(canvas, shown, used), top}, ink_of(Meaning::right), shown.right, "hero.right");
}

} // namespace keyhole::viz
