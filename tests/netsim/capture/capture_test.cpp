// Captures: what an eavesdropper makes of them is what the quiet relay makes of the same bytes, however the segments
// came, and less where segments are lost.
#include "netsim/capture/capture.hpp"

#include <algorithm>
#include <random>

#include "core/base/error.hpp"
#include "core/recording/recording_json.hpp"
#include "tests/support/captured.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

std::vector<WireLine> chat() {
    static const std::vector<WireLine> lines =
        wire_lines(exchange("modp768", dh::Kdf::sha256, Mode::cbc,
                            {{Role::client, "This is a message"},
                             {Role::server, "This is a response from the server"},
                             {Role::client, std::string(300, 'x')},
                             {Role::client, "and one more"},
                             {Role::server, "good"}}));
    return lines;
}

Overheard overheard_in(const std::string& file, std::size_t number = 1) {
    const Conversations conversations = read_capture(file);
    REQUIRE(conversations.found.size() >= number);
    return overhear(conversations.found[number - 1]);
}

Overheard overheard_in(const std::vector<FakeSegment>& segments, const CaptureOptions& options = {}) {
    return overheard_in(capture_file(segments, options));
}

bool mentions(const std::vector<std::string>& remarks, const std::string& words) {
    return std::ranges::any_of(remarks,
                               [&](const std::string& remark) { return remark.find(words) != std::string::npos; });
}

} // namespace

TEST_CASE("A capture of any link type, IPv4 or IPv6, is what the quiet relay hears", "[capture]") {
    const Recording expected = heard_by_relay(chat());
    REQUIRE(expected.messages.size() == 5);
    for (const Link link :
         {Link::ethernet, Link::vlan, Link::cooked, Link::cooked2, Link::loopback, Link::open_loopback, Link::raw}) {
        for (const bool ipv6 : {false, true}) {
            for (const bool pcapng : {false, true}) {
                for (const bool big_endian : {false, true}) {
                    CAPTURE(static_cast<int>(link), ipv6, pcapng, big_endian);
                    const std::string file = capture_file(
                        tcp_talk(chat()), {.link = link, .ipv6 = ipv6, .pcapng = pcapng, .big_endian = big_endian});
                    REQUIRE(is_capture(file));
                    const Conversations conversations = read_capture(file);
                    REQUIRE(conversations.found.size() == 1);
                    CHECK(conversations.remarks.empty());
                    CHECK(conversations.found[0].name ==
                          (ipv6 ? "[::1]:40000 with [::1]:4646" : "127.0.0.1:40000 with 127.0.0.1:4646"));
                    const Overheard heard = overhear(conversations.found[0]);
                    CHECK(heard.recording == expected);
                    CHECK(heard.remarks.empty());
                }
            }
        }
    }
}

TEST_CASE("Segments of every size, doubled, overlapping and out of order are put together again", "[capture]") {
    const Recording expected = heard_by_relay(chat());
    std::mt19937 random(14);
    for (const std::size_t size : {1U, 7U, 100U, 1448U, 100000U}) {
        for (int round = 0; round < 8; ++round) {
            CAPTURE(size, round);
            // Numbers of 32 bits begin again at 0 in the middle of the chat.
            auto segments =
                tcp_talk(chat(), {.segment_size = size, .client_start = 0xFFFFFF00, .server_start = 0xFFFFFFFF});
            std::vector<FakeSegment> more;
            for (std::size_t i = 0; i < segments.size(); ++i) {
                more.push_back(segments[i]);
                if (random() % 4 == 0) more.push_back(segments[i]);
                // Sent again with what follows it.
                const FakeSegment& first = segments[i];
                if (i + 1 < segments.size() && segments[i + 1].from == first.from && !first.payload.empty()) {
                    more.push_back(first);
                    more.back().payload += segments[i + 1].payload;
                }
            }
            for (std::size_t i = 0; i + 6 < more.size(); i += 3) {
                std::shuffle(more.begin() + static_cast<std::ptrdiff_t>(i),
                             more.begin() + static_cast<std::ptrdiff_t>(i + 6), random);
            }
            const Overheard heard = overheard_in(more);
            CHECK(heard.recording == expected);
            CHECK(heard.remarks.empty());
        }
    }
}

TEST_CASE("What an end had when it spoke stands before its line, whatever the order of the packets", "[capture]") {
    auto segments = tcp_talk(chat(), {.segment_size = 100000});
    // All of the client's packets before all of the server's.
    std::stable_partition(segments.begin(), segments.end(),
                          [](const FakeSegment& segment) { return segment.from == Role::client; });
    CHECK(overheard_in(segments).recording == heard_by_relay(chat()));
}

TEST_CASE("A capture that lost a segment shows what is left and says what is missing", "[capture]") {
    const Recording whole = heard_by_relay(chat());
    const auto segments = tcp_talk(chat());
    std::size_t some_lost = 0;
    for (std::size_t lost = 0; lost < segments.size(); ++lost) {
        CAPTURE(lost);
        auto rest = segments;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(lost));
        const Conversations conversations = read_capture(capture_file(rest));
        if (conversations.found.empty()) { // it was a part of the parameters
            CHECK(conversations.headless == 1);
            continue;
        }
        const Overheard heard = overhear(conversations.found[0]);
        if (segments[lost].payload.empty()) {
            CHECK(heard.recording == whole);
            CHECK(heard.remarks.empty());
            continue;
        }
        CHECK(mentions(heard.remarks, "missing here"));
        for (const MessageRecord& message : heard.recording.messages) {
            CHECK(std::ranges::find(whole.messages, message) != whole.messages.end());
        }
        // Not more than the line is lost with it, unless it held a public key.
        const bool keys = heard.recording.parties == whole.parties;
        if (keys) {
            CHECK(heard.recording.messages.size() + 1 >= whole.messages.size());
            some_lost += heard.recording.messages.size() < whole.messages.size() ? 1 : 0;
        } else {
            CHECK(heard.recording.messages.empty());
            CHECK(mentions(heard.remarks, "public key is not there"));
        }
        CHECK(recording_from_json(to_json(heard.recording)) == heard.recording);
    }
    CHECK(some_lost > 5);
}

