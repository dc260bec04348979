#include "viz/scene/scene_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace keyhole::viz {
namespace {

constexpr std::string_view cut = "\u2026";      // at the end of what is too long
constexpr float least_row = 2.2F;               // em, of an arrow
constexpr float dense_row = 1.8F;               // of one in a low room
constexpr float falling_row = 3.2F;             // of one whose copy hangs below it on the listener's lifeline
constexpr float falls = 0.5F, copy_high = 1.3F; // how far a copy falls, how high it is

class ScenePicture {
  public:
    ScenePicture(Canvas& canvas, const Scene& scene, Rect room)
        : canvas_(canvas), scene_(scene), room_(room), em_(canvas.em()) {}

    float draw() {
        const float heads = draw_heads();
        const float foot = foot_height();
        const float most = std::max(room_.bottom() - foot - heads, 2.2F * em_);
        const float lines = draw_arrows(heads, most);
        draw_foot(heads + most);
        return std::max(lines, heads + most + foot);
    }

  private:
    float lifeline(std::size_t person) const {
        const auto count = static_cast<float>(scene_.people.size());
        return room_.x + room_.w * (static_cast<float>(person) + 0.5F) / count;
    }
    float head_width() const { return room_.w / static_cast<float>(scene_.people.size()) - 0.8F * em_; }

    // The same for all of them.
    FontRole name_font() const {
        constexpr std::array fonts = {FontRole::title, FontRole::text};
        for (const FontRole font : fonts) {
            const auto fits = [&](const ScenePerson& person) {
                return canvas_.width(font, person.name) <= head_width() - em_;
            };
            if (std::ranges::all_of(scene_.people, fits)) return font;
        }
        return FontRole::small;
    }

    float draw_heads() {
        std::size_t most = 0;
        for (const ScenePerson& person : scene_.people) most = std::max(most, person.facts.size());
        const float line = (scene_.dense ? 1.02F : 1.3F) * em_, title = (scene_.dense ? 1.6F : 1.9F) * em_;
        const float height = title + line * static_cast<float>(most) + (most > 0 ? 0.3F * em_ : 0);
        const FontRole font = name_font();
        for (std::size_t i = 0; i < scene_.people.size(); ++i) {
            const ScenePerson& person = scene_.people[i];
            const Rect head{lifeline(i) - head_width() / 2, room_.y, head_width(), height};
            canvas_.box(head, Ink::raised, person.ink, 1.6F * canvas_.line(), fmt::format("person.{}", i + 1));
            canvas_.text_centred(font, {head.centre().x, head.y + title / 2}, person.ink,
                                 canvas_.shortened(font, person.name, head.w - 0.4F * em_, cut));
            for (std::size_t k = 0; k < person.facts.size(); ++k)
                draw_fact(person.facts[k], {head.x + 0.6F * em_, head.y + title + line * static_cast<float>(k)},
                          head.w - 1.2F * em_, fmt::format("person.{}.fact.{}", i + 1, k + 1));
        }
        return room_.y + height;
    }

    void draw_fact(const SceneFact& fact, Point at, float width, std::string id) {
        const std::string name = fact.name + " = ";
        const FontRole named = scene_.dense ? FontRole::figures_small : FontRole::figures;
        const float begin = canvas_.text(named, at, Ink::muted, name);
        const float left = width - (begin - at.x);
        const FontRole font = canvas_.largest(fact.value, left, {named, FontRole::figures_small});
        canvas_.text(font, {begin, at.y + (canvas_.height(named) - canvas_.height(font)) / 2}, fact.ink,
                     canvas_.shortened(font, fact.value, left, cut), std::move(id));
    }

    // Which arrows there is room for, from the first on, then from the last back; nothing stands for those between.
    std::vector<std::optional<std::size_t>> rows(std::size_t fitting) const {
        const std::size_t all = scene_.arrows.size();
        std::vector<std::optional<std::size_t>> out;
        const std::size_t kept = all > fitting && fitting > scene_.kept_arrows ? scene_.kept_arrows : 0;
        for (std::size_t i = 0; i < kept; ++i) out.emplace_back(i);
        if (kept > 0 && fitting >= kept + 2) out.emplace_back();
        for (std::size_t i = all - std::min(all, fitting - out.size()); i < all; ++i) out.emplace_back(i);
        return out;
    }

