#include "core/base/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace keyhole {

std::string grouped_decimal(std::uint64_t number) {
    std::string text = fmt::to_string(number);
    if (text.size() < 5) return text;
    for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ' ');
    return text;
}

std::string counted(std::uint64_t count, std::string_view thing) {
    return fmt::format("{} {}{}", grouped_decimal(count), thing, count == 1 ? "" : "s");
}

std::string_view singular_or(std::uint64_t count, std::string_view singular, std::string_view plural) {
    return count == 1 ? singular : plural;
}

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return lower_case(c); });
    return out;
}

char upper_case(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string upper_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return upper_case(c); });
    return out;
}

std::string_view trimmed(std::string_view text, std::string_view blanks) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        if (end == text.size()) return parts;
        begin = end + 1;
    }
}

std::string shell_word(std::string_view text) {
    const auto plain = [](char c) {
        const char lower = lower_case(c);
        return ('a' <= lower && lower <= 'z') || ('0' <= c && c <= '9') ||
               std::string_view("_@%+=:,./-").find(c) != std::string_view::npos;
    };
    if (!text.empty() && std::ranges::all_of(text, plain)) return std::string(text);
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string readable(std::string_view name) {
    std::string out(name);
    std::ranges::replace(out, '_', ' ');
    return out;
}

std::string capitalised(std::string text) {
    if (!text.empty()) text[0] = upper_case(text[0]);
    return text;
}

std::string wrapped(std::string_view text, std::size_t width) {
    std::string out;
    std::size_t column = 0, blank = std::string::npos, after_blank = 0; // of the last blank of this line
    for (const char c : text) {
        const bool starts_a_character = (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
        if (c == '\n') {
            column = 0;
            blank = std::string::npos;
        } else if (starts_a_character) {
            ++column;
        }
        if (c == ' ' && column > 1) {
            blank = out.size();
            after_blank = column;
        } else if (column > width && blank != std::string::npos) {
            out[blank] = '\n';
            column -= after_blank;
            blank = std::string::npos;
        }
        out += c;
    }
    return out;
}

} // namespace keyhole
