#include "paper/type/paper_type.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"

namespace keyhole::paper {
namespace {

// By FontRole, in parts of em, as viz/draw/fonts.cpp has them.
constexpr std::array role_sizes = std::to_array<float>({1.3F, 1, 0.83F, 2.2F, 1.5F, 1, 0.86F, 0.7F});
static_assert(role_sizes.size() == viz::font_role_count, "each role has its size");

// Inter's circled signs are larger than its letters; DejaVu Sans has them in one size (viz/draw/fonts.cpp).
bool is_circled(char32_t c) { return c >= 0x2295 && c <= 0x2298; }
bool is_icon(char32_t c) { return c >= 0xF000 && c <= 0xF2E0; }

// Characters that a person would miss, and that have a width of their own: no marks, joiners or private areas.
bool can_be_left_to_the_shower(char32_t c) {
    const bool seen = (c >= 0x0590 && c < 0x2000) || (c >= 0x2E80 && c < 0xD800) || (c >= 0xF900 && c < 0xFE00) ||
                      (c >= 0xFF01 && c < 0xFFF0) || (c >= 0x1F000 && c < 0x30000);
    return seen;
}
// In parts of the font's em square: Chinese, Japanese, Korean and emoji are square.
float assumed_width(char32_t c) { return c >= 0x1100 ? 1.0F : 0.6F; }

template <class Visit>
void each_character(std::string_view words, Visit visit) {
    const ByteView bytes = as_bytes(words);
    for (std::size_t at = 0; at < words.size();) {
        const auto byte = static_cast<unsigned char>(words[at]);
        const Character c =
            byte < 0x80 ? Character{.offset = at, .length = 1, .code = byte, .valid = true} : character_at(bytes, at);
        if (!visit(c)) return;
        at = c.end();
    }
}

} // namespace

bool sets_figures(FontRole role) { return role >= FontRole::hero; }

PaperType::PaperType(const std::filesystem::path& folder, float em, Lacking lacking)
    : em_(em),
      lacking_(lacking),
      faces_{Face(folder / "Inter-Regular.otf"), Face(folder / "JetBrainsMono-Regular.ttf"),
             Face(folder / "DejaVuSans.ttf"), Face(folder / "fontawesome-webfont.ttf")} {}

float PaperType::height(FontRole role) const { return role_sizes[static_cast<std::size_t>(role)] * em_; }

float PaperType::size(FontRole role, PaperFont font) const {
    if (font == PaperFont::others) font = PaperFont::words;
    const Face& f = face(font);
    const float height = this->height(role) * (font == PaperFont::icons ? 0.9F : 1.0F);
    return height * f.units() / (f.ascent() + f.descent());
}

float PaperType::base_line(FontRole role) const {
    const Face& f = face(sets_figures(role) ? PaperFont::figures : PaperFont::words);
    return height(role) * f.ascent() / (f.ascent() + f.descent());
}

PaperType::Glyph PaperType::find(bool figures, char32_t character) const {
    const PaperFont own = figures ? PaperFont::figures : PaperFont::words;
    std::array<PaperFont, 2> order = {own, PaperFont::signs};
    if (is_circled(character)) order = {PaperFont::signs, own};
    if (is_icon(character)) order = {PaperFont::icons, own};
    for (const PaperFont font : order) {
        const Face& f = face(font);
        const unsigned index = f.glyph(character);
        if (index == 0) continue;
        const float part = (font == PaperFont::icons ? 0.9F : 1.0F) / (f.ascent() + f.descent());
        return {font, true, f.advance(index) * part};
    }
    if (lacking_ == Lacking::named || !can_be_left_to_the_shower(character)) return {};
    const Face& f = face(PaperFont::words);
    return {PaperFont::others, true, assumed_width(character) * f.units() / (f.ascent() + f.descent())};
}

const PaperType::Glyph& PaperType::glyph(FontRole role, char32_t character) const {
    const bool figures = sets_figures(role);
    auto& known = glyphs_[figures ? 1 : 0];
    const auto found = known.find(character);
    if (found != known.end()) return found->second;
    return known.emplace(character, find(figures, character)).first->second;
}

bool PaperType::has(FontRole role, char32_t character) const { return glyph(role, character).there; }

float PaperType::width(FontRole role, std::string_view words) const {
    float parts = 0;
    each_character(words, [&](const Character& c) {
        parts += glyph(role, c.code).advance;
        return true;
    });
    return parts * height(role);
}

std::size_t PaperType::fitting(FontRole role, std::string_view words, float width) const {
    float used = 0;
    std::size_t end = 0;
    each_character(words, [&](const Character& c) {
        used += glyph(role, c.code).advance * height(role);
        if (used > width) return false;
        end = c.end();
        return true;
    });
    return end;
}

std::vector<Run> PaperType::runs(FontRole role, std::string_view words) const {
    std::vector<Run> out;
    float x = 0;
    each_character(words, [&](const Character& c) {
        const Glyph& g = glyph(role, c.code);
        if (out.empty() || out.back().font != g.font) out.push_back({g.font, words.substr(c.offset, 0), x, 0});
        Run& run = out.back();
        const float wide = g.advance * height(role);
        run.text = {run.text.data(), run.text.size() + c.length};
        run.width += wide;
        x += wide;
        return true;
    });
    return out;
}

} // namespace keyhole::paper
