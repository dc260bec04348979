// "Did you mean": the known word that a misspelt one is nearest to.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace keyhole {

/// How many letters were left out, put in, changed or swapped with their neighbour, none of them twice (Damerau's and
/// Levenshtein's distance as "optimal string alignment"). Work and memory grow with both lengths: bound them.
std::size_t letters_apart(std::string_view a, std::string_view b);

/// The nearest of `known`, if it is so near that a slip of the finger explains the difference: one letter left out, put
/// in, changed or swapped with its neighbour, two in words of six letters and more. Words of fewer than four letters
/// are near to nothing; neither are two words that differ in the number at their end only.
std::optional<std::string_view> near_word(std::string_view word, std::span<const std::string_view> known);

} // namespace keyhole
