#include "core/attack/search_times.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <iterator>

namespace keyhole {
namespace {

constexpr double seconds_a_year = 31557600.0;

constexpr std::array<CrackMachine, 5> published = {{
    {"EFF's Deep Crack, 1998", 90e9},
    {"COPACOBANA, 120 FPGAs, 2006", 48e9},
    {"Pico Computing's 176 FPGAs, 2010", 280e9},
    {"hashcat on one GeForce GTX 1080, 2018", 21.5e9},
    {"one NVIDIA H100 with Keyhole, 2026", 163e9},
}};

} // namespace

std::span<const CrackMachine> published_machines() { return published; }

std::string span_of_time(double seconds) {
    struct Unit {
        double seconds;
        const char* name;
    };
    constexpr Unit units[] = {{seconds_a_year, "years"}, {86400.0, "days"}, {3600.0, "h"}, {60.0, "min"}};
    for (const Unit& unit : units) {
        const double count = seconds / unit.seconds;
        if (count >= 1.5) return fmt::format("{:.{}f} {}", count, count < 10 ? 1 : 0, unit.name);
    }
    return fmt::format("{:.{}f} s", seconds, seconds < 10 ? 1 : 0);
}

std::string long_span_of_time(double log2_seconds) {
    constexpr double readable = 38; // 2^38 s are 8700 years
    if (log2_seconds < -4)
        return log2_seconds < -14 ? "under 0.1 ms" : fmt::format("{:.1f} ms", std::exp2(log2_seconds) * 1000);
    if (log2_seconds < readable) return span_of_time(std::exp2(log2_seconds));
    return fmt::format("10^{:.0f} years", (log2_seconds - std::log2(seconds_a_year)) * std::log10(2.0));
}

std::string short_number(double value) {
    constexpr const char* prefixes[] = {"", " k", " M", " G", " T", " P"};
    std::size_t prefix = 0;
    while (value >= 999.5 && prefix + 1 < std::size(prefixes)) {
        value /= 1000;
        ++prefix;
    }
    const int digits = prefix == 0 || value >= 100 ? 0 : value < 10 ? 2 : 1;
    return fmt::format("{:.{}f}{}", value, digits, prefixes[prefix]);
}

} // namespace keyhole
