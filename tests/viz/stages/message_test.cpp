// The stages of a message's way and bytes: characters against UTF-8 written out by hand, padding against RFC 5652, one
// answer for every refused message, windows of long texts, and the stage on a null backend.
#include <fmt/format.h>

#include "core/steps/address.hpp"
#include "core/steps/step_kinds.hpp"
#include "core/steps/viewer.hpp"
#include "netsim/protocol/loopback.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/frame/frame_model.hpp"
#include "viz/stages/message/byte_sheet.hpp"
#include "viz/stages/message/message_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::NullWindow;

namespace {

// Latin, Greek, the euro sign, an emoji: one to four bytes a character.
const std::string many_lengths = "a\u00E9\u03A9\u20AC\U0001F511 b";

Recording saying(const std::string& text, Mode mode = Mode::cbc) {
    return keyhole::testing::exchange("toy23", dh::Kdf::low64, mode, {{Role::client, text}});
}

// The receiver of a message whose last block was changed on the way.
Recording refused() {
    Recording recording = saying("This is a message");
    ReceivedMessage& received = *recording.messages[0].received;
    received.ciphertext.back() ^= 0x01U;
    received.padded = apply_mode(Mode::cbc, Direction::decrypt, *session_key(recording, Role::server), *received.iv,
                                 received.ciphertext);
    received.plaintext.reset();
    received.frame = keyhole::testing::message_line(1, received.iv, received.ciphertext);
    return recording;
}

std::vector<std::string> names_of(const std::vector<Station>& all) {
    std::vector<std::string> out;
    for (const Station& station : all) out.push_back(station.name + " " + station.size);
    return out;
}

} // namespace

TEST_CASE("A message's stations stand in the order of happening with the size of what they make", "[viz][message]") {
    const Recording recording = saying("This is a message");
    const Trace trace(recording);
    const auto all = stations(trace, trace.tree().at("message.1/encrypt/block.2/round.3"));
    const std::size_t line = recording.messages[0].sent->frame.size() + 1;
    CHECK(names_of(all) == std::vector<std::string>{"encode 17 B", "pad 24 B", "encrypt 24 B",
                                                    fmt::format("frame {} B", line), "decode 24 B", "decrypt 24 B",
                                                    "unpad 17 B"});
    for (const Station& station : all) {
        CHECK(station.current == (station.name == "encrypt"));
        CHECK(trace.tree().contains(station.node));
    }
}

TEST_CASE("Characters are found with their bytes, from any byte of theirs", "[viz][message]") {
    const ByteView text = as_bytes(many_lengths);
    const std::vector<std::pair<std::size_t, char32_t>> wanted = {
        {0, U'a'}, {1, U'\u00E9'}, {3, U'\u03A9'}, {5, U'\u20AC'}, {8, U'\U0001F511'}, {12, U' '}, {13, U'b'}};
    const auto found = characters(text, 0, text.size());
    REQUIRE(found.size() == wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(found[i].offset == wanted[i].first);
        CHECK(found[i].code == wanted[i].second);
        for (std::size_t at = found[i].offset; at < found[i].end(); ++at) CHECK(character_at(text, at) == found[i]);
    }
    CHECK(code_point(found[3]) == "U+20AC");
    CHECK(glyph(text, found[3]) == "\u20AC");
    CHECK(glyph(text, found[5]) == "space");
    // A window in the middle begins with the character that its first byte belongs to.
    CHECK(characters(text, 10, 2).front() == found[4]);
    CHECK(characters(text, 10, 2).size() == 1);
}

TEST_CASE("A byte that is no part of a character stands alone", "[viz][message]") {
    for (const std::string bad : {"\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x94", "\xC0\x80", "\xED\xA0\x80", "\xFF"}) {
        const std::string text = "a" + bad + "b";
        const auto found = characters(as_bytes(text), 0, text.size());
        REQUIRE(found.size() == text.size());
        for (std::size_t i = 1; i + 1 < found.size(); ++i) {
            CHECK_FALSE(found[i].valid);
            CHECK(code_point(found[i]) == "byte");
        }
        CHECK(found.back().valid);
    }
    // Controls never reach the screen as they are.
    const std::string controls = "\x1B\n\u202E";
    const auto found = characters(as_bytes(controls), 0, controls.size());
    REQUIRE(found.size() == 3);
    CHECK(glyph(as_bytes(controls), found[0]) == "ESC");
    CHECK(glyph(as_bytes(controls), found[1]) == "LF");
    CHECK(glyph(as_bytes(controls), found[2]) == "U+202E");
}

