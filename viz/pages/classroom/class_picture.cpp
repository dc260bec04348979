#include "viz/pages/classroom/class_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"

namespace keyhole::viz {
namespace {

using State = classroom::Room::State;

constexpr unsigned quiet_zone = 4; // modules of light around a code (ISO 18004)
constexpr std::size_t most_bars = 8;

// Cameras want dark modules on light ground, whatever the theme.
std::pair<Ink, Ink> light_and_dark(const Theme& theme) {
    const auto brightness = [&](Ink ink) {
        const Colour colour = theme.colour(ink);
        return (colour & 0xFF) + (colour >> 8 & 0xFF) + (colour >> 16 & 0xFF);
    };
    return brightness(Ink::text) > brightness(Ink::background) ? std::pair(Ink::text, Ink::background)
                                                               : std::pair(Ink::background, Ink::text);
}

// In the middle of the room's width; whole pixels, so that no lines run between the modules.
void draw_code(Canvas& canvas, Rect room, const classroom::QrCode& code) {
    const float module = std::floor(std::min(room.w, room.h) / static_cast<float>(code.size + 2 * quiet_zone));
    if (module < 1) return;
    const auto [light, dark] = light_and_dark(canvas.style().theme);
    const float side = module * static_cast<float>(code.size + 2 * quiet_zone);
    const Rect whole{std::floor(room.centre().x - side / 2), std::floor(room.y), side, side};
    canvas.add(shape::Box{.rect = whole, .fill = light, .outline = {}}, "qr");
    for (unsigned y = 0; y < code.size; ++y) {
        for (unsigned x = 0; x < code.size; ++x) {
            unsigned end = x;
            while (end < code.size && code.is_dark(end, y)) ++end;
            if (end == x) continue;
            const Rect run{whole.x + module * static_cast<float>(x + quiet_zone),
                           whole.y + module * static_cast<float>(y + quiet_zone), module * static_cast<float>(end - x),
                           module};
            canvas.add(shape::Box{.rect = run, .fill = dark, .outline = {}});
            x = end;
        }
    }
}

std::string standing(const ClassState& state) {
    if (state.asked == State::open) return fmt::format("{} of {} answered", state.answered, state.here);
    std::uint64_t all = 0;
    for (const auto& [answer, count] : state.counts) all += count;
    const std::string& right = state.question->right;
    if (state.asked == State::closed || right.empty()) return counted(all, "answer");
    const auto found = state.counts.find(right);
    return fmt::format("{} of {} right", found == state.counts.end() ? 0 : found->second, all);
}

struct Bar {
    std::string answer;
    std::uint64_t count = 0;
};

// The most frequent first; what has no room is one bar, "others". A right answer that is told has its bar in any case.
std::vector<Bar> bars_of(const ClassState& state) {
    std::vector<Bar> bars;
    for (const auto& [answer, count] : state.counts) bars.push_back({answer, count});
    const std::string& right = state.question->right;
    if (state.asked == State::revealed && !right.empty() && !state.counts.contains(right)) bars.push_back({right, 0});
    std::ranges::stable_sort(bars, std::ranges::greater{}, &Bar::count);
    if (bars.size() <= most_bars) return bars;
    const auto is_right = [&](const Bar& bar) { return state.asked == State::revealed && bar.answer == right; };
    const auto kept = bars.begin() + most_bars - 1;
    if (const auto far = std::find_if(kept, bars.end(), is_right); far != bars.end())
        std::rotate(kept - 1, far, far + 1);
    Bar others{"others", 0};
    for (auto rest = kept; rest != bars.end(); ++rest) others.count += rest->count;
    bars.erase(kept, bars.end());
    bars.push_back(std::move(others));
    return bars;
}

float draw_bars(Canvas& canvas, Rect room, const ClassState& state) {
    const std::vector<Bar> bars = bars_of(state);
    const float em = canvas.em(), row = 2.1F * em;
    std::uint64_t most = 1;
    float label = 0;
    for (const Bar& bar : bars) {
        most = std::max(most, bar.count);
        label = std::max(label, canvas.width(FontRole::figures, excerpt(bar.answer, 40)));
    }
    label = std::min(label + 0.8F * em, 0.45F * room.w);
    const float number = 3 * em, longest = room.w - label - number;
    float y = room.y;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const Bar& bar = bars[i];
        const bool right = state.asked == State::revealed && bar.answer == state.question->right;
        const Paint ink = right ? Ink::current : Ink::text;
        const float middle = y + 0.5F * row;
        canvas.text_to_right(FontRole::figures, {room.x + label - 0.6F * em, middle}, ink,
                             canvas.shortened(FontRole::figures, excerpt(bar.answer, 40), label - 0.6F * em));
        const float width = longest * static_cast<float>(bar.count) / static_cast<float>(most);
        canvas.box({room.x + label, y + 0.25F * em, std::max(width, canvas.line()), row - 0.5F * em},
                   right ? Paint(Ink::current) : Paint(Ink::plain, 0.55F), right ? Ink::current : Ink::border, 0,
                   fmt::format("bar.{}", i + 1));
        canvas.text(FontRole::figures,
                    {room.x + label + width + 0.5F * em, middle - 0.5F * canvas.height(FontRole::figures)}, ink,
                    fmt::format("{}", bar.count));
        y += row;
    }
    return y;
}

} // namespace

float draw_invitation(Canvas& canvas, Rect room, const ClassState& state, const classroom::QrCode& code) {
    const float em = canvas.em(), words = 5.2F * em;
    float y = room.y;
    if (code.size > 0) {
        const Rect place{room.x, room.y, room.w, std::min(0.66F * room.h, room.w)};
        draw_code(canvas, place, code);
        y = place.bottom() + 0.4F * em;
    }
    canvas.text_centred(FontRole::text, {room.centre().x, y + 0.6F * em}, Ink::muted, "Open in a browser:");
    const std::string address = state.addresses.empty() ? std::string("..") : state.addresses.front();
    const FontRole font = canvas.largest(address, room.w, {FontRole::hero, FontRole::title, FontRole::text});
    canvas.text_centred(font, {room.centre().x, y + 2.4F * em}, Ink::current, address, "address");
    std::string others;
    for (std::size_t i = 1; i < state.addresses.size(); ++i) others += (i > 1 ? ", " : "or ") + state.addresses[i];
    if (!others.empty())
        canvas.text_centred(FontRole::small, {room.centre().x, y + 4.3F * em}, Ink::muted,
                            canvas.shortened(FontRole::small, others, room.w));
    return y + words;
}

float draw_answers(Canvas& canvas, Rect room, const ClassState& state) {
    const classroom::Question& question = *state.question;
    const float em = canvas.em();
    float y = canvas.paragraph(FontRole::title, {room.x, room.y}, room.w, Ink::text, question.words, "question");
    y = canvas.paragraph(FontRole::small, {room.x, y}, room.w, Ink::muted, question.address);
    y += 0.5F * em;
    canvas.text(FontRole::hero, {room.x, y}, Ink::current, standing(state), "standing");
    y += canvas.height(FontRole::hero) + 0.6F * em;
    if (state.asked != State::open) return draw_bars(canvas, {room.x, y, room.w, room.bottom() - y}, state);
    for (std::size_t i = 0; i < question.choices.size(); ++i)
        y = canvas.paragraph(FontRole::text, {room.x, y}, room.w, Ink::text,
                             fmt::format("{}  {}", i + 1, escape_controls(question.choices[i])));
    return y;
}

} // namespace keyhole::viz
