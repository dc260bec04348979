// How long a search takes, in words, here and on machines whose rate was published (docs/crack.md has the sources).
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace keyhole {

inline constexpr double whole_key_space = 72057594037927936.0; // 2^56 keys

struct CrackMachine {
    std::string_view name;
    double keys_per_second;
};
std::span<const CrackMachine> published_machines();

/// "3.2 days", "57 s": two digits, the largest fitting unit.
std::string span_of_time(double seconds);

/// Also of times that no double holds: "10^290 years".
std::string long_span_of_time(double log2_seconds);

/// "1.52 G".
std::string short_number(double value);

} // namespace keyhole
