#include "cli/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace keyhole::cli {
namespace {

constexpr std::size_t longest_shown = 8192;

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> spoken = {
    {{"\u2295", "XOR"}, {"\u2192", "gives"}, {"\u207B\u00B9", "inverse"}}};

// Small digits are U+2080 to U+2089: E2 82 and 80 to 89.
bool is_small_digit(std::string_view text) {
    return text.size() >= 3 && text[0] == '\xE2' && text[1] == '\x82' && (text[2] & 0xF0) == 0x80 &&
           (text[2] & 15) < 10;
}

bool ends_sentence(std::string_view before, char sign) {
    return sign == '?' || sign == '!' ||
           (sign == '.' && !before.ends_with("e.g") && !before.ends_with("i.e") && !before.ends_with('.'));
}

std::string value_sentence(const Value& value) {
    const std::string hex = prefixed_hex(value.datum);
    const bool short_hex = !hex.empty() && hex.size() <= longest_shown;
    std::string out = fmt::format("{} is {}", value.name, short_hex ? hex : shown_text(value.datum, longest_shown));
    if (const std::string bits = binary_text(value.datum); !bits.empty()) out += ", in bits " + bits;
    if (const std::string decimal = decimal_text(value.datum); !hex.empty() && !decimal.empty())
        out += ", in decimal " + decimal;
    return out + ".\n";
}

} // namespace

std::string sentences(std::string_view prose) {
    std::string out;
    while (!prose.empty()) {
        std::size_t taken = 1;
        const auto sign = std::ranges::find_if(spoken, [&](const auto& one) { return prose.starts_with(one.first); });
        if (sign != spoken.end()) {
            out += sign->second;
            taken = sign->first.size();
        } else if (is_small_digit(prose)) {
            out += static_cast<char>('0' + (prose[2] & 15));
            taken = 3;
        } else if (prose.size() > 1 && prose[1] == ' ' && ends_sentence(out, prose[0])) {
            out += prose[0];
            out += '\n';
            taken = 2;
        } else {
            out += prose[0];
        }
        prose.remove_prefix(taken);
    }
    return out.empty() || out.ends_with('\n') ? out : out + '\n';
}

std::string plain_step_text(const Trace& trace, const Node& node) {
    const Step step = trace.step(node);
    std::string out = fmt::format("{}.\nThe address is {}.\n", step.title, step.address);
    if (!step.mark.empty()) out += fmt::format("This is {}.\n", step.mark);
    if (!step.source.empty()) out += fmt::format("The source is {}.\n", step.source);
    for (const Value& value : step.values) out += value_sentence(value);
    return out + sentences(step.explanation);
}

} // namespace keyhole::cli
