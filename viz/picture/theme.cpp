#include "viz/picture/theme.hpp"

#include <array>

namespace keyhole::viz {
namespace {

// 0xRRGGBB, as designers write colours.
constexpr Colour rgb(unsigned value) { return 0xFF000000U | (value & 0xFFU) << 16U | (value & 0xFF00U) | value >> 16U; }

// clang-format off
constexpr Theme dark{
    .background = rgb(0x0F1116), .panel = rgb(0x191C25), .raised = rgb(0x232834), .border = rgb(0x2C3240),
    .text = rgb(0xE9EBF1), .muted = rgb(0xA6ADBD), .faint = rgb(0x848C9F),
    .current = rgb(0xF5A32F), .on_current = rgb(0x1A1205), .current_tint = rgb(0x3A2A12),
    .plain = rgb(0xCBD0DC), .left = rgb(0x56B4E9), .right = rgb(0x2CC79A), .key = rgb(0xD67FB0), .sbox = rgb(0xDCC94A),
    .secret = rgb(0x9A86F0), .on_fill = rgb(0x0C0E13), .error = rgb(0xFF7B6B),
    .wire_alpha = 0.42F, .text_factor = 1.0F, .growth = 0, .line = 1.0F,
};

constexpr Theme light{
    .background = rgb(0xE9EBF0), .panel = rgb(0xFBFCFD), .raised = rgb(0xEEF0F5), .border = rgb(0xCDD2DC),
    .text = rgb(0x171A21), .muted = rgb(0x4E5666), .faint = rgb(0x6E7686),
    .current = rgb(0xC85000), .on_current = rgb(0xFFFFFF), .current_tint = rgb(0xFBE6D2),
    .plain = rgb(0x5B6475), .left = rgb(0x0072B2), .right = rgb(0x007F5F), .key = rgb(0xA63F82), .sbox = rgb(0x8A7000),
    .secret = rgb(0x5B45C2), .on_fill = rgb(0xFFFFFF), .error = rgb(0xB3261E),
    .wire_alpha = 0.40F, .text_factor = 1.0F, .growth = 0, .line = 1.0F,
};

constexpr Theme projector{
    .background = rgb(0xFFFFFF), .panel = rgb(0xFFFFFF), .raised = rgb(0xF0F2F6), .border = rgb(0x8E95A3),
    .text = rgb(0x000000), .muted = rgb(0x363C48), .faint = rgb(0x6C7483),
    .current = rgb(0xD03A00), .on_current = rgb(0xFFFFFF), .current_tint = rgb(0xFFE3CC),
    .plain = rgb(0x434B5A), .left = rgb(0x005FA3), .right = rgb(0x00694E), .key = rgb(0x8F246C), .sbox = rgb(0x735C00),
    .secret = rgb(0x4630A8), .on_fill = rgb(0xFFFFFF), .error = rgb(0x9C0F0A),
    .wire_alpha = 0.55F, .text_factor = 1.15F, .growth = 0.6F, .line = 1.4F,
};
// clang-format on

constexpr std::array names = {std::string_view("dark"), std::string_view("light"), std::string_view("projector")};

} // namespace

std::string_view name(ThemeName theme) { return names[static_cast<std::size_t>(theme)]; }

std::optional<ThemeName> find_theme(std::string_view wanted) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == wanted) return static_cast<ThemeName>(i);
    }
    return std::nullopt;
}

ThemeName next(ThemeName theme) { return static_cast<ThemeName>((static_cast<std::size_t>(theme) + 1) % names.size()); }

const Theme& theme(ThemeName name) {
    switch (name) {
        case ThemeName::dark: return dark;
        case ThemeName::light: return light;
        case ThemeName::projector: break;
    }
    return projector;
}

Colour Theme::colour(Paint paint) const {
    const auto own = [&]() -> Colour {
        switch (paint.ink) {
            case Ink::none: return 0;
            case Ink::background: return background;
            case Ink::panel: return panel;
            case Ink::raised: return raised;
            case Ink::border: return border;
            case Ink::text: return text;
            case Ink::muted: return muted;
            case Ink::faint: return faint;
            case Ink::current: return current;
            case Ink::on_current: return on_current;
            case Ink::current_tint: return current_tint;
            case Ink::plain: return plain;
            case Ink::left: return left;
            case Ink::right: return right;
            case Ink::key: return key;
            case Ink::sbox: return sbox;
            case Ink::secret: return secret;
            case Ink::on_fill: return on_fill;
            case Ink::error: return error;
        }
        return 0;
    };
    return paint.alpha == 1 ? own() : faded(own(), paint.alpha);
}

Colour faded(Colour colour, float alpha) {
    const float opacity = static_cast<float>(colour >> 24U) * alpha;
    return (colour & 0x00FFFFFFU) | static_cast<Colour>(opacity + 0.5F) << 24U;
}

} // namespace keyhole::viz
