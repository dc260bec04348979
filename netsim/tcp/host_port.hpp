// A host and a port as people write them, and as others reach this machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole {

struct HostPort {
    std::string host;
    std::uint16_t port = 0;

    bool operator==(const HostPort&) const = default;
};

/// `HOST:PORT`, an IPv6 address in brackets (`[::1]:4646`). Throws Error (bad_input), also for a link-local address
/// without its interface, which no packet could be sent to.
HostPort parse_host_port(std::string_view text);

/// A host alone: a name, an IPv4 address, or an IPv6 one with or without brackets. Throws Error (bad_input) as above.
std::string parse_host(std::string_view text);

/// The form of parse_host_port, fit for a terminal.
std::string to_text(const HostPort& address);

/// The addresses of this machine's interfaces that are up, IPv4 first, without loopback and link-local ones; empty
/// where it has none or they cannot be asked for.
std::vector<std::string> own_addresses();

/// Where others connect to when this is listened on: the address itself, or in place of one that means all of them each
/// of this machine's, at most `most`. With no network at all the loopback's.
std::vector<HostPort> reachable_at(const HostPort& listening, std::size_t most = 3);

} // namespace keyhole
