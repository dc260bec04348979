// Signals that ask a program to stop: whenever one comes before the end, it is known at the end.
#include "netsim/tcp/stop_signals.hpp"

#include <csignal>

#include "tests/support/catch.hpp"
#include "tests/support/wait.hpp"

using namespace keyhole;

namespace {

// What a SIGHUP would do now. (Catch2 has handlers of its own for SIGINT and SIGTERM.)
bool ends_the_program() {
    struct sigaction now {};
    ::sigaction(SIGHUP, nullptr, &now);
    return now.sa_handler == SIG_DFL;
}

} // namespace

TEST_CASE("A signal that comes right before the end is known at the end", "[signals]") {
    for (const auto next : {StopSignals::Next::ends, StopSignals::Next::tells}) {
        for (int i = 0; i < 200; ++i) {
            StopSignals signals([] {}, next);
            std::raise(SIGHUP);
            REQUIRE(signals.end());
            REQUIRE(ends_the_program());
        }
    }
}

TEST_CASE("Without a signal the end says so", "[signals]") {
    StopSignals signals;
    CHECK_FALSE(ends_the_program());
    CHECK_FALSE(signals.end());
    CHECK(ends_the_program());
    CHECK_FALSE(signals.end());
}

TEST_CASE("The first signal is told, and by default the next one ends the program", "[signals]") {
    std::atomic<int> told{0};
    StopSignals signals([&] { ++told; });
    std::raise(SIGHUP);
    REQUIRE(keyhole::testing::wait_until([&] { return told == 1; }));
    CHECK(signals.came());
    CHECK(ends_the_program());
}

TEST_CASE("Every signal is told where that is wanted", "[signals]") {
    std::atomic<int> told{0};
    StopSignals signals([&] { ++told; }, StopSignals::Next::tells);
    for (int i = 1; i <= 3; ++i) {
        std::raise(SIGHUP);
        REQUIRE(keyhole::testing::wait_until([&] { return told == i; }));
    }
    CHECK_FALSE(ends_the_program());
}
