// Words that a person chooses from (modes, paddings, flags, commands): found in any case of letters, and the nearest
// one offered where there is none of that name.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace keyhole {

/// Equal but for the case of ASCII letters.
bool same_word(std::string_view a, std::string_view b);

/// "did you mean cbc? ", with up to three words that are as near as any: of which the wrong one is the beginning, or
/// else those that differ by the fewest letters left out, added, exchanged or turned round. Case and leading hyphens do
/// not count. Empty where none is near.
std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> words);

/// "ecb, cbc or ctr".
std::string one_of(std::span<const std::string_view> words);

/// `what` names the place ("--mode"); all that could stand there is listed, the nearest first.
Error unknown_word(std::string_view what, std::string_view wrong, std::span<const std::string_view> words);

/// The names of values that have one: name(value).
template <class Enum, std::size_t N>
std::array<std::string_view, N> names_of(const std::array<Enum, N>& values) {
    std::array<std::string_view, N> out;
    std::ranges::transform(values, out.begin(), [](Enum value) { return name(value); });
    return out;
}

/// The value of that name, in any case of letters.
template <class Enum, std::size_t N>
std::optional<Enum> find_named(const std::array<Enum, N>& values, std::string_view text) {
    const auto found = std::ranges::find_if(values, [&](Enum value) { return same_word(name(value), text); });
    return found == values.end() ? std::nullopt : std::optional(*found);
}

/// The same, but throws unknown_word.
template <class Enum, std::size_t N>
Enum chosen(const std::array<Enum, N>& values, std::string_view what, std::string_view text) {
    const auto found = find_named(values, text);
    if (!found) throw unknown_word(what, text, names_of(values));
    return *found;
}

} // namespace keyhole