TEST_CASE("The bits of a code point are those of RFC 3629's table", "[viz][message]") {
    const std::string patterns[] = {"0ppppppp", "110ppppp10pppppp", "1110pppp10pppppp10pppppp",
                                    "11110ppp10pppppp10pppppp10pppppp"};
    const std::string texts[] = {"a", "\u00E9", "\u20AC", "\U0001F511"};
    for (unsigned n = 0; n < 4; ++n) {
        const ByteView text = as_bytes(texts[n]);
        const Character c = character_at(text, 0);
        const CodeBits code = code_bits(text, c);
        REQUIRE(code.bits.size() == patterns[n].size());
        std::uint32_t value = 0;
        unsigned payload = 0;
        for (std::size_t i = 0; i < code.bits.size(); ++i) {
            if (patterns[n][i] == 'p') {
                CHECK(code.bits[i].payload == ++payload);
                value = value << 1U | code.bits[i].bit;
            } else {
                CHECK(code.bits[i].payload == 0);
                CHECK(code.bits[i].bit == (patterns[n][i] == '1' ? 1U : 0U));
            }
        }
        CHECK(payload == code.payload_bits);
        CHECK(value == c.code);
    }
}

TEST_CASE("Padding is counted out as RFC 5652 has it", "[viz][message]") {
    for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 17U}) {
        const Recording recording = saying(std::string(size, 'x'));
        const Trace trace(recording);
        for (const char* where : {"message.1/pad", "message.1/unpad"}) {
            const ByteSheet sheet = byte_sheet(trace, trace.tree().at(where));
            CHECK(sheet.text_bytes == size);
            REQUIRE(sheet.padding() == 8 - size % 8);
            CHECK(sheet.bytes.size() % 8 == 0);
            for (std::size_t i = 0; i < sheet.bytes.size(); ++i) {
                CHECK(sheet.padding_number(i) == (i < size ? 0 : i - size + 1));
                if (i >= size) CHECK(sheet.bytes[i] == sheet.padding());
            }
            // The sender counts what is missing; the receiver reads the last byte.
            const std::string said =
                std::string(where).ends_with("unpad") ? "The last byte is {:02X}: " : "of value {:02X}";
            CHECK(padding_words(sheet).find(fmt::format(fmt::runtime(said), 8 - size % 8)) != std::string::npos);
        }
    }
    const Recording ctr = saying("seventeen bytes..", Mode::ctr);
    const Trace trace(ctr);
    const ByteSheet sheet = byte_sheet(trace, trace.tree().at("message.1/pad"));
    CHECK(sheet.padding() == 0);
    CHECK(padding_words(sheet).find("No padding") == 0);
}

