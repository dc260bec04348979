#include "viz/picture/typeface.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/utf8.hpp"

namespace keyhole::viz {

std::string drawable(const Typeface& type, FontRole font, std::string_view words) {
    const auto plain = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::ranges::all_of(words, plain)) return std::string(words);
    std::string out;
    for (const Character& c : characters(words)) {
        const std::string_view written = words.substr(c.offset, c.length);
        if (c.valid && !type.has(font, c.code)) {
            out += fmt::format("[U+{:04X}]", static_cast<unsigned>(c.code));
        } else {
            out += written;
        }
    }
    return out;
}

std::vector<std::string_view> wrapped(const Typeface& type, FontRole font, std::string_view words, float width) {
    std::vector<std::string_view> lines;
    while (!words.empty()) {
        std::size_t cut = std::max<std::size_t>(type.fitting(font, words, width), 1);
        while (cut < words.size() && continues_character(words[cut])) ++cut;
        const std::size_t space = words.substr(0, std::min(cut + 1, words.size())).rfind(' ');
        if (cut < words.size() && space != std::string_view::npos && space > 0) cut = space;
        lines.push_back(words.substr(0, cut));
        words.remove_prefix(cut);
        while (words.starts_with(' ')) words.remove_prefix(1);
    }
    return lines;
}

float line_pitch(const Typeface& type, FontRole font) { return 1.3F * type.height(font); }

float paragraph_height(const Typeface& type, FontRole font, float width, std::string_view words) {
    const std::string shown = drawable(type, font, words);
    return line_pitch(type, font) * static_cast<float>(wrapped(type, font, shown, width).size());
}

std::string shortened(const Typeface& type, FontRole font, std::string_view text, float width,
                      std::string_view ending) {
    if (type.width(font, text) <= width) return std::string(text);
    std::string made;
    do {
        text = whole_characters(text, text.empty() ? 0 : text.size() - 1);
        made = std::string(text) + std::string(ending);
    } while (!text.empty() && type.width(font, made) > width);
    return made;
}

} // namespace keyhole::viz
