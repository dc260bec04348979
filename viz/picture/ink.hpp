// Colours as roles. A picture says what a thing means, a theme what that looks like, so the same picture can be shown
// dark, light, on a projector or on paper.
#pragma once

#include <cstdint>

#include "viz/base/meaning.hpp"

namespace keyhole::viz {

enum class Ink : std::uint8_t {
    none, // not drawn
    background,
    panel,
    raised, // a box on a panel
    border,
    text,
    muted, // labels
    faint, // what is there for orientation only
    current,
    on_current, // text on `current`
    current_tint,
    followed, // a bit that somebody follows, and all that it goes into
    plain,
    left,
    right,
    key,
    sbox,
    secret,
    on_fill, // text on a cell that is filled with a colour of meaning
    error,
};
inline constexpr std::size_t ink_count = static_cast<std::size_t>(Ink::error) + 1;

constexpr Ink ink_of(Meaning meaning) {
    switch (meaning) {
        case Meaning::left: return Ink::left;
        case Meaning::right: return Ink::right;
        case Meaning::key: return Ink::key;
        case Meaning::sbox: return Ink::sbox;
        case Meaning::secret: return Ink::secret;
        case Meaning::plain: break;
    }
    return Ink::plain;
}

/// An ink, more or less transparent.
struct Paint {
    Ink ink = Ink::none;
    float alpha = 1; // 1: opaque

    constexpr Paint() = default;
    constexpr Paint(Ink role, float opacity = 1) : ink(role), alpha(opacity) {} // an ink is a paint

    bool operator==(const Paint&) const = default;
};

constexpr Paint faded(Paint paint, float alpha) { return {paint.ink, paint.alpha * alpha}; }

} // namespace keyhole::viz