    // Returns where the last one ends.
    float draw_arrows(float top, float height) {
        for (std::size_t i = 0; i < scene_.people.size(); ++i)
            draw_lifeline(lifeline(i), top, top + height, scene_.people[i]);
        const float least = (scene_.dense ? dense_row : least_row) * em_;
        const auto drawn = rows(static_cast<std::size_t>(std::max(1.0F, height / least)));
        const bool heard = std::ranges::any_of(scene_.arrows, [](const SceneArrow& a) { return !a.heard.empty(); });
        const float step = std::clamp(height / std::max(static_cast<float>(drawn.size()), 1.0F), least,
                                      (heard ? 1.2F * falling_row : 3.4F) * em_);
        float y = top;
        for (const auto& i : drawn) {
            if (!i) {
                draw_left_out(scene_.arrows.size() - drawn.size() + 1, y + step / 2);
            } else if (scene_.arrows[*i].heard.empty()) {
                draw_arrow(scene_.arrows[*i], y + 0.72F * step, *i);
            } else {
                draw_heard(scene_.arrows[*i], y, step, *i);
            }
            y += step;
        }
        return y;
    }

    void draw_left_out(std::size_t count, float y) {
        canvas_.text_centred(FontRole::small, {(lifeline(0) + lifeline(1)) / 2, y}, Ink::muted,
                             fmt::format("{} more", count), "arrows.left_out");
    }

    void draw_lifeline(float x, float from, float to, const ScenePerson& person) {
        if (!person.listens) return canvas_.straight({x, from}, {x, to}, faded(person.ink, 0.7F), 2 * canvas_.line());
        const float dash = 0.4F * em_;
        for (float y = from; y < to; y += 2 * dash)
            canvas_.straight({x, y}, {x, std::min(y + dash, to)}, faded(person.ink, 0.7F), 2 * canvas_.line());
    }

    Ink ink_of(const SceneArrow& arrow) const {
        using enum SceneArrow::Fate;
        return arrow.fate == altered ? Ink::current : arrow.fate == lost ? Ink::error : scene_.people[arrow.from].ink;
    }

    void draw_line(Point from, Point to, Ink ink) {
        canvas_.arrow(from, to, ink, 2 * canvas_.line(), 0.5F * em_, 0.28F * em_);
    }

    void draw_words(const SceneArrow& arrow, Point centre, float width, Ink ink, std::size_t number) {
        const FontRole font = canvas_.largest(arrow.words, width, {FontRole::figures, FontRole::figures_small});
        canvas_.text_centred(font, centre, ink, canvas_.shortened(font, arrow.words, width, cut),
                             fmt::format("arrow.{}", number + 1));
    }

    void draw_arrow(const SceneArrow& arrow, float y, std::size_t number) {
        using enum SceneArrow::Fate;
        const float from = lifeline(arrow.from), to = lifeline(arrow.to);
        const Ink ink = ink_of(arrow);
        // What waits is in the air: an envelope half way. What was lost ends there.
        const float end = arrow.fate == lost || arrow.fate == waits ? (from + to) / 2 : to;
        draw_line({from, y}, {end, y}, ink);
        const float middle = (from + to) / 2;
        if (arrow.fate == waits) draw_envelope({middle, y});
        if (arrow.fate == lost) draw_cross({end, y});
        draw_words(arrow, {middle, y - (arrow.fate == waits ? 1.3F : 0.85F) * em_}, std::abs(to - from) - 1.6F * em_,
                   arrow.fate == arrived ? Ink::text : ink, number);
    }

    // It passes the listener on its way: the words stand on the sender's side, and a copy falls on the listener's
    // lifeline, or lies on the crossing where there is no room below.
    void draw_heard(const SceneArrow& arrow, float top, float step, std::size_t number) {
        const float from = lifeline(arrow.from), to = lifeline(arrow.to), middle = (from + to) / 2;
        const bool hangs = step >= falling_row * em_;
        const float y = top + (scene_.dense ? 1.15F : 1.35F) * em_;
        draw_line({from, y}, {to, y}, ink_of(arrow));
        const Ink listener = scene_.people[(arrow.from + arrow.to) / 2].ink;
        const float most = hangs ? head_width() : 0.69F * head_width();
        const FontRole font = canvas_.largest(arrow.heard, most - em_, {FontRole::figures, FontRole::figures_small});
        const std::string words = canvas_.shortened(font, arrow.heard, most - em_, cut);
        const float width = canvas_.width(font, words) + em_;
        const float upper = hangs ? y + falls * em_ : y - copy_high * em_ / 2;
        const Rect copy{middle - width / 2, upper, width, copy_high * em_};
        if (hangs) {
            canvas_.circle({middle, y}, 0.2F * em_, listener, listener, canvas_.line());
            canvas_.straight({middle, y}, {middle, upper}, listener, 2 * canvas_.line());
        }
        canvas_.box(copy, Ink::raised, faded(listener, 0.8F), 1.4F * canvas_.line(),
                    fmt::format("copy.{}", number + 1));
        canvas_.text_centred(font, copy.centre(), arrow.heard_ink, words, fmt::format("heard.{}", number + 1));
        // Beside the copy where that is as high as the words.
        const float end = hangs ? middle : middle + (from < to ? -width / 2 : width / 2);
        draw_words(arrow, {(from + end) / 2, y - 0.75F * em_}, std::abs(end - from) - em_, Ink::text, number);
    }

