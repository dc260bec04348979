#include "netsim/capture/segment.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <pcap/dlt.h>

#include <algorithm>

namespace keyhole {
namespace {

constexpr std::uint16_t ethertype_ipv4 = 0x0800, ethertype_ipv6 = 0x86DD;
constexpr std::uint8_t protocol_tcp = 6, protocol_fragment = 44;
constexpr std::size_t tcp_header = 20, ipv4_header = 20; // at least

// The bytes not read yet. What is taken past their end makes the reader bad, and zeros come.
class Reader {
  public:
    explicit Reader(ByteView bytes) : rest_(bytes) {}

    ByteView take(std::size_t count) {
        if (count > rest_.size()) {
            good_ = false;
            rest_ = {};
            return {};
        }
        const ByteView taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }
    void skip(std::size_t count) { take(count); }
    /// Big-endian.
    template <class Unsigned>
    Unsigned number() {
        Unsigned value = 0;
        for (const std::uint8_t byte : take(sizeof(Unsigned))) value = static_cast<Unsigned>(value << 8U | byte);
        return value;
    }
    void limit(std::size_t count) { rest_ = rest_.first(std::min(count, rest_.size())); }
    ByteView rest() const { return rest_; }
    bool good() const { return good_; }

  private:
    ByteView rest_;
    bool good_ = true;
};

bool is_vlan_tag(std::uint16_t type) { return type == 0x8100 || type == 0x88A8 || type == 0x9100; }

// The protocol after the link layer's header; 0: whatever the version of the IP packet says.
std::uint16_t read_link(int link_type, Reader& in) {
    std::uint16_t type = 0;
    switch (link_type) {
        case DLT_EN10MB:
            in.skip(12);
            type = in.number<std::uint16_t>();
            break;
        case DLT_LINUX_SLL:
            in.skip(14);
            type = in.number<std::uint16_t>();
            break;
        case DLT_LINUX_SLL2:
            type = in.number<std::uint16_t>();
            in.skip(18);
            break;
        case DLT_NULL:
        case DLT_LOOP: in.skip(4); break; // the address family, in either byte order and different on each system
        default: break;
    }
    while (is_vlan_tag(type)) {
        in.skip(2);
        type = in.number<std::uint16_t>();
    }
    return type;
}

void read_tcp(Reader& in, std::size_t sent, TcpSegment& out) {
    out.from.port = in.number<std::uint16_t>();
    out.to.port = in.number<std::uint16_t>();
    out.seq = in.number<std::uint32_t>();
    const auto ack = in.number<std::uint32_t>();
    const std::size_t header = std::size_t{in.number<std::uint8_t>()} / 16 * 4;
    const auto flags = in.number<std::uint8_t>();
    in.skip(6); // window, checksum, urgent pointer
    if (header < tcp_header || header > sent) return in.skip(in.rest().size() + 1);
    in.skip(header - tcp_header);
    out.fin = (flags & 0x01U) != 0;
    out.syn = (flags & 0x02U) != 0;
    if ((flags & 0x10U) != 0) out.ack = ack;
    out.length = static_cast<std::uint32_t>(sent - header);
    out.payload = in.rest();
}

// `sent` is what the IP header says of its length. A card that cuts long packets itself (TCP segmentation offload) is
// handed ones with the length 0.
std::size_t trim(Reader& in, std::size_t sent) {
    if (sent == 0) return in.rest().size();
    in.limit(sent); // what follows is the link layer's padding
    return sent;
}

void read_ipv4(Reader& in, PacketContent& out) {
    const std::size_t header = std::size_t{in.number<std::uint8_t>()} % 16 * 4;
    in.skip(1);
    const std::size_t total = in.number<std::uint16_t>();
    in.skip(2);
    const auto fragment = in.number<std::uint16_t>();
    in.skip(1);
    const auto protocol = in.number<std::uint8_t>();
    in.skip(2);
    TcpSegment segment;
    for (TcpPlace* place : {&segment.from, &segment.to}) std::ranges::copy(in.take(4), place->address.begin());
    if (header < ipv4_header || (total != 0 && total < header) || protocol != protocol_tcp) return;
    out.fragment = (fragment & 0x3FFFU) != 0;
    if (out.fragment) return;
    in.skip(header - ipv4_header);
    const std::size_t sent = total == 0 ? in.rest().size() : trim(in, total - header);
    read_tcp(in, sent, segment);
    out.segment = segment;
}

void read_ipv6(Reader& in, PacketContent& out) {
    in.skip(4);
    const std::size_t length = in.number<std::uint16_t>();
    auto next = in.number<std::uint8_t>();
    in.skip(1);
    TcpSegment segment;
    for (TcpPlace* place : {&segment.from, &segment.to}) {
        place->ipv6 = true;
        std::ranges::copy(in.take(16), place->address.begin());
    }
    std::size_t sent = trim(in, length);
    // Hop-by-hop options, routing and destination options say in their second byte how long they are.
    while (next == 0 || next == 43 || next == 60) {
        next = in.number<std::uint8_t>();
        const std::size_t header = 8 * (std::size_t{in.number<std::uint8_t>()} + 1);
        in.skip(header - 2);
        if (!in.good() || header > sent) return;
        sent -= header;
    }
    out.fragment = next == protocol_fragment;
    if (next != protocol_tcp) return;
    read_tcp(in, sent, segment);
    out.segment = segment;
}

} // namespace

std::string to_text(const TcpPlace& place) {
    char text[INET6_ADDRSTRLEN] = "";
    inet_ntop(place.ipv6 ? AF_INET6 : AF_INET, place.address.data(), text, sizeof text);
    return place.ipv6 ? fmt::format("[{}]:{}", text, place.port) : fmt::format("{}:{}", text, place.port);
}

bool knows_link_type(int link_type) {
    switch (link_type) {
        case DLT_EN10MB:
        case DLT_LINUX_SLL:
        case DLT_LINUX_SLL2:
        case DLT_NULL:
        case DLT_LOOP:
        case DLT_RAW:
        case DLT_IPV4:
        case DLT_IPV6: return true;
        default: return false;
    }
}

PacketContent read_packet(int link_type, ByteView packet) {
    Reader in(packet);
    const std::uint16_t type = read_link(link_type, in);
    if (!in.good() || in.rest().empty()) return {};
    const unsigned version = in.rest().front() >> 4U;
    PacketContent out;
    if (version == 4 && (type == 0 || type == ethertype_ipv4)) {
        read_ipv4(in, out);
    } else if (version == 6 && (type == 0 || type == ethertype_ipv6)) {
        read_ipv6(in, out);
    }
    if (!in.good()) out.segment.reset(); // cut off within the headers
    return out;
}

} // namespace keyhole
