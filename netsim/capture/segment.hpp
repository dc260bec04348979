// One captured packet, taken apart down to TCP: link layer, IPv4 (RFC 791) or IPv6 (RFC 8200), TCP (RFC 9293).
// Checksums are not looked at: a machine that captures its own packets often sees them before the network card has
// filled them in.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "core/base/bytes.hpp"

namespace keyhole {

/// An address and a port.
struct TcpPlace {
    std::array<std::uint8_t, 16> address{}; // an IPv4 address has the first four bytes
    bool ipv6 = false;
    std::uint16_t port = 0;

    bool operator==(const TcpPlace&) const = default;
    bool operator<(const TcpPlace& other) const { // libc++ of Debian 12 has no <=> of arrays
        return std::tie(address, ipv6, port) < std::tie(other.address, other.ipv6, other.port);
    }
};
/// "127.0.0.1:4646", "[::1]:4646".
std::string to_text(const TcpPlace& place);

struct TcpSegment {
    TcpPlace from, to;
    std::uint32_t seq = 0;
    std::optional<std::uint32_t> ack;
    bool syn = false, fin = false;
    std::uint32_t length = 0; // bytes of payload that were sent
    ByteView payload;         // those that were captured, from the first on
};

/// How frames of a capture begin, by pcap's number of it (DLT_*).
bool knows_link_type(int link_type);

/// What a packet holds of TCP. `fragment`: it is a part of an IP packet, which is not put together here.
struct PacketContent {
    std::optional<TcpSegment> segment;
    bool fragment = false;
};

/// `packet` is what was captured of it and must outlive the segment. Whatever the bytes are, nothing is read past them.
PacketContent read_packet(int link_type, ByteView packet);

} // namespace keyhole
