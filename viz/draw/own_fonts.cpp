#include "viz/draw/own_fonts.hpp"

#include <algorithm>
#include <array>

namespace keyhole::viz {
namespace {

constexpr CharacterRange text_characters[] = {
    {0x0020, 0x017F}, // Latin
    {0x0370, 0x03FF}, // Greek
    {0x0400, 0x045F}, // Cyrillic
    {0x1E00, 0x1EFF}, // more Latin, as Vietnamese needs it
    {0x2010, 0x205E}, // dashes, quotes, dots
    {0x2070, 0x209C}, // superscripts, subscripts
    {0x20A0, 0x20BF}, // currencies
    {0x2100, 0x214F}, // letter-like
    {0x2190, 0x21FF}, // arrows
    {0x2200, 0x2235}, // mathematics; Inter 4.1 has circled signs too, but they are larger than letters: DejaVu Sans has
    {0x2237, 0x2294}, // them everywhere, and in one size
    {0x2299, 0x22FF}, //
    {0xFFFD, 0xFFFD},
};
constexpr CharacterRange sign_characters[] = {
    {0x2010, 0x205E}, {0x2070, 0x209C}, {0x2100, 0x214F},
    {0x2190, 0x21FF}, {0x2200, 0x22FF}, {0x2300, 0x23FF}, // technical
    {0x2500, 0x25FF},                                     // lines, blocks, shapes
    {0x2600, 0x27BF},                                     // symbols and check marks
    {0xFFFD, 0xFFFD},
};
constexpr CharacterRange icons[] = {{0xF000, 0xF2E0}};
// The large sizes set headings and single numbers only.
constexpr CharacterRange heading_characters[] = {
    {0x0020, 0x00FF}, {0x2010, 0x2027}, {0x2070, 0x209C}, {0x2190, 0x2193}};
constexpr CharacterRange lone_figures[] = {
    {0x0020, 0x00FF}, {0x2010, 0x2027}, {0x2070, 0x209C}, {0x2190, 0x2193}, {0x2295, 0x2295}};
constexpr CharacterRange figures[] = {{0x0020, 0x017F}, {0x0370, 0x03FF}, {0x0400, 0x045F}, {0x2010, 0x2027},
                                      {0x2190, 0x2193}, {0x2260, 0x2265}, {0xFFFD, 0xFFFD}};
constexpr CharacterRange hero_characters[] = {{0x0020, 0x017F}, {0x0370, 0x03FF}, {0x0400, 0x045F}, {0x2010, 0x2027},
                                              {0x2070, 0x209C}, {0x2190, 0x2193}, {0x2260, 0x2265}, {0x2295, 0x2295}};

constexpr auto inter = "Inter-Regular.otf", mono = "JetBrainsMono-Regular.ttf", awesome = "fontawesome-webfont.ttf",
               dejavu = "DejaVuSans.ttf";
constexpr FontSource words_sources[] = {
    {inter, 1, 0, text_characters}, {awesome, 0.9F, 0.02F, icons}, {dejavu, 1, -0.02F, sign_characters}};
constexpr FontSource heading_sources[] = {{inter, 1, 0, heading_characters}, {dejavu, 1, -0.02F, sign_characters}};
constexpr FontSource figures_sources[] = {{mono, 1, 0, figures}, {dejavu, 1, 0, sign_characters}};
constexpr FontSource lone_sources[] = {{mono, 1, 0, lone_figures}};
constexpr FontSource hero_sources[] = {{mono, 1, 0, hero_characters}};

constexpr auto role_fonts = [] {
    std::array<RoleFont, font_role_count> all{};
    const auto set = [&](FontRole role, float size, std::span<const FontSource> sources) {
        all[static_cast<std::size_t>(role)] = {size, sources};
    };
    set(FontRole::title, 1.3F, heading_sources);
    set(FontRole::text, 1, words_sources);
    set(FontRole::small, 0.83F, words_sources);
    set(FontRole::hero, 2.2F, hero_sources);
    set(FontRole::figures_large, 1.5F, lone_sources);
    set(FontRole::figures, 1, figures_sources);
    set(FontRole::figures_small, 0.86F, figures_sources);
    set(FontRole::figures_tiny, 0.7F, lone_sources);
    return all;
}();

// What the program's own words and pictures use everywhere: ASCII, and these signs.
constexpr CharacterRange common_characters[] = {{0x0020, 0x007E}, {0x00B1, 0x00B3}, {0x00B7, 0x00B7}, {0x00B9, 0x00B9},
                                                {0x00D7, 0x00D7}, {0x2013, 0x2014}, {0x2018, 0x2019}, {0x201C, 0x201D},
                                                {0x2022, 0x2022}, {0x2026, 0x2026}, {0x207B, 0x207B}, {0x2080, 0x208B},
                                                {0x2099, 0x2099}, {0x2190, 0x2193}, {0x2212, 0x2212}, {0x2260, 0x2261},
                                                {0x2264, 0x2265}, {0x2295, 0x2295}, {0xFFFD, 0xFFFD}};

} // namespace

const RoleFont& role_font(FontRole role) { return role_fonts[static_cast<std::size_t>(role)]; }

bool may_have(FontRole role, char32_t character) {
    return std::ranges::any_of(role_font(role).sources, [&](const FontSource& source) {
        return std::ranges::any_of(source.characters, [&](CharacterRange range) {
            return range.first <= character && character <= range.last;
        });
    });
}

std::vector<CharacterRange> characters_of(const FontSource& source, const Blocks& blocks) {
    std::vector<CharacterRange> out;
    const auto add = [&](CharacterRange wanted) {
        for (const CharacterRange range : source.characters) {
            const CharacterRange both{std::max(wanted.first, range.first), std::min(wanted.last, range.last)};
            if (both.first <= both.last) out.push_back(both);
        }
    };
    for (const CharacterRange range : common_characters) add(range);
    for (const char32_t block : blocks) add({32 * block, 32 * block + 31});
    return out;
}

} // namespace keyhole::viz
