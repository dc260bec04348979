#include "tests/support/captured.hpp"

#include "core/base/bytes.hpp"
#include "netsim/protocol/offer.hpp"
#include "netsim/relay/relay.hpp"

namespace keyhole::testing {
namespace {

// `count` bytes of a number, the highest first, or the lowest where `little`.
std::string number(std::uint64_t value, std::size_t count, bool little = false) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t place = little ? i : count - 1 - i;
        out += static_cast<char>(value >> (8 * place) & 0xFFU);
    }
    return out;
}

std::string link_header(Link link, bool ipv6) {
    const std::string type = number(ipv6 ? 0x86DD : 0x0800, 2);
    switch (link) {
        case Link::ethernet: return std::string(12, '\x02') + type;
        case Link::vlan: return std::string(12, '\x02') + number(0x8100, 2) + number(7, 2) + type;
        case Link::cooked: return number(0, 2) + number(772, 2) + number(6, 2) + std::string(8, '\0') + type;
        case Link::cooked2: return type + std::string(18, '\0');
        case Link::loopback: return number(ipv6 ? 30 : 2, 4, true);
        case Link::open_loopback: return number(ipv6 ? 24 : 2, 4);
        case Link::raw: return {};
    }
    return {};
}

unsigned link_number(Link link) {
    switch (link) {
        case Link::ethernet:
        case Link::vlan: return 1;
        case Link::cooked: return 113;
        case Link::cooked2: return 276;
        case Link::loopback: return 0;
        case Link::open_loopback: return 108;
        case Link::raw: return 101;
    }
    return 0;
}

std::string padded_to_four(std::string bytes) { return bytes.append((4 - bytes.size() % 4) % 4, '\0'); }

std::string pcapng_block(std::uint32_t type, const std::string& body, bool little) {
    const std::string length = number(body.size() + 12, 4, little);
    return number(type, 4, little) + length + body + length;
}

} // namespace

std::vector<WireLine> wire_lines(const Recording& exchange) {
    const Parameters& agreed = *exchange.parameters;
    const Offer offer =
        make_offer({.name = agreed.group, .source = {}, .p = agreed.p, .g = agreed.g}, agreed.kdf, agreed.mode);
    std::vector<WireLine> lines{{Role::server, encode_frame(params_frame(offer))}};
    for (const Role role : every_role) {
        lines.push_back({role, encode_frame(PublicKeyFrame{to_wire_hex(*exchange.party(role).public_key)})});
    }
    for (const MessageRecord& message : exchange.messages) lines.push_back({message.sender, message.sent->frame});
    for (const Role role : every_role) lines.push_back({role, encode_frame(ByeFrame{})});
    return lines;
}

Recording heard_by_relay(const std::vector<WireLine>& lines) {
    const auto relay = make_relay({.quiet = true});
    for (const WireLine& line : lines) {
        relay->receive(line.from, to_bytes(line.text + "\n"));
        relay->run();
        for (const Role role : every_role) relay->take_output(role);
    }
    return relay->recording(Role::client);
}

std::vector<FakeSegment> tcp_talk(const std::vector<WireLine>& lines, const TalkOptions& options) {
    std::uint32_t client = options.client_start, server = options.server_start;
    std::vector<FakeSegment> out{{.from = Role::client, .seq = client, .syn = true, .acks = false, .payload = {}},
                                 {.from = Role::server, .seq = server, .ack = client + 1, .syn = true, .payload = {}}};
    ++client;
    ++server;
    const auto send = [&](Role from, const std::string& payload, bool fin) {
        std::uint32_t &own = from == Role::client ? client : server, &peer = from == Role::client ? server : client;
        out.push_back({.from = from, .seq = own, .ack = peer, .fin = fin, .payload = payload});
        own += static_cast<std::uint32_t>(payload.size()) + (fin ? 1 : 0);
    };
    send(Role::client, "", false);
    for (const WireLine& line : lines) {
        const std::string bytes = line.text + "\n";
        for (std::size_t at = 0; at < bytes.size(); at += options.segment_size) {
            send(line.from, bytes.substr(at, options.segment_size), false);
        }
        send(other(line.from), "", false); // it is acknowledged
    }
    for (const Role role : every_role) send(role, "", true);
    send(Role::server, "", false);
    return out;
}

std::string fake_packet(const FakeSegment& segment, const CaptureOptions& options) {
    const bool client = segment.from == Role::client;
    const std::uint16_t client_port = options.client_port, server_port = 4646;
    const unsigned flags = (segment.fin ? 1U : 0U) | (segment.syn ? 2U : 0U) | (segment.acks ? 16U : 0U);
    const std::string tcp = number(client ? client_port : server_port, 2) +
                            number(client ? server_port : client_port, 2) + number(segment.seq, 4) +
                            number(segment.acks ? segment.ack : 0, 4) + number(8U << 12U | flags, 2) + number(512, 2) +
                            number(0, 4) + std::string(12, '\x01') + segment.payload;
    std::string ip;
    if (options.ipv6) {
        const std::string address = std::string(15, '\0') + '\x01';
        // A hop-by-hop header of eight bytes stands before TCP.
        ip = number(0x60000000, 4) + number(tcp.size() + 8, 2) + number(0, 1) + number(64, 1) + address + address +
             number(6, 1) + std::string(7, '\0') + tcp;
    } else {
        ip = number(0x46, 1) + number(0, 1) + number(24 + tcp.size(), 2) + number(1, 2) + number(0x4000, 2) +
             number(64, 1) + number(6, 1) + number(0, 2) + number(0x7F000001, 4) + number(0x7F000001, 4) +
             std::string(4, '\x01') + tcp; // with four bytes of options
    }
    // What is shorter than Ethernet's least is padded.
    if (options.link == Link::ethernet && ip.size() < 46) ip.append(46 - ip.size(), '\x55');
    return link_header(options.link, options.ipv6) + ip;
}

std::string capture_file(const std::vector<std::string>& packets, const CaptureOptions& options) {
    const bool little = !options.big_endian;
    const auto field = [&](std::uint64_t value, std::size_t count) { return number(value, count, little); };
    std::string out;
    if (options.pcapng) {
        out +=
            pcapng_block(0x0A0D0D0A, field(0x1A2B3C4D, 4) + field(1, 2) + field(0, 2) + std::string(8, '\xFF'), little);
        out += pcapng_block(1, field(link_number(options.link), 2) + field(0, 2) + field(0, 4), little);
    } else {
        out += field(0xA1B2C3D4, 4) + field(2, 2) + field(4, 2) + field(0, 8) + field(262144, 4) +
               field(link_number(options.link), 4);
    }
    std::uint32_t time = 0;
    for (const std::string& packet : packets) {
        const std::string kept = packet.substr(0, options.snap_length);
        const std::string sizes = field(kept.size(), 4) + field(packet.size(), 4);
        ++time;
        out += options.pcapng
                   ? pcapng_block(6, field(0, 4) + field(0, 4) + field(time, 4) + sizes + padded_to_four(kept), little)
                   : field(time, 4) + field(0, 4) + sizes + kept;
    }
    return out;
}

std::string capture_file(const std::vector<FakeSegment>& segments, const CaptureOptions& options) {
    std::vector<std::string> packets;
    for (const FakeSegment& segment : segments) packets.push_back(fake_packet(segment, options));
    return capture_file(packets, options);
}

} // namespace keyhole::testing
