// What all fuzzers share: a property that must hold, and the rule that what is refused is refused in one clean line.
#pragma once

#include <fuzzer/FuzzedDataProvider.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"

namespace keyhole::fuzz {

/// Ends the run where the property is broken; libFuzzer then keeps the input.
inline void hold(bool holds, std::string_view property, std::string_view detail = {}) {
    if (holds) return;
    std::fprintf(stderr, "broken: %.*s\n%.*s\n", static_cast<int>(property.size()), property.data(),
                 static_cast<int>(detail.size()), detail.data());
    std::abort();
}

/// The longest line that tells a person what is wrong, in bytes.
inline constexpr std::size_t longest_words = 2000;

/// Words for a person: one line, UTF-8, nothing in it that moves a cursor, not endless.
inline void hold_clean(std::string_view words) {
    hold(!words.empty() && words.size() <= longest_words, "the words are neither none nor endless", words);
    std::string doubled; // escape_controls doubles backslashes and changes nothing else that is clean
    for (const char c : words) doubled.append(c == '\\' ? 2 : 1, c);
    hold(escape_controls(words) == doubled, "the words are clean UTF-8", words);
}

/// Whether `attempt` went through. An Error is a refusal, and its words must be clean; anything else thrown is a
/// finding.
template <class Attempt>
bool accepted(Attempt attempt) {
    try {
        attempt();
        return true;
    } catch (const Error& error) {
        hold_clean(error.what());
        return false;
    }
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

} // namespace keyhole::fuzz
