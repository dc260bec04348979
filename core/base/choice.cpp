#include "core/base/choice.hpp"

#include <fmt/format.h>

#include <numeric>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"

namespace keyhole {
namespace {

constexpr std::size_t most_letters = 60;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string plain(std::string_view word) {
    std::string out(word.substr(std::min(word.find_first_not_of('-'), word.size())).substr(0, most_letters));
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

// Damerau's and Levenshtein's, where no letter is touched twice ("optimal string alignment").
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before, last, row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before = std::exchange(last, row);
        row[0] = i;
        for (std::size_t k = 1; k <= b.size(); ++k) {
            row[k] = std::min({last[k] + 1, row[k - 1] + 1, last[k - 1] + (a[i - 1] == b[k - 1] ? 0U : 1U)});
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                row[k] = std::min(row[k], before[k - 2] + 1);
        }
    }
    return row[b.size()];
}

} // namespace

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> words) {
    constexpr std::size_t most_offered = 3;
    const std::string typed = plain(wrong);
    if (typed.empty()) return {};
    std::vector<std::string_view> near;
    std::size_t least = 2 * std::max<std::size_t>(1, typed.size() / 3);
    for (const std::string_view word : words) {
        const std::string name = plain(word);
        const std::size_t letters = distance(typed, name);
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
