#include "core/lab/avalanche.hpp"

#include <fmt/format.h>

namespace keyhole::lab {

std::string avalanche_csv(std::span<const Spread> rounds) {
    std::string csv = "round,text_mean,text_deviation,key_mean,key_deviation\r\n";
    for (std::size_t n = 1; n < rounds.size(); ++n) {
        csv += fmt::format("{},{:.3f},{:.3f},{:.3f},{:.3f}\r\n", n, rounds[n].text_mean, rounds[n].text_deviation,
                           rounds[n].key_mean, rounds[n].key_deviation);
    }
    return csv;
}

} // namespace keyhole::lab
