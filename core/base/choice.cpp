#include "core/base/choice.hpp"

#include <fmt/format.h>

#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/spelling/spelling.hpp"
#include "core/base/words.hpp"

namespace keyhole {
namespace {

constexpr std::size_t most_letters = 60;

std::string plain(std::string_view word) {
    return lower_case(word.substr(std::min(word.find_first_not_of('-'), word.size())).substr(0, most_letters));
}

} // namespace

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower_case(x) == lower_case(y); });
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> words) {
    constexpr std::size_t most_offered = 3;
    const std::string typed = plain(wrong);
    if (typed.empty()) return {};
    std::vector<std::string_view> near;
    std::size_t least = 2 * std::max<std::size_t>(1, typed.size() / 3);
    for (const std::string_view word : words) {
        const std::string name = plain(word);
        const std::size_t letters = letters_apart(typed, name);
        const bool begins = name.starts_with(typed);
        const std::size_t off = letters == 0 ? 0 : begins ? 1 : 2 * letters;
        if (off > least || (!begins && letters >= typed.size())) continue;
        if (off < least) near.clear();
        least = off;
        near.push_back(word);
    }
    if (near.size() > most_offered) near.resize(most_offered);
    return near.empty() ? "" : fmt::format("did you mean {}? ", one_of(near));
}

std::string one_of(std::span<const std::string_view> words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i)
        out += fmt::format("{}{}", i == 0 ? "" : i + 1 < words.size() ? ", " : " or ", words[i]);
    return out;
}

Error unknown_word(std::string_view what, std::string_view wrong, std::span<const std::string_view> words) {
    return bad_input(fmt::format("{} '{}' is not known (it is none of Keyhole's; {}give {})", what, excerpt(wrong, 60),
                                 did_you_mean(wrong, words), one_of(words)));
}

} // namespace keyhole