    void draw_envelope(Point centre) {
        const Rect rect{centre.x - 1.1F * em_, centre.y - 0.65F * em_, 2.2F * em_, 1.3F * em_};
        canvas_.box(rect, Ink::current_tint, Ink::current, 1.8F * canvas_.line(), "envelope");
        const Point tip{centre.x, centre.y + 0.1F * em_};
        canvas_.straight(rect.corner(), tip, Ink::current, 1.5F * canvas_.line());
        canvas_.straight({rect.right(), rect.y}, tip, Ink::current, 1.5F * canvas_.line());
    }

    void draw_cross(Point at) {
        const float half = 0.35F * em_;
        canvas_.straight({at.x - half, at.y - half}, {at.x + half, at.y + half}, Ink::error, 2.4F * canvas_.line());
        canvas_.straight({at.x - half, at.y + half}, {at.x + half, at.y - half}, Ink::error, 2.4F * canvas_.line());
    }

    bool same_fingerprints() const {
        return std::ranges::all_of(scene_.fingerprints,
                                   [&](const SceneFact& f) { return f.value == scene_.fingerprints.front().value; });
    }

    FontRole fingerprint_font() const {
        return canvas_.largest(scene_.fingerprints.front().value, room_.w - 4 * em_,
                               {FontRole::figures_large, FontRole::figures, FontRole::figures_small});
    }

    float foot_height() const {
        float height = 0.4F * em_;
        if (!scene_.fingerprints.empty())
            height += static_cast<float>(scene_.fingerprints.size()) * 1.25F * canvas_.height(fingerprint_font()) +
                      canvas_.height(FontRole::small) + 0.3F * em_;
        if (!scene_.verdict.empty()) height += verdict_height();
        return height;
    }

    float verdict_height() const {
        return canvas_.paragraph_height(FontRole::title, room_.w - em_, scene_.verdict) + 0.3F * em_;
    }

    void draw_foot(float y) {
        y += 0.4F * em_;
        if (!scene_.fingerprints.empty()) {
            const FontRole font = fingerprint_font();
            const bool several = scene_.fingerprints.size() > 1, same = same_fingerprints();
            canvas_.text_centred(FontRole::small, {room_.centre().x, y + canvas_.height(FontRole::small) / 2},
                                 Ink::muted,
                                 several ? "the fingerprints that the two read to each other"
                                         : "the fingerprint, to be read to the other side");
            y += canvas_.height(FontRole::small) + 0.3F * em_;
            const float line = 1.25F * canvas_.height(font), top = y;
            for (std::size_t i = 0; i < scene_.fingerprints.size(); ++i, y += line)
                canvas_.text_centred(font, {room_.centre().x, y + line / 2}, scene_.fingerprints[i].ink,
                                     scene_.fingerprints[i].value, fmt::format("fingerprint.{}", i + 1));
            if (several)
                canvas_.text_centred(FontRole::hero, {room_.right() - 1.2F * em_, (top + y) / 2},
                                     same ? Ink::right : Ink::error, same ? "=" : "\u2260", "fingerprint.sign");
        }
        if (scene_.verdict.empty()) return;
        canvas_.paragraph(FontRole::title, {room_.x + 0.5F * em_, y}, room_.w - em_, scene_.verdict_ink, scene_.verdict,
                          "verdict");
    }

    Canvas& canvas_;
    const Scene& scene_;
    Rect room_;
    float em_;
};

} // namespace

float draw_scene(Canvas& canvas, const Scene& scene, Rect room) { return ScenePicture(canvas, scene, room).draw(); }

} // namespace keyhole::viz