TEST_CASE("Zeros and ISO 7816-4 are counted out in words that are true of them", "[viz][message]") {
    const auto words = [](Padding padding, Direction direction, ByteView data) {
        DesSettings settings{1, Mode::ecb, padding};
        const Bytes ciphertext = record_des(settings, Direction::encrypt, 0, data).messages[0].sent->ciphertext;
        const bool sends = direction == Direction::encrypt;
        const Recording recording = record_des(settings, direction, 0, sends ? data : ByteView(ciphertext));
        const Trace trace(recording);
        const Node node = trace.tree().at(sends ? "message.1/pad" : "message.1/unpad");
        const std::string drawn = padding_words(byte_sheet(trace, node));
        const std::string told = trace.step(node).explanation;
        CHECK(drawn.find("of value") == std::string::npos);
        CHECK(told.find("PKCS") == std::string::npos);
        return std::pair(drawn, told);
    };
    using enum Direction;
    const Bytes nine(9, 'x'), eight(8, 'x'), zeros = *from_hex("41420000");
    const auto holds = [](const std::pair<std::string, std::string>& said, const char* drawn, const char* told) {
        INFO(said.first << " | " << said.second);
        CHECK(said.first.find(drawn) != std::string::npos);
        CHECK(said.second.find(told) != std::string::npos);
    };
    holds(words(Padding::zero, encrypt, nine), "missing to a whole block. So 7 bytes of 00.",
          "9 bytes leave 7 to fill: 7 bytes of 0x00 are appended");
    holds(words(Padding::zero, encrypt, eight), "nothing is missing. So nothing is added.",
          "8 bytes are whole blocks already: nothing is appended");
    holds(words(Padding::zero, encrypt, zeros), "But the message itself ends in 2 zero bytes",
          "Here the message itself ends in 2 zero bytes");
    holds(words(Padding::zero, decrypt, nine), "7 zero bytes were taken off, and nothing tells",
          "7 zero bytes were taken off, and nothing tells");
    holds(words(Padding::zero, decrypt, eight), "The last byte is not zero", "the last byte is not zero");
    holds(words(Padding::iso7816, encrypt, nine), "So 80 and 6 bytes of 00.",
          "0x80 and zeros (7 bytes in all) are appended (ISO");
    holds(words(Padding::iso7816, encrypt, eight), "a whole block is added. So 80 and 7 bytes of 00.",
          "one more is added: 0x80 and zeros (8 bytes in all)");
    holds(words(Padding::iso7816, decrypt, nine), "stands 80, which marks where the message ends: 7 bytes",
          "stands 0x80, which marks where the message ends: 7 bytes");
}

TEST_CASE("The whole way shows both sides, and only what they know", "[viz][message]") {
    const Recording both = saying(many_lengths);
    const Trace trace(both);
    const MessageModel model = make_message_model(trace, trace.tree().at("message.1"));
    REQUIRE(model.layers.size() == 5);
    for (const LayerPair& pair : model.layers) CHECK(pair.same);
    CHECK(model.layers[0].sides[0].text);
    CHECK(std::ranges::equal(model.layers[1].sides[1].bytes, to_bytes(many_lengths)));
    CHECK(std::ranges::equal(model.layers[2].sides[0].bytes, pad_pkcs7(to_bytes(many_lengths))));
    CHECK(model.steps[0].size() == 4);

    // Every step is named once, and the receiver's last where the padding goes.
    const std::array<std::vector<std::string>, 2> words = {
        {{"encode", "pad", "encrypt", "frame"}, {"", "unpad", "decrypt", "decode"}}};
    for (std::size_t side = 0; side < 2; ++side) {
        for (std::size_t i = 0; i < words[side].size(); ++i) {
            const auto step = model.named_step(side, i);
            CHECK((step ? std::string(info(step->kind()).word) : "") == words[side][i]);
        }
    }
    CHECK(model.layers[2].name == "padded bytes");
    const Recording stream = saying(many_lengths, Mode::ctr);
    const Trace counter(stream);
    CHECK(make_message_model(counter, counter.tree().at("message.1")).layers[2].name == "bytes, no padding");

    const Recording one = keyhole::testing::seen_by(Role::client, both);
    const Trace client(one);
    const MessageModel half = make_message_model(client, client.tree().at("message.1"));
    for (const LayerPair& pair : half.layers) {
        CHECK(pair.sides[0].known);
        CHECK_FALSE(pair.sides[1].known);
        CHECK(pair.sides[1].size == "not known on this side");
    }
    const Recording workbench = samples::workbench(Direction::decrypt, Mode::cbc, 20);
    const Trace alone(workbench);
    const MessageModel one_side = make_message_model(alone, alone.tree().at("message.1"));
    CHECK_FALSE(one_side.exchange);
    CHECK(one_side.layers.size() == 4);
}

