// How a recording that is right but for one thing is refused.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>

#include "core/recording/recording_check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/refusal.hpp"
#include "tests/support/traces.hpp"

namespace keyhole::testing {

/// What check_recording says; empty where it takes the recording.
inline std::string refusal(const Recording& recording) {
    return refusal_of([&] { check_recording(recording); });
}

/// The recording is right, and after that change refused with that address and reason.
inline void refuses(Recording recording, const std::function<void(Recording&)>& change, const std::string& address,
                    const std::string& why) {
    REQUIRE(refusal(recording).empty());
    change(recording);
    CHECK(refusal(recording) ==
          fmt::format("the recording disagrees with itself at {} ({}; record the exchange anew)", address, why));
}

/// Two messages each way: 1 and 4 are the client's, 2 and 3 the server's.
inline Recording chat(std::size_t kind = 0) {
    Random random = Random::seeded("checks of a recording");
    return random_exchanges(random).at(kind);
}

} // namespace keyhole::testing
