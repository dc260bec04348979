#include "viz/pages/start/way_in_view.hpp"

#include <algorithm>

#include "viz/picture/numbers.hpp"

namespace keyhole::viz {
namespace {

void centred_formula(ScreenCanvas& canvas, Rect room, Paint paint, std::string_view formula) {
    constexpr std::array fonts = {FontRole::hero, FontRole::figures_large, FontRole::figures};
    const auto* fits =
        std::ranges::find_if(fonts, [&](FontRole font) { return formula_width(canvas, font, formula) <= room.w; });
    const FontRole font = fits == fonts.end() ? fonts.back() : *fits;
    const Point at{room.centre().x - formula_width(canvas, font, formula) / 2,
                   room.centre().y - canvas.height(font) / 2};
    draw_formula(canvas, font, at, room.w, paint, formula);
}

// A prime of 2048 bits begins so: ffdhe2048 of RFC 7919.
void digits(ScreenCanvas& canvas, Rect room) {
    constexpr std::array<std::string_view, 4> rows = {
        "FFFFFFFF FFFFFFFF ADF85458 A2BB4A9A", "AFDC5620 273D3CF1 D8B9C583 CE2D3695",
        "A9E13641 146433FB CC939DCE 249B3EF9", "7D2FE363 630C75D8 F681B202 AEC4617A"};
    const FontRole font =
        canvas.largest(rows[0], room.w, {FontRole::figures, FontRole::figures_small, FontRole::figures_tiny});
    const float line = 1.3F * canvas.height(font);
    const int fitting = std::clamp(static_cast<int>(room.h / line), 1, static_cast<int>(rows.size()));
    float y = room.centre().y - static_cast<float>(fitting) * line / 2;
    float strength = 1;
    for (int i = 0; i < fitting; ++i, y += line, strength -= 0.22F) {
        const std::string shown = canvas.shortened(font, rows[static_cast<std::size_t>(i)], room.w);
        canvas.text_centred(font, {room.centre().x, y + line / 2}, faded(Ink::text, strength), shown);
    }
}

void bits(ScreenCanvas& canvas, Rect room) {
    constexpr unsigned text = 0x48656C6C; // "Hell"
    const float pitch = std::min(room.w / 16, 1.5F * canvas.em());
    for (unsigned i = 0; i < 32; ++i) {
        const float x = room.centre().x + (static_cast<float>(i % 16) - 8) * pitch;
        const float y = room.centre().y + (i < 16 ? -1.1F : 0.1F) * pitch;
        canvas.cell({x, y, pitch - 2, pitch - 2}, text >> (31 - i) & 1U, i < 16 ? Ink::left : Ink::right, false);
    }
}

void lifelines(ScreenCanvas& canvas, Rect room) {
    const float em = canvas.em(), half = std::min(0.32F * room.w, 7 * em);
    const float left = room.centre().x - half, right = room.centre().x + half;
    canvas.straight({left, room.y}, {left, room.bottom()}, Ink::left, 2 * canvas.line());
    canvas.straight({right, room.y}, {right, room.bottom()}, Ink::right, 2 * canvas.line());
    for (int i = 0; i < 4; ++i) {
        const float y = room.y + room.h * (0.2F + 0.2F * static_cast<float>(i));
        const Point from{i % 2 == 0 ? left : right, y}, to{i % 2 == 0 ? right : left, y};
        canvas.arrow(from, to, i % 2 == 0 ? Ink::left : Ink::right, 2 * canvas.line(), 0.5F * em, 0.3F * em);
    }
}

void draw_subject(ScreenCanvas& canvas, WayIn way, Rect room) {
    switch (way) {
        case WayIn::small_numbers: return centred_formula(canvas, room, Ink::text, "5^{6} mod 23 = 8");
        case WayIn::real_size: return digits(canvas, room);
        case WayIn::own_message: return bits(canvas, room);
        case WayIn::recording: return lifelines(canvas, room);
    }
}

} // namespace

WayInWords words_of(WayIn way) {
    switch (way) {
        case WayIn::small_numbers: return {"Small numbers", "An exchange modulo 23, for the blackboard. Begin here."};
        case WayIn::real_size: return {"Real size", "The same exchange with a prime of 2048 bits, of RFC 7919."};
        case WayIn::own_message: return {"Your own message", "A key and a text of your own, without an exchange."};
        case WayIn::recording: return {"A recording", "What was saved before, or what a network tool has captured."};
    }
    return {};
}

void draw_way_in(ScreenCanvas& canvas, WayIn way, Rect card, bool chosen, bool hovered) {
    const float em = canvas.em(), pad = 0.9F * em, width = card.w - 2 * pad;
    canvas.box(card, chosen ? Ink::current_tint : Ink::raised, chosen || hovered ? Ink::current : Ink::border,
               (chosen ? 2.2F : 1.0F) * canvas.line());
    const auto [title, words] = words_of(way);
    float below = 0; // of all cards alike, so that their titles stand on one line
    for (const WayIn each : every_way_in) {
        const auto [its_title, its_words] = words_of(each);
        below = std::max(below, canvas.paragraph_height(FontRole::title, width, its_title) +
                                    canvas.paragraph_height(FontRole::text, width, its_words) + em);
    }
    const Rect picture{card.x + pad, card.y + pad, width, card.h - below - 2 * pad};
    if (picture.h >= 1.6F * em) draw_subject(canvas, way, picture);
    const float y = canvas.paragraph(FontRole::title, {card.x + pad, card.bottom() - pad - below + em}, width,
                                     chosen ? Ink::current : Ink::text, title);
    canvas.paragraph(FontRole::text, {card.x + pad, y}, width, Ink::muted, words);
}

} // namespace keyhole::viz
