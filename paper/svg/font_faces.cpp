#include "paper/svg/font_faces.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/utf8.hpp"
#include "paper/type/font_subset.hpp"

namespace keyhole::paper {
namespace {

// By PaperFont.
constexpr std::array<std::string_view, paper_font_count> names = {"Inter", "JetBrains Mono", "DejaVu Sans",
                                                                  "FontAwesome"};

// Base64 that happens to spell "http" is no address, but looks like one to whoever searches a page for addresses.
std::string without_the_word(std::string data) {
    constexpr std::string_view word = "http";
    for (std::size_t at = data.find(word); at != std::string::npos; at = data.find(word, at))
        data.replace(at, 1, "%68");
    return data;
}

} // namespace

void FontFaces::note(FontRole role, std::string_view words) {
    for (const Run& run : type_.runs(role, words)) {
        if (run.font == PaperFont::others) continue;
        auto& known = characters_[static_cast<std::size_t>(run.font)];
        for (const Character& c : characters(run.text)) known.insert(c.code);
    }
}

void FontFaces::note(const viz::Picture& picture) {
    for (const viz::Shape& shape : picture.shapes) {
        if (const auto* text = std::get_if<viz::shape::Text>(&shape.form)) note(text->font, text->words);
        if (const auto* cell = std::get_if<viz::shape::Cell>(&shape.form); cell != nullptr && cell->sign != 0)
            note(cell->font, std::string_view(&cell->sign, 1));
    }
}

std::string FontFaces::rules() const {
    std::string out;
    for (std::size_t i = 0; i < paper_font_count; ++i) {
        if (characters_[i].empty()) continue;
        const std::string font = font_subset(type_.face(static_cast<PaperFont>(i)).bytes(), characters_[i]);
        const bool outlines_are_cff = font.starts_with("OTTO");
        out += fmt::format("@font-face{{font-family:\"{}\";src:url(\"data:font/{};base64,{}\")}}\n", names[i],
                           outlines_are_cff ? "otf" : "ttf", without_the_word(to_base64(to_bytes(font))));
    }
    return out;
}

} // namespace keyhole::paper
