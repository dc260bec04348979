// Frames and their lines: what is written, what is read back, and what is no frame.
#include "netsim/protocol/message.hpp"

#include "netsim/protocol/inbox.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

Fault fault_of(std::string_view line) {
    const auto decoded = decode_frame(line);
    const Fault* fault = std::get_if<Fault>(&decoded);
    REQUIRE(fault != nullptr);
    return *fault;
}

std::string nested(std::size_t depth) {
    return R"({"type":"bye","x":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
}

} // namespace

TEST_CASE("Frames are written as the protocol prints them and read back the same", "[message]") {
    const std::pair<Frame, std::string> pairs[] = {
        {ParamsFrame{"keyhole/1", "toy23", "17", "5", "sha256", "cbc"},
         R"({"type":"params","protocol":"keyhole/1","group":"toy23","p":"17","g":"5","kdf":"sha256","mode":"cbc"})"},
        {PublicKeyFrame{"8"}, R"({"type":"public_key","y":"8"})"},
        {MessageFrame{1, "AAECAwQFBgc=", "m1P0SvH0ZPw="},
         R"({"type":"message","seq":1,"iv":"AAECAwQFBgc=","ciphertext":"m1P0SvH0ZPw="})"},
        {MessageFrame{2, std::nullopt, ""}, R"({"type":"message","seq":2,"ciphertext":""})"},
        {ByeFrame{}, R"({"type":"bye"})"},
        {ErrorFrame{"bad_frame", "a \"detail\""}, R"({"type":"error","code":"bad_frame","detail":"a \"detail\""})"},
    };
    for (const auto& [frame, line] : pairs) {
        CHECK(encode_frame(frame) == line);
        const auto decoded = decode_frame(line);
        REQUIRE(std::holds_alternative<Frame>(decoded));
        CHECK(std::get<Frame>(decoded) == frame);
    }
}

TEST_CASE("A message's line means the same however it is written", "[message]") {
    const MessageFrame frame{18446744073709551615U, "AAECAwQFBgc=", "m1P0SvH0ZPw="};
    const std::string own = encode_frame(frame); // read without the JSON library
    CHECK(own == R"({"type":"message","seq":18446744073709551615,"iv":"AAECAwQFBgc=","ciphertext":"m1P0SvH0ZPw="})");
    for (const std::string_view line : std::initializer_list<std::string_view>{
             own, R"({"type":"message", "seq":18446744073709551615,"iv":"AAECAwQFBgc=","ciphertext":"m1P0SvH0ZPw="})",
             R"({"type":"message","seq":18446744073709551615,"iv":"AAECAwQFBgc\u003d","ciphertext":"m1P0SvH0ZPw="})",
             R"({"type":"message","seq":18446744073709551615,"ciphertext":"m1P0SvH0ZPw=","iv":"AAECAwQFBgc="})"}) {
        CAPTURE(line);
        const auto decoded = decode_frame(line);
        REQUIRE(std::holds_alternative<Frame>(decoded));
        CHECK(std::get<Frame>(decoded) == Frame(frame));
    }
    CHECK(encode_frame(MessageFrame{1, "\"", "\\"}) == R"({"type":"message","seq":1,"iv":"\"","ciphertext":"\\"})");
}

TEST_CASE("Lines that only look like a message's are looked at as any other", "[message][hostile]") {
    for (const std::string_view line :
         {R"({"type":"message","seq":01,"ciphertext":""})", R"({"type":"message","seq":+1,"ciphertext":""})",
          R"({"type":"message","seq":,"ciphertext":""})", R"({"type":"message","seq":1,"ciphertext":"})",
          R"({"type":"message","seq":1,"iv":"AA,"ciphertext":""})", R"({"type":"message","seq":1,"iv":"})",
          R"({"type":"message","seq":1"})", R"({"type":"message","seq":"})", R"({"type":"message","seq":1,"iv":""})",
          R"({"type":"message","seq":1,"ciphertext":"A"B"})",
          R"({"type":"message","seq":1,"iv":"A","iv":"A","ciphertext":""})"}) {
        CAPTURE(line);
        CHECK(fault_of(line).code == WireCode::bad_frame);
        // White space leads to the JSON library.
        CHECK(fault_of(line).detail == fault_of(std::string(line) + " ").detail);
    }
}

TEST_CASE("Unknown fields, white space, any order of fields and a carriage return do not matter", "[message]") {
    const auto decoded =
        decode_frame("  { \"y\" : \"A\", \"x\": {\"type\": [1, null, 2.5]}, \"type\":\"public_key\" }\r");
    REQUIRE(std::holds_alternative<Frame>(decoded));
    CHECK(std::get<Frame>(decoded) == Frame(PublicKeyFrame{"A"}));
}

