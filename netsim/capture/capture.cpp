#include "netsim/capture/capture.hpp"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include <cstdio>
#include <limits>
#include <map>
#include <set>

#include "core/base/error.hpp"
#include "core/base/release.hpp"
#include "core/base/words.hpp"
#include "netsim/capture/tcp_way.hpp"
#include "netsim/protocol/message.hpp"

namespace keyhole {
namespace {

struct Connection {
    std::array<TcpPlace, 2> places;
    std::array<TcpWay, 2> ways; // what each place sends
};

// All connections of a capture, the ports of which may be used again and again.
class Connections {
  public:
    void take(const TcpSegment& segment, std::size_t packet) {
        Connection& connection = find(segment);
        const std::size_t sender = connection.places[0] == segment.from ? 0 : 1;
        TcpWay& there = connection.ways[1 - sender];
        std::int64_t acknowledged = no_place;
        if (segment.ack) {
            acknowledged = there.place(*segment.ack);
            there.note_acknowledged(acknowledged);
        }
        connection.ways[sender].take(segment, packet, acknowledged);
    }
    const std::vector<Connection>& all() const { return all_; }

  private:
    static constexpr std::int64_t no_place = std::numeric_limits<std::int64_t>::min();

    Connection& find(const TcpSegment& segment) {
        const auto [found, added] = last_.try_emplace(std::minmax(segment.from, segment.to), all_.size());
        if (!added) {
            Connection& connection = all_[found->second];
            const std::size_t sender = connection.places[0] == segment.from ? 0 : 1;
            const bool anew = segment.syn && !segment.ack && connection.ways[sender].begins_anew(segment);
            if (!anew) return connection;
            found->second = all_.size();
        }
        if (all_.size() == max_connections) {
            throw bad_input(
                fmt::format("the capture has more than {} TCP connections (too many to look for one; keep "
                            "those of one port: tcpdump -r FILE -w SMALLER port 4646)",
                            max_connections));
        }
        all_.push_back({.places = {segment.from, segment.to}, .ways = {}});
        return all_.back();
    }

    std::vector<Connection> all_;
    std::map<std::pair<TcpPlace, TcpPlace>, std::size_t> last_; // the latest between two places
};

// Both directions in one order: that of the packets, but what an end had when it sent a line stands before that line.
std::vector<Heard> in_order(std::array<std::vector<CapturedLine>, 2> lines, std::size_t server) {
    std::vector<Heard> out;
    std::array<std::size_t, 2> at{};
    while (at[0] < lines[0].size() || at[1] < lines[1].size()) {
        std::size_t next = at[0] < lines[0].size() ? 0 : 1;
        if (at[0] < lines[0].size() && at[1] < lines[1].size()) {
            const CapturedLine &a = lines[0][at[0]], &b = lines[1][at[1]];
            const bool a_waits = a.acknowledged >= b.end, b_waits = b.acknowledged >= a.end;
            next = a_waits != b_waits ? (a_waits ? 1 : 0) : a.packet <= b.packet ? 0 : 1;
        }
        CapturedLine& line = lines[next][at[next]++];
        out.push_back({.from = next == server ? Role::server : Role::client,
                       .line = std::move(line.text),
                       .whole = line.whole,
                       .cut = line.cut,
                       .gap = line.missing > 0,
                       .missing = line.missing});
    }
    return out;
}

void add_conversation(const Connection& connection, Conversations& out) {
    std::array<std::vector<CapturedLine>, 2> lines{connection.ways[0].lines(), connection.ways[1].lines()};
    bool frames = false;
    for (const std::size_t way : {0U, 1U}) {
        for (const CapturedLine& line : lines[way]) {
            if (!line.whole || line.missing > 0 || line.text.size() > max_line_bytes) continue;
            if (is_params(line.text)) {
                const auto& [client, server] = std::pair(connection.places[1 - way], connection.places[way]);
                out.found.push_back({.name = fmt::format("{} with {}", to_text(client), to_text(server)),
                                     .heard = in_order(std::move(lines), way),
                                     .remarks = {}});
                return;
            }
            frames = frames || std::holds_alternative<Frame>(decode_frame(line.text));
        }
    }
    if (frames) ++out.headless;
}

std::string link_name(int link_type) {
    const char* name = pcap_datalink_val_to_name(link_type);
    return name != nullptr ? name : fmt::to_string(link_type);
}

} // namespace

bool is_capture(std::string_view file) {
    // pcap in either byte order, with micro- or nanoseconds, and pcapng; all that libpcap reads.
    static const std::set<std::string_view> beginnings{"\xA1\xB2\xC3\xD4", "\xD4\xC3\xB2\xA1", "\xA1\xB2\x3C\x4D",
                                                       "\x4D\x3C\xB2\xA1", "\x0A\x0D\x0D\x0A"};
    return beginnings.contains(file.substr(0, 4));
}

Conversations read_capture(std::string_view file) {
    // libpcap reads from a stream, and only reads: nothing is written to the bytes.
    Owned<std::FILE, std::fclose> stream(fmemopen(const_cast<char*>(file.data()), file.size(), "rb"));
    if (!stream) throw io_error("the capture cannot be read (no memory; give a smaller one)");
    char trouble[PCAP_ERRBUF_SIZE] = "";
    const Owned<pcap_t, pcap_close> capture(pcap_fopen_offline(stream.get(), trouble));
    if (!capture) {
        throw bad_input(fmt::format("the capture cannot be read ({}; capture anew)", escape_controls(trouble)));
    }
    static_cast<void>(stream.release()); // the capture's
    const int link_type = pcap_datalink(capture.get());
    if (!knows_link_type(link_type)) {
        throw bad_input(
            fmt::format("the capture has the link type {} (Ethernet, Linux cooked, loopback and raw IP are "
                        "read here; capture on such an interface, e.g. lo or any)",
                        link_name(link_type)));
    }

    Connections connections;
    std::size_t packets = 0, fragments = 0, shortened = 0;
    pcap_pkthdr* header = nullptr;
    const u_char* bytes = nullptr;
    int got = 0;
    while ((got = pcap_next_ex(capture.get(), &header, &bytes)) == 1) {
        ++packets;
        const PacketContent content = read_packet(link_type, ByteView(bytes, header->caplen));
        fragments += content.fragment ? 1 : 0;
        if (!content.segment) continue;
        shortened += content.segment->payload.size() < content.segment->length ? 1 : 0;
        connections.take(*content.segment, packets);
    }
    Conversations out;
    for (const Connection& connection : connections.all()) add_conversation(connection, out);
    if (got == PCAP_ERROR) {
        out.remarks.push_back(fmt::format("the capture was read up to packet {} only ({})", packets,
                                          escape_controls(pcap_geterr(capture.get()))));
    }
    if (fragments > 0) {
        out.remarks.push_back(fmt::format("{} {} parts of longer ones and not read", counted(fragments, "IP packet"),
                                          singular_or(fragments, "is", "are")));
    }
    if (shortened > 0) {
        out.remarks.push_back(fmt::format("{} {} captured without the end (a snapshot length was set)",
                                          counted(shortened, "packet"), singular_or(shortened, "was", "were")));
    }
    const std::size_t others = connections.all().size() - out.found.size() - out.headless;
    if (others > 0 && !out.found.empty()) {
        out.remarks.push_back(fmt::format("{} of the capture {} not keyhole/1", counted(others, "TCP connection"),
                                          singular_or(others, "is", "are")));
    }
    return out;
}

} // namespace keyhole