TEST_CASE("Packets that were cut off by a snapshot length count as lost", "[capture]") {
    CaptureOptions options{.snap_length = 14 + 24 + 32 + 60};
    const Conversations conversations = read_capture(capture_file(tcp_talk(chat()), options));
    CHECK(conversations.found.empty());
    CHECK(conversations.headless == 1); // the byes are whole
    CHECK(mentions(conversations.remarks, "captured without the end"));
}

TEST_CASE("A capture that begins within a chat has no parameters, one without its end says nothing of it",
          "[capture]") {
    auto segments = tcp_talk(chat());
    const std::vector<FakeSegment> late(segments.begin() + 20, segments.end());
    CHECK(read_capture(capture_file(late)).found.empty());
    CHECK(read_capture(capture_file(late)).headless == 1);
    // Without the SYNs, which no listener needs.
    segments.erase(segments.begin(), segments.begin() + 3);
    const Overheard heard = overheard_in(segments);
    CHECK(heard.recording == heard_by_relay(chat()));
    CHECK(heard.remarks.empty());
    // The file ends within a packet.
    const std::string file = capture_file(segments);
    const Conversations cut = read_capture(file.substr(0, file.size() - 3));
    REQUIRE(cut.found.size() == 1);
    CHECK(mentions(cut.remarks, "was read up to packet"));
    CHECK(overhear(cut.found[0]).recording == heard_by_relay(chat()));
}

TEST_CASE("Several conversations, one port used twice, and strangers between them", "[capture]") {
    const auto other_chat = wire_lines(exchange("toy23", dh::Kdf::low64, Mode::ctr, {{Role::client, "second"}}, 2));
    const std::vector<WireLine> stranger{{Role::client, "GET / HTTP/1.1"}, {Role::server, "{\"type\":\"hello\"}"}};
    std::vector<std::string> packets;
    const auto add = [&](const std::vector<FakeSegment>& segments, std::uint16_t port) {
        for (const FakeSegment& segment : segments) packets.push_back(fake_packet(segment, {.client_port = port}));
    };
    add(tcp_talk(stranger), 39999);
    add(tcp_talk(chat()), 40000);
    packets.push_back(std::string(60, '\x01')); // no IP
    add(tcp_talk(other_chat, {.client_start = 77777, .server_start = 1}), 40000);
    const Conversations conversations = read_capture(capture_file(packets, {}));
    REQUIRE(conversations.found.size() == 2);
    CHECK(overhear(conversations.found[0]).recording == heard_by_relay(chat()));
    CHECK(overhear(conversations.found[1]).recording == heard_by_relay(other_chat));
    CHECK(mentions(conversations.remarks, "1 TCP connection of the capture is not keyhole/1"));
}

TEST_CASE("Lines that no receiver takes are said and left out, as the quiet relay leaves them out", "[capture]") {
    auto lines = chat();
    lines.insert(lines.begin() + 5, {Role::client, lines[3].text});      // seq 1 again
    lines.insert(lines.begin() + 6, {Role::server, "this is no frame"}); // what follows from the server is not read
    const Overheard heard = overheard_in(tcp_talk(lines));
    CHECK(heard.recording == heard_by_relay(lines));
    CHECK(mentions(heard.remarks, "1 line of the client is no part of the exchange"));
    CHECK(mentions(heard.remarks, "the server left the protocol"));
}

TEST_CASE("Whatever a capture holds, it is read or refused in one line", "[capture]") {
    for (const bool pcapng : {false, true}) {
        const std::string file =
            capture_file(tcp_talk(chat(), {.segment_size = 500}), {.ipv6 = pcapng, .pcapng = pcapng});
        std::mt19937 random(7);
        for (int round = 0; round < 400; ++round) {
            std::string hostile = file.substr(0, round % 2 == 0 ? file.size() : random() % file.size());
            for (unsigned i = 0; i < 1 + random() % 8 && !hostile.empty(); ++i) {
                hostile[random() % std::min<std::size_t>(hostile.size(), round % 3 == 0 ? 100 : hostile.size())] =
                    static_cast<char>(random());
            }
            if (!is_capture(hostile)) continue;
            try {
                for (const Conversation& found : read_capture(hostile).found) {
                    const Overheard heard = overhear(found);
                    CHECK(recording_from_json(to_json(heard.recording)) == heard.recording);
                }
            } catch (const Error& error) {
                CHECK(std::string(error.what()).find('\n') == std::string::npos);
            }
        }
    }
    CHECK_THROWS_WITH(read_capture(capture_file(std::vector<std::string>{}, {}).replace(20, 1, "\x69")),
                      Catch::Contains("link type IEEE802_11 (Ethernet"));
}
