// A host and a port as people write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keyhole {

struct HostPort {
    std::string host;
    std::uint16_t port = 0;
};

/// `HOST:PORT`, an IPv6 address in brackets (`[::1]:4646`). Throws Error (bad_input).
HostPort parse_host_port(std::string_view text);

/// The same form back, fit for a terminal.
std::string to_text(const HostPort& address);

} // namespace keyhole
