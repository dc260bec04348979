#include "viz/picture/print_theme.hpp"

#include <utility>

namespace keyhole::viz {
namespace {

// 0xRRGGBB. Dark inks of unlike hue, which a printer without colours makes dark greys; nothing is told by colour alone.
constexpr std::array palette = {
    std::pair{Ink::background, 0xFFFFFFU},   std::pair{Ink::panel, 0xFFFFFFU},    std::pair{Ink::raised, 0xFFFFFFU},
    std::pair{Ink::border, 0x8C8C8CU},       std::pair{Ink::text, 0x000000U},     std::pair{Ink::muted, 0x3A3A3AU},
    std::pair{Ink::faint, 0x6A6A6AU},        std::pair{Ink::current, 0xA83200U},  std::pair{Ink::on_current, 0xA83200U},
    std::pair{Ink::current_tint, 0xFFFFFFU}, std::pair{Ink::followed, 0x000000U}, std::pair{Ink::plain, 0x404040U},
    std::pair{Ink::left, 0x004F86U},         std::pair{Ink::right, 0x005A43U},    std::pair{Ink::key, 0x7A1C5CU},
    std::pair{Ink::sbox, 0x5E4B00U},         std::pair{Ink::secret, 0x3C2A94U},   std::pair{Ink::on_fill, 0x000000U},
    std::pair{Ink::error, 0x8F0A06U},
};
static_assert(palette.size() == ink_count - 1, "each ink but `none` has its colour");

constexpr Theme paper = [] {
    Theme out{.name = "print", .wire_alpha = 0.55F, .text_factor = 1.0F, .growth = 0, .line = 0.8F};
    for (const auto& [ink, rgb] : palette)
        out.colours[static_cast<std::size_t>(ink)] = 0xFF000000U | (rgb & 0xFFU) << 16U | (rgb & 0xFF00U) | rgb >> 16U;
    return out;
}();

} // namespace

const Theme& print_theme() { return paper; }

bool is_for_paper(const Theme& theme) { return &theme == &paper; }

} // namespace keyhole::viz
