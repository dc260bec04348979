#include "paper/page/page_style.hpp"

#include <fmt/format.h>

#include "paper/svg/svg_element.hpp"
#include "viz/picture/print_theme.hpp"

namespace keyhole::paper {
namespace {

using namespace viz;

std::string variables(const Theme& colours) {
    std::string out;
    for (std::size_t i = 1; i < ink_count; ++i) {
        const auto ink = static_cast<Ink>(i);
        const Colour c = colours.colour(ink);
        out += fmt::format("--{}:#{:02X}{:02X}{:02X};", SvgElements::class_of(ink), c & 0xFFU, c >> 8U & 0xFFU,
                           c >> 16U & 0xFFU);
    }
    return out;
}

} // namespace

std::string theme_rules() {
    std::string out =
        fmt::format(":root,:root[data-theme=light]{{{}color-scheme:light}}\n", variables(theme(ThemeName::light)));
    out += fmt::format("@media (prefers-color-scheme:dark){{:root{{{}color-scheme:dark}}}}\n",
                       variables(theme(ThemeName::dark)));
    out += fmt::format(":root[data-theme=light]{{{}color-scheme:light}}\n", variables(theme(ThemeName::light)));
    out += fmt::format(":root[data-theme=dark]{{{}color-scheme:dark}}\n", variables(theme(ThemeName::dark)));
    out += fmt::format(":root[data-theme=projector]{{{}color-scheme:light}}\n", variables(theme(ThemeName::projector)));
    for (std::size_t i = 1; i < ink_count; ++i) {
        const std::string_view role = SvgElements::class_of(static_cast<Ink>(i));
        out += fmt::format(".f-{0},.b-{0}{{fill:var(--{0})}}.s-{0}{{stroke:var(--{0})}}", role);
    }
    // On paper a filled box is framed and a 1 is a strong frame, as in the theme print.
    out += fmt::format("\n@media print{{:root,:root[data-theme]{{{}color-scheme:light}}", variables(print_theme()));
    for (const Ink ink : {Ink::current, Ink::plain, Ink::left, Ink::right, Ink::key, Ink::sbox, Ink::secret, Ink::muted,
                          Ink::text, Ink::faint, Ink::border, Ink::error}) {
        const std::string_view role = SvgElements::class_of(ink);
        out += fmt::format(".b-{0}{{fill-opacity:.16;stroke:var(--{0});stroke-width:.8}}", role);
    }
    return out + "}\n";
}

} // namespace keyhole::paper
