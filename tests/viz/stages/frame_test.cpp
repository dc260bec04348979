// The JSON line: fields found as JSON has them, links against base64 decoded sign by sign, windows of a megabyte, and
// the stage on a null backend.
#include <fmt/format.h>

#include <map>

#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/frame/frame_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::NullWindow;

namespace {

std::string_view part(std::string_view line, Span span) { return line.substr(span.begin, span.size()); }

Recording saying(const std::string& text, Mode mode = Mode::cbc) {
    return keyhole::testing::exchange("toy23", dh::Kdf::low64, mode, {{Role::server, text}});
}

} // namespace

TEST_CASE("Fields are found in any JSON object, with spaces, escapes and nesting", "[viz][frame]") {
    const std::string line =
        R"( { "type" : "message", "seq":12 ,"x\"y":{"a":[1,"}"],"b":"]"} , "iv":"AA==","ok":true , "last":"\\"} )";
    const auto fields = json_fields(line);
    REQUIRE(fields.size() == 6);
    const std::vector<std::pair<std::string, std::string>> wanted = {
        {"type", "message"}, {"seq", "12"},  {R"(x\"y)", R"({"a":[1,"}"],"b":"]"})"},
        {"iv", "AA=="},      {"ok", "true"}, {"last", R"(\\)"}};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        CHECK(fields[i].name == wanted[i].first);
        CHECK(part(line, fields[i].value) == wanted[i].second);
        CHECK(part(line, fields[i].key) == '"' + wanted[i].first + '"');
    }
    CHECK(part(line, fields[3].whole()) == R"("iv":"AA==")");
    for (const char* broken :
         {"", "{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":\"", "[1]", "{\"a\":\"\\", "{\"a\":[{"})
        CHECK(json_fields(broken).size() <= 1);
}

TEST_CASE("A sign is linked to the bytes that hold its bits, a byte to its signs", "[viz][frame]") {
    for (const std::size_t size : {1U, 7U, 8U, 9U, 17U}) {
        const Recording recording = saying(std::string(size, 'q'), size == 17 ? Mode::ctr : Mode::cbc);
        const Trace trace(recording);
        const FrameModel frame = make_frame_model(trace, trace.tree().at("message.1/frame"));
        for (const Holds holds : {Holds::iv, Holds::ciphertext}) {
            const Field* field = frame.field_of(holds);
            REQUIRE(field != nullptr);
            const ByteView bytes = frame.bytes(holds);
            // Flip each byte: exactly the signs that change are its own.
            const std::string before = to_base64(bytes);
            CHECK(part(frame.line, field->value) == before);
            std::map<std::size_t, std::vector<std::size_t>> bytes_of_sign;
            for (std::size_t i = 0; i < bytes.size(); ++i) {
                Bytes flipped(bytes.begin(), bytes.end());
                flipped[i] ^= 0xFFU;
                const std::string after = to_base64(flipped);
                const Link link = link_of_byte(frame, holds, i);
                CHECK(link.bytes == Span{i, i + 1});
                CHECK(link.holds == holds);
                for (std::size_t s = 0; s < before.size(); ++s) {
                    const bool changes = before[s] != after[s];
                    CHECK(link.line.contains(field->value.begin + s) == changes);
                    if (changes) bytes_of_sign[s].push_back(i);
                }
            }
            for (std::size_t s = 0; s < before.size(); ++s) {
                const Link link = link_at(frame, field->value.begin + s);
                CHECK(link.line.size() == 1);
                CHECK(link.line_group.size() == 4);
                if (before[s] == '=') {
                    continue;
                }
                REQUIRE_FALSE(bytes_of_sign[s].empty());
                CHECK(link.bytes == Span{bytes_of_sign[s].front(), bytes_of_sign[s].back() + 1});
                const auto group = base64_group(frame, link);
                REQUIRE(group);
                CHECK(group->characters[s % 4] == before[s]);
                CHECK((group->bits >> (18 - 6 * (s % 4)) & 0x3FU) == static_cast<unsigned>(group->values[s % 4]));
            }
        }
    }
}

TEST_CASE("Between the fields and on the line end nothing is linked", "[viz][frame]") {
    const Recording recording = saying("hello");
    const Trace trace(recording);
    const FrameModel frame = make_frame_model(trace, trace.tree().at("message.1/frame"));
    CHECK(link_at(frame, 0).field == nullptr);
    CHECK(link_at(frame, frame.line.size()).field == nullptr);
    CHECK(frame.wire_byte(frame.line.size()) == 0x0A);
    CHECK(frame.wire_size() == frame.line.size() + 1);
    // A field's name stands for the whole field.
    const Field* iv = frame.field_of(Holds::iv);
    const Link link = link_at(frame, iv->key.begin);
    CHECK(link.line == iv->whole());
    CHECK(link.bytes == Span{0, 8});
    CHECK_FALSE(base64_group(frame, link));
}

TEST_CASE("What a peer wrote with escapes, or wrongly, is linked as a field only", "[viz][frame]") {
    Recording recording = saying("hello");
    ReceivedMessage& received = *recording.messages[0].received;
    const std::size_t at = received.frame.find("ciphertext\":\"") + 13;
    received.frame.insert(at, "\\");
    const Trace trace(recording);
    const FrameModel frame = make_frame_model(trace, trace.tree().at("message.1/decode"));
    CHECK(frame.arriving);
    CHECK(frame.field_of(Holds::ciphertext) == nullptr);
    CHECK(frame.field_of(Holds::iv) != nullptr);
    const Link link = link_at(frame, at);
    REQUIRE(link.field != nullptr);
    CHECK(link.field->name == "ciphertext");
    CHECK_FALSE(base64_group(frame, link));
}

TEST_CASE("The frame of half a megabyte of text is linked everywhere", "[viz][frame]") {
    const Recording recording = saying(std::string(std::size_t{512} << 10U, 'z'));
    const Trace trace(recording);
    const Node node = trace.tree().at("message.1/frame");
    for (std::size_t i = 0; i < 20; ++i) {
        const FrameModel frame = make_frame_model(trace, node);
        const Link link = link_at(frame, frame.line.size() / (i + 1) - 3);
        CHECK(link.field != nullptr);
    }
}

TEST_CASE("The frame's stage shows the line, its bytes and what they stand for, uncut", "[viz][frame]") {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        NullWindow window(samples::exchange(mode));
        const Trace& trace = window.app.session().trace;
        viz::testing::at_every_size(window, {1, 2, 3}, [&](float width, float height, float scale) {
            for (const std::string where : {"message.1/frame", "message.1/decode"}) {
                CAPTURE(name(mode), where);
                const std::string text = window.at(where);
                CHECK(take_cut_text().empty());
                const FrameModel frame = make_frame_model(trace, trace.tree().at(where));
                // At larger scales the stage scrolls to the line and the words are above it.
                if (scale == 1) CHECK(text.find(NullWindow::squeezed(frame_words(frame))) != std::string::npos);
                // The first block, byte for byte, and the first bytes of the line: { " t y
                if (scale == 1) CHECK(text.find(to_hex(frame.ciphertext.first(8))) != std::string::npos);
                if (scale == 1 && height > 720 && width >= 1600) CHECK(text.find("7B227479") != std::string::npos);
                for (const Field& field : frame.fields) CHECK(text.find('"' + field.name + '"') != std::string::npos);
            }
        });
    }
}