TEST_CASE("A refused message says what was wrong with it, and shows no text", "[viz][message]") {
    const Recording recording = refused();
    const Trace trace(recording);
    const ByteSheet sheet = byte_sheet(trace, trace.tree().at("message.1/unpad"));
    CHECK(sheet.refusal == refusal(recording, recording.messages[0]));
    CHECK(sheet.padding() == 0);
    CHECK_FALSE(sheet.characters);
    CHECK(padding_words(sheet) == refusal_words(sheet.refusal));
    const unsigned last = recording.messages[0].received->padded.back();
    CHECK(padding_words(sheet).starts_with(
        fmt::format("Refused: what was deciphered ends with the byte 0x{:02X}, ", last)));
    const MessageModel model = make_message_model(trace, trace.tree().at("message.1"));
    CHECK(model.refusal == sheet.refusal);
    CHECK(model.layers[0].sides[1].size == "refused");
    CHECK_FALSE(model.layers[2].same);
    CHECK(stations(trace, trace.tree().at("message.1")).back().size == "refused");

    Recording before_cipher = recording;
    before_cipher.messages[0].received->padded.clear();
    before_cipher.messages[0].received->ciphertext.pop_back();
    const Trace early(before_cipher);
    CHECK(make_message_model(early, early.tree().at("message.1")).layers[2].sides[1].size == "refused");
    CHECK(stations(early, early.tree().at("message.1")).back().name == "decode");
}

TEST_CASE("What is not deciphered yet and what nobody here can decipher is not called refused", "[viz][message]") {
    Recording waiting = refused();
    waiting.messages[0].received->padded.clear();
    const Trace held(waiting);
    const MessageModel yet = make_message_model(held, held.tree().at("message.1"));
    CHECK(yet.refusal.empty());
    CHECK(yet.layers[2].sides[1].size == "not deciphered yet");

    const Recording overheard = seen_by(refused(), Viewer::eavesdropper);
    const Trace wire(overheard);
    const MessageModel seen = make_message_model(wire, wire.tree().at("message.1"));
    CHECK(seen.refusal.empty());
    CHECK(seen.layers[0].sides[1].size == "not known on the wire");
    CHECK(make_frame_model(wire, wire.tree().at("message.1/decode")).refusal.empty());
}

TEST_CASE("A window anywhere in a large text shows its characters", "[viz][message]") {
    std::string text;
    while (text.size() < (std::size_t{1} << 24U)) text += many_lengths;
    const ByteView bytes = as_bytes(text);
    std::size_t seen = 0;
    for (std::size_t at = 0; at + 160 < bytes.size(); at += bytes.size() / 1000)
        seen += characters(bytes, at, 160).size();
    CHECK(seen > 1000 * 60);
}

TEST_CASE("The stages of a message show every byte and cut no text", "[viz][message]") {
    for (const Recording& recording :
         {saying(many_lengths), refused(), saying("", Mode::ctr), samples::workbench(Direction::encrypt, Mode::ecb, 20),
          samples::workbench(Direction::decrypt, Mode::cbc, 20)}) {
        NullWindow window(recording);
        const Trace& trace = window.app.session().trace;
        viz::testing::at_every_size(window, {1, 2, 3}, [&](float, float, float scale) {
            for (const std::string where : {"message.1", "message.1/encode", "message.1/pad", "message.1/unpad"}) {
                if (!trace.tree().find(where)) continue;
                CAPTURE(where);
                const std::string text = window.at(where);
                CHECK(take_cut_text().empty());
                for (const Station& station : stations(trace, trace.tree().at(where))) {
                    // A low window names the stations and leaves their sizes to the values beside them.
                    const std::string size = scale == 1 ? NullWindow::squeezed(station.size) : "";
                    CHECK(text.find(station.name + size) != std::string::npos);
                }
                if (where == "message.1") {
                    // Where nothing is sent, nobody can claim to have sent it.
                    const bool said = text.find(NullWindow::squeezed(no_authentication_words())) != std::string::npos;
                    CHECK(said == recording.parameters.has_value());
                    continue;
                }
                const ByteSheet sheet = byte_sheet(trace, trace.tree().at(where));
                // Eight bytes stand in a row, one after the other, and the last row is in sight after a step.
                std::string row;
                const std::size_t from =
                    where == "message.1/encode"
                        ? 0
                        : sheet.bytes.size() / 8 * 8 - (sheet.bytes.size() % 8 == 0 && !sheet.bytes.empty() ? 8 : 0);
                for (std::size_t i = from; i < std::min(from + 8, sheet.text_bytes); ++i)
                    row += fmt::format("{:02X}", sheet.bytes[i]);
                CHECK(text.find(row) != std::string::npos);
            }
        });
    }
}
