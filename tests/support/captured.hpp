// Captures for tests, made byte by byte: a chat's lines become TCP segments, which a test may lose, double or reorder,
// and those become the packets of a pcap or pcapng file of any link type.
#pragma once

#include <string>
#include <vector>

#include "core/dh/role.hpp"
#include "core/recording/recording.hpp"

namespace keyhole::testing {

struct WireLine {
    Role from;
    std::string text;
};

/// The lines of an exchange in which both sides are known (exchange() of tests/support/recordings.hpp), bye included.
std::vector<WireLine> wire_lines(const Recording& exchange);

/// What the quiet relay makes of them.
Recording heard_by_relay(const std::vector<WireLine>& lines);

struct FakeSegment {
    Role from = Role::client;
    std::uint32_t seq = 0, ack = 0;
    bool syn = false, fin = false, acks = true;
    std::string payload;
};

struct TalkOptions {
    std::size_t segment_size = 100; // bytes of payload
    std::uint32_t client_start = 1000, server_start = 5000;
};
/// The connection from SYN to FIN.
std::vector<FakeSegment> tcp_talk(const std::vector<WireLine>& lines, const TalkOptions& options = {});

enum class Link { ethernet, vlan, cooked, cooked2, loopback, open_loopback, raw };
struct CaptureOptions {
    Link link = Link::ethernet;
    bool ipv6 = false, pcapng = false, big_endian = false;
    std::uint16_t client_port = 40000;
    std::size_t snap_length = 65535;
};
/// One packet as it lies in the file.
std::string fake_packet(const FakeSegment& segment, const CaptureOptions& options);
std::string capture_file(const std::vector<std::string>& packets, const CaptureOptions& options);
std::string capture_file(const std::vector<FakeSegment>& segments, const CaptureOptions& options = {});

} // namespace keyhole::testing
