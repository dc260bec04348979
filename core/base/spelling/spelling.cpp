#include "core/base/spelling/spelling.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace keyhole {
namespace {

std::string_view without_number(std::string_view word) {
    return word.substr(0, word.find_last_not_of("0123456789") + 1);
}

} // namespace

std::size_t letters_apart(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before, last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
        }
        before = last;
        last = now;
    }
    return last[b.size()];
}

std::optional<std::string_view> near_word(std::string_view word, std::span<const std::string_view> known) {
    constexpr std::size_t longest = 64; // letters; nobody mistypes more
    std::optional<std::string_view> nearest;
    if (word.size() > longest) return std::nullopt;
    std::size_t least = word.size() < 6 ? 2 : 3;
    for (const std::string_view candidate : known) {
        if (without_number(candidate) == without_number(word)) return std::nullopt;
        if (candidate.size() < 4) continue;
        const std::size_t longer = std::max(word.size(), candidate.size());
        if (longer - std::min(word.size(), candidate.size()) >= least) continue;
        const std::size_t apart = letters_apart(word, candidate);
        if (apart >= least) continue;
        least = apart;
        nearest = candidate;
    }
    return nearest;
}

} // namespace keyhole