TEST_CASE("What is no frame is a bad frame", "[message][hostile]") {
    for (const std::string_view line :
         {"", "x", "{}", "[]", "1", "null", "{\"type\":1}", "{\"type\":\"bye\"}x", "{\"type\":\"public_key\"}",
          "{\"type\":\"public_key\",\"y\":8}", "{\"type\":\"public_key\",\"y\":\"8\",\"y\":\"8\"}",
          "{\"type\":\"message\",\"seq\":\"1\",\"ciphertext\":\"\"}",
          "{\"type\":\"message\",\"seq\":true,\"ciphertext\":\"\"}",
          "{\"type\":\"message\",\"seq\":1,\"iv\":null,\"ciphertext\":\"\"}", "{\"type\":\"bye\",\"x\":1e999}",
          "{\"type\":\"bye\",\"x\":\"\xFF\"}", "{\"type\":\"bye\",\"x\":\"\\ud800\"}",
          "\xEF\xBB\xBF{\"type\":\"bye\"}"}) {
        CAPTURE(line);
        CHECK(fault_of(line).code == WireCode::bad_frame);
    }
    CHECK(fault_of(std::string_view("{\"type\":\"bye\"}\0", 15)).code == WireCode::bad_frame);
}

TEST_CASE("What is wrong with a line is told: which field, which byte, what stands there", "[message][hostile]") {
    const auto reason = [](const std::string& line) { return fault_of(line).reason; };
    const auto key = [](const std::string& y) { return R"({"type":"public_key","y":)" + y + "}"; };
    const std::string wanted = ", where a string is wanted (big numbers are hex, bytes base64, in quotes)";
    CHECK(reason(key("8")) == "y is a number" + wanted);
    CHECK(reason(key("9007199254740993")) == "y is a number" + wanted);
    CHECK(reason(key("123456789012345678901234567890")) == "y is a number" + wanted);
    CHECK(reason(key(std::string(617, '9'))) == "y is a number of 617 characters" + wanted);
    CHECK(fault_of(key(std::string(617, '9'))).detail == "a number is too large: y");
    CHECK(reason(key("null")) == "y is no string or number" + wanted);
    CHECK(reason(R"({"type":"message","seq":"1","ciphertext":""})") == "seq is a string, where a number is wanted");
    CHECK(reason(key("'8'")) == "byte 26 is ''', which cannot stand there");
    CHECK(reason(R"({"type":"public_key","y":"8")") == "it ends after 28 bytes, too early");
    CHECK(reason(R"({"type":"helo"})") == "type is 'helo'");
}

TEST_CASE("A seq that no message can have is a number all the same and never the next", "[message][hostile]") {
    for (const char* seq : {"-1", "1.0", "0", "18446744073709551616", "1e30"}) {
        CAPTURE(seq);
        const auto decoded =
            decode_frame(std::string("{\"type\":\"message\",\"seq\":") + seq + ",\"ciphertext\":\"\"}");
        REQUIRE(std::holds_alternative<Frame>(decoded));
        CHECK(std::get<Frame>(decoded) == Frame(MessageFrame{0, std::nullopt, ""}));
    }
}

TEST_CASE("An unknown type is unexpected, whatever else it lacks", "[message][hostile]") {
    CHECK(fault_of(R"({"type":"hello","seq":{}})").code == WireCode::unexpected_message);
}

TEST_CASE("Nesting is bounded, and a bomb of brackets costs nothing", "[message][hostile]") {
    CHECK(std::holds_alternative<Frame>(decode_frame(nested(max_nesting - 1))));
    CHECK(fault_of(nested(max_nesting)).code == WireCode::bad_frame);
    CHECK(fault_of(nested(200'000)).code == WireCode::bad_frame);
    CHECK(fault_of(std::string(200'000, '[')).code == WireCode::bad_frame);
}

TEST_CASE("The inbox cuts lines wherever the bytes were cut", "[message]") {
    const Bytes bytes = to_bytes("{\"type\":\"bye\"}\n{\"type\":\"public_key\",\"y\":\"8\"}\r\n{\"type\"");
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        Inbox inbox;
        for (std::size_t i = 0; i < bytes.size(); i += step) {
            inbox.put(ByteView(bytes).subspan(i, std::min(step, bytes.size() - i)));
        }
        REQUIRE(inbox.arrivals().size() == 2);
        CHECK(inbox.take().line == "{\"type\":\"bye\"}");
        CHECK(std::get<Frame>(inbox.take().content) == Frame(PublicKeyFrame{"8"}));
    }
}

TEST_CASE("A line of 1 MiB is a line, one byte more is refused before it ends", "[message][hostile]") {
    std::string line = R"({"type":"bye","x":")";
    line += std::string(max_line_bytes - line.size() - 2, 'a') + "\"}";
    Inbox fits;
    fits.put(to_bytes(line + "\n"));
    REQUIRE(fits.arrivals().size() == 1);
    CHECK(std::holds_alternative<Frame>(fits.take().content));

    Inbox too_long;
    too_long.put(Bytes(max_line_bytes, 'x'));
    CHECK(too_long.arrivals().empty());
    too_long.put(Bytes(1, 'x'));
    REQUIRE(too_long.arrivals().size() == 1);
    CHECK(std::get<Fault>(too_long.take().content).code == WireCode::bad_frame);
    too_long.put(to_bytes("\n{\"type\":\"bye\"}\n"));
    CHECK(too_long.arrivals().empty());
    CHECK_FALSE(too_long.wants_more());
}

TEST_CASE("The inbox asks for no more while enough waits", "[message][hostile]") {
    Inbox inbox;
    while (inbox.wants_more() && inbox.arrivals().size() < 1000) inbox.put(to_bytes("{\"type\":\"bye\"}\n"));
    CHECK(inbox.arrivals().size() < 1000);
    while (!inbox.arrivals().empty()) inbox.take();
    CHECK(inbox.wants_more());
}
