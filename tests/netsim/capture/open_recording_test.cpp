// Files of every kind are told apart, and the lines of a conversation are given to the ends that the protocol tells.
#include "netsim/capture/open_recording.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "netsim/capture/wire_text.hpp"
#include "tests/support/captured.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

std::string joined(const std::vector<WireLine>& lines, const std::string& end = "\n") {
    std::string out;
    for (const WireLine& line : lines) out += line.text + end;
    return out;
}

Recording talk(const std::vector<Said>& said) { return exchange("toy23", dh::Kdf::sha256, Mode::cbc, said); }

Overheard overheard_in(const std::string& text) {
    const auto conversations = read_wire_text(text);
    REQUIRE(conversations);
    REQUIRE(conversations->found.size() == 1);
    return overhear(conversations->found[0]);
}

bool mentions(const std::vector<std::string>& remarks, const std::string& words) {
    return std::ranges::any_of(remarks,
                               [&](const std::string& remark) { return remark.find(words) != std::string::npos; });
}

// The stream of a textbook's chat: both messages have seq 1.
constexpr const char* stream =
    R"({"type":"params","protocol":"keyhole/1","group":"toy23","p":"17","g":"5","kdf":"sha256","mode":"cbc"}
{"type":"public_key","y":"b"}
{"type":"public_key","y":"e"}
{"type":"message","seq":1,"iv":"iAHG26iB4M4=","ciphertext":"034KTR1mx6R7mFK4GbSBSQ=="}
{"type":"message","seq":1,"iv":"cg+NQUlkBbg=","ciphertext":"zmheZF4zLtYCZ8lgcsLtCw=="}
)";

} // namespace

TEST_CASE("The lines of a conversation are an eavesdropper's trace", "[capture]") {
    const Overheard heard = overheard_in(stream);
    REQUIRE(heard.recording.messages.size() == 2);
    CHECK(heard.recording.messages[0].sender == Role::client);
    CHECK(heard.recording.messages[1].sender == Role::server);
    CHECK(heard.recording.party(Role::server).public_key == Number(11));
    CHECK(heard.recording.party(Role::client).public_key == Number(14));
    CHECK(is_overheard(heard.recording));
    CHECK(mentions(heard.remarks, "the first public key is taken as the server's"));
    CHECK(mentions(heard.remarks, "1 message could be from either end by its seq"));
}

TEST_CASE("Where the seq tells who sent a message, that end has it", "[capture]") {
    const auto lines = wire_lines(talk({{Role::client, "one"},
                                        {Role::client, "two"},
                                        {Role::client, "three"},
                                        {Role::server, "one"},
                                        {Role::server, "two"},
                                        {Role::client, "four"}}));
    for (const std::string end : {"\n", "\r\n", "\n\n  "}) {
        CHECK(overheard_in("\xEF\xBB\xBF" + joined(lines, end)).recording == heard_by_relay(lines));
    }
}

TEST_CASE("A message that is missing from the lines is said, and the ones after it are kept", "[capture]") {
    auto lines = wire_lines(
        talk({{Role::client, "one"}, {Role::client, "two"}, {Role::client, "three"}, {Role::server, "one"}}));
    lines.erase(lines.begin() + 4); // the client's second
    const Overheard heard = overheard_in(joined(lines));
    REQUIRE(heard.recording.messages.size() == 3);
    CHECK(heard.recording.messages[1].seq == 3);
    CHECK(heard.recording.messages[2].sender == Role::server);
    CHECK(mentions(heard.remarks, "1 message of the client is missing"));
    CHECK(recording_from_json(to_json(heard.recording)) == heard.recording);
}

TEST_CASE("What is no line of the protocol is left out of a text and said", "[capture]") {
    const auto conversations = read_wire_text("My chat of Monday:\n" + std::string(stream) + "{\"type\":\"hello\"}\n");
    REQUIRE(conversations);
    REQUIRE(conversations->found.size() == 1);
    CHECK(overhear(conversations->found[0]).recording == overheard_in(stream).recording);
    CHECK(mentions(conversations->remarks, "2 lines of the file are no line of keyhole/1 and left out (line 1: "));
    CHECK_FALSE(read_wire_text("nothing\n{\"type\":\"hello\"}\n"));
    CHECK_FALSE(read_wire_text(to_json(talk({{Role::client, "one"}}))));
}

TEST_CASE("A file is opened whatever its kind, and a stream that is not there is refused", "[capture]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "file";
    const Recording recording = talk({{Role::client, "one"}});
    const auto lines = wire_lines(recording);

    write_text(file, to_json(recording));
    CHECK(open_recording(file, std::nullopt)->recording == recording);
    CHECK_THROWS_WITH(open_recording(file, 2), Catch::Contains("leave --stream out"));
    CHECK_FALSE(open_recording(file, std::nullopt, [](auto, auto) { return false; }));

    write_text(file, capture_file(tcp_talk(lines)));
    CHECK(open_recording(file, std::nullopt)->recording == heard_by_relay(lines));
    for (const std::size_t none : {0U, 2U}) {
        CHECK_THROWS_WITH(open_recording(file, none), Catch::Contains("there is no stream"));
    }

    write_text(file, joined(lines) + stream);
    CHECK(open_recording(file, 2)->recording.messages.size() == 2);
    const Overheard first = *open_recording(file, std::nullopt);
    CHECK(first.recording == heard_by_relay(lines));
    CHECK(mentions(first.remarks, "this is conversation 1 of 2, lines 1 to 6"));

    write_text(file, joined({lines.begin() + 1, lines.end()}));
    CHECK_THROWS_WITH(open_recording(file, std::nullopt), Catch::Contains("without its params line"));
    write_text(file, capture_file(tcp_talk({{Role::client, "GET / HTTP/1.1"}})));
    CHECK_THROWS_WITH(open_recording(file, std::nullopt),
                      Catch::Contains("no conversation of keyhole/1 is in the capture"));
}
