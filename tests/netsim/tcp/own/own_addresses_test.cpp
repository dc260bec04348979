// Where others reach what listens on all addresses of this machine.

#include "netsim/tcp/host_port.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

using namespace keyhole;

TEST_CASE("Only addresses that are listened on are told to others", "[tcp]") {
    CHECK(reachable_at({"192.0.2.7", 4646}) == std::vector<HostPort>{{"192.0.2.7", 4646}});
    const auto is_six = [](const HostPort& one) { return one.host.find(':') != std::string::npos; };
    const std::vector<std::string> own = own_addresses();
    const std::vector<HostPort> four = reachable_at({"0.0.0.0", 4646}, own.size() + 1);
    const std::vector<HostPort> both = reachable_at({"::", 4646}, own.size() + 1);
    CHECK(std::ranges::none_of(four, is_six));
    CHECK(both.size() == std::max<std::size_t>(own.size(), 1));
    CHECK(std::ranges::count_if(both, is_six) ==
          std::ranges::count_if(own, [](const std::string& one) { return one.find(':') != std::string::npos; }));
}
