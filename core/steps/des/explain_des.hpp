// What the words of DES's own steps (explain_des.cpp, explain_schedule.cpp) have in common.
#pragma once

#include "core/steps/explain.hpp"

namespace keyhole {

constexpr Bits b64(std::uint64_t value) { return {value, 64}; }
constexpr Bits b48(std::uint64_t value) { return {value, 48}; }
constexpr Bits b32(std::uint64_t value) { return {value, 32}; }
constexpr Bits b28(std::uint64_t value) { return {value, 28}; }

/// "L" and 12 give "L₁₂", as the standard writes halves and subkeys.
inline std::string indexed(std::string_view letter, std::uint64_t n) {
    std::string out(letter);
    for (const char digit : fmt::to_string(n)) out += fmt::format("\xE2\x82{}", static_cast<char>(0x80 + digit - '0'));
    return out;
}

/// The key schedule and its rounds.
void explain_schedule_step(const TraceValues& trace, Step& step);

} // namespace keyhole
