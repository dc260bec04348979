#include "viz/picture/theme.hpp"

namespace keyhole::viz {
namespace {

struct Role {
    Ink ink;
    std::array<unsigned, 3> colours; // dark, light, projector: 0xRRGGBB, as designers write them
};

constexpr std::array palette = {
    Role{Ink::background, {0x0F1116, 0xE9EBF0, 0xFFFFFF}}, Role{Ink::panel, {0x191C25, 0xFBFCFD, 0xFFFFFF}},
    Role{Ink::raised, {0x232834, 0xEEF0F5, 0xF0F2F6}},     Role{Ink::border, {0x2C3240, 0xCDD2DC, 0x8E95A3}},
    Role{Ink::text, {0xE9EBF1, 0x171A21, 0x000000}},       Role{Ink::muted, {0xA6ADBD, 0x4E5666, 0x363C48}},
    Role{Ink::faint, {0x848C9F, 0x6E7686, 0x6C7483}},      Role{Ink::current, {0xF5A32F, 0xC85000, 0xD03A00}},
    Role{Ink::on_current, {0x1A1205, 0xFFFFFF, 0xFFFFFF}}, Role{Ink::current_tint, {0x3A2A12, 0xFBE6D2, 0xFFE3CC}},
    Role{Ink::followed, {0xFFFFFF, 0x000000, 0x000000}},   Role{Ink::plain, {0xCBD0DC, 0x5B6475, 0x434B5A}},
    Role{Ink::left, {0x56B4E9, 0x0072B2, 0x005FA3}},       Role{Ink::right, {0x2CC79A, 0x007F5F, 0x00694E}},
    Role{Ink::key, {0xD67FB0, 0xA63F82, 0x8F246C}},        Role{Ink::sbox, {0xDCC94A, 0x8A7000, 0x735C00}},
    Role{Ink::secret, {0x9A86F0, 0x5B45C2, 0x4630A8}},     Role{Ink::on_fill, {0x0C0E13, 0xFFFFFF, 0xFFFFFF}},
    Role{Ink::error, {0xFF7B6B, 0xB3261E, 0x9C0F0A}},
};
static_assert(palette.size() == ink_count - 1, "each ink but `none` has its colours");

constexpr Colour opaque(unsigned rgb) { return 0xFF000000U | (rgb & 0xFFU) << 16U | (rgb & 0xFF00U) | rgb >> 16U; }

// By ThemeName.
constexpr std::array<Theme, 3> themes = [] {
    std::array<Theme, 3> out{{
        {.name = "dark", .wire_alpha = 0.42F, .text_factor = 1.0F, .growth = 0, .line = 1.0F},
        {.name = "light", .wire_alpha = 0.40F, .text_factor = 1.0F, .growth = 0, .line = 1.0F},
        {.name = "projector", .wire_alpha = 0.55F, .text_factor = 1.15F, .growth = 0.6F, .line = 1.4F},
    }};
    for (const Role& role : palette) {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i].colours[static_cast<std::size_t>(role.ink)] = opaque(role.colours[i]);
    }
    return out;
}();

} // namespace

std::string_view name(ThemeName theme) { return viz::theme(theme).name; }

ThemeName next(ThemeName theme) {
    return static_cast<ThemeName>((static_cast<std::size_t>(theme) + 1) % themes.size());
}

const Theme& theme(ThemeName name) { return themes[static_cast<std::size_t>(name)]; }

Colour Theme::colour(Paint paint) const {
    const Colour own = colours[static_cast<std::size_t>(paint.ink)];
    return paint.alpha == 1 ? own : faded(own, paint.alpha);
}

Colour faded(Colour colour, float alpha) {
    const float opacity = static_cast<float>(colour >> 24U) * alpha;
    return (colour & 0x00FFFFFFU) | static_cast<Colour>(opacity + 0.5F) << 24U;
}

} // namespace keyhole::viz
