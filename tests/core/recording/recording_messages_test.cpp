// Each check of the messages in a recording: a recording that is right but for what that check is about, and its very
// words.
#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/traces.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

using R = Recording;

// Another frame for the same message, on both sides.
void reframe(MessageRecord& message, std::uint64_t seq, const std::optional<des::Block>& iv, const Bytes& ciphertext,
             bool sent) {
    const std::string line = message_line(seq, iv, ciphertext);
    (sent ? message.sent->frame : message.received->frame) = line;
}

void corrupt(Bytes& bytes) { bytes.at(0) ^= 1; }

} // namespace

TEST_CASE("Each check of a frame bites", "[recording][checks]") {
    for (const std::size_t kind : {0U, 1U, 2U}) { // cbc, ctr, ecb
        CAPTURE(kind);
        const Recording right = chat(kind);
        for (const std::size_t i : {0U, 2U, 3U}) {
            for (const bool sent : {true, false}) {
                const std::string at = fmt::format("message.{}/{}", i + 1, sent ? "frame" : "decode");
                const MessageRecord& was = right.messages[i];
                const auto iv = was.sent->iv;
                const Bytes& bytes = was.sent->ciphertext;
                Bytes others = bytes;
                corrupt(others);
                const auto with = [&](std::uint64_t seq, const auto& vector, const Bytes& text,
                                      const std::string& why) {
                    refuses(
                        right, [&](R& r) { reframe(r.messages[i], seq, vector, text, sent); }, at, why);
                };
                with(was.seq + 1, iv, bytes, "the frame has another seq");
                with(0, iv, bytes, "the frame has another seq");
                if (iv) with(was.seq, std::optional(*iv ^ 1), bytes, "the frame has another iv");
                if (iv) with(was.seq, std::optional<des::Block>(), bytes, "the frame has another iv");
                with(was.seq, iv, others, "the frame has another ciphertext");
                with(was.seq, iv, Bytes{}, "the frame has another ciphertext");
                refuses(
                    right,
                    [&](R& r) {
                        (sent ? r.messages[i].sent->frame : r.messages[i].received->frame) = R"({"type":"bye"})";
                    },
                    at, "the frame is no message");
            }
        }
    }
    // In ecb a peer may send an IV; a recording has none.
    Recording ecb = chat(2);
    refuses(
        ecb, [](R& r) { r.messages[1].received->iv = 7; }, "message.2/decode", "the frame has another iv");
}

TEST_CASE("Each check of what was sent bites", "[recording][checks]") {
    const Recording right = chat();
    const auto last = right.messages.size() - 1;
    const Role sender = right.messages[0].sender;
    refuses(
        right, [&](R& r) { r.party(sender).derived = false; }, "message.1/encrypt", "the sender has no session key");
    refuses(
        right, [](R& r) { corrupt(r.messages[0].sent->plaintext); }, "message.1/encrypt",
        "the ciphertext is not that of the plaintext");
    refuses(
        right, [](R& r) { corrupt(r.messages[1].sent->ciphertext); }, "message.2/encrypt",
        "the ciphertext is not that of the plaintext");
    refuses(
        right, [](R& r) { r.messages[2].sent->iv.reset(); }, "message.3/encrypt", "the mode and the IV do not match");
    refuses(
        chat(2), [](R& r) { r.messages[2].sent->iv = 1; }, "message.3/encrypt", "the mode and the IV do not match");
    // No UTF-8, enciphered and framed as it should be.
    refuses(
        right,
        [&](R& r) {
            SentMessage& sent = *r.messages[0].sent;
            sent.plaintext = {0xFF, 'a'};
            sent.ciphertext = apply_mode(r.mode(), Direction::encrypt, *session_key(r, sender), *sent.iv,
                                         pad(r.padding(), sent.plaintext));
            reframe(r.messages[0], 1, sent.iv, sent.ciphertext, true);
        },
        "message.1/encode", "the text is not UTF-8");
    // Only the last message may stand between the cipher and its frame.
    Recording stepped = right;
    stepped.messages[last].received.reset();
    stepped.messages[last].sent->frame.clear();
    CHECK(refusal(stepped).empty());
    refuses(
        right, [&](R& r) { r.messages[last].sent->frame.clear(); }, "message.4/frame", "the frame is no message");
    refuses(
        seen_by(sender, right), [](R& r) { r.messages[0].sent->frame.clear(); }, "message.1/frame",
        "the frame is no message");
}

TEST_CASE("Each check of what was received bites", "[recording][checks]") {
    const Recording right = chat();
    const Role receiver = other(right.messages[0].sender);
    refuses(
        right, [&](R& r) { r.party(receiver).derived = false; }, "message.1/decrypt",
        "the receiver has no session key");
    refuses(
        right, [](R& r) { corrupt(r.messages[0].received->padded); }, "message.1/decrypt",
        "what was deciphered is not that of the ciphertext");
    refuses(
        right, [](R& r) { r.messages[1].received->padded.clear(); }, "message.2/decrypt",
        "what was deciphered is not that of the ciphertext");
    refuses(
        right, [](R& r) { r.messages[2].received->plaintext.reset(); }, "message.3/unpad",
        "the plaintext is not what was deciphered");
    refuses(
        right, [](R& r) { r.messages[3].received->plaintext->push_back('x'); }, "message.4/unpad",
        "the plaintext is not what was deciphered");
    const std::string length = "the mode does not take this IV or this length";
    refuses(
        right,
        [](R& r) {
            ReceivedMessage& got = *r.messages[0].received;
            got.iv.reset();
            reframe(r.messages[0], 1, got.iv, got.ciphertext, false);
        },
        "message.1/decrypt", length);
    refuses(
        right,
        [](R& r) {
            ReceivedMessage& got = *r.messages[0].received;
            got.ciphertext.pop_back();
            reframe(r.messages[0], 1, got.iv, got.ciphertext, false);
        },
        "message.1/decrypt", length);
    // Refused before the cipher, the same is right; and after it, where what was deciphered has no padding or no UTF-8.
    Recording refused = right;
    ReceivedMessage& got = *refused.messages[0].received;
    got.ciphertext.pop_back();
    got.padded.clear();
    got.plaintext.reset();
    reframe(refused.messages[0], 1, got.iv, got.ciphertext, false);
    CHECK(refusal(refused).empty());
    Recording noise = chat(1); // ctr: what was deciphered is the text
    ReceivedMessage& heard = *noise.messages[0].received;
    heard.ciphertext[0] = static_cast<std::uint8_t>(heard.ciphertext[0] ^ heard.padded[0] ^ 0xFF);
    heard.padded[0] = 0xFF;
    heard.plaintext.reset();
    reframe(noise.messages[0], 1, heard.iv, heard.ciphertext, false);
    refuses(
        noise, [](R& r) { r.messages[0].received->plaintext = r.messages[0].received->padded; }, "message.1/unpad",
        "the plaintext is not what was deciphered");
}

TEST_CASE("Each check of the order of messages bites", "[recording][checks]") {
    const Recording right = chat();
    refuses(
        right, [](R& r) { r.messages[1].sent.reset(), r.messages[1].received.reset(); }, "message.2",
        "it was neither sent nor received");
    const std::string next = "its seq is not the next";
    refuses(
        right, [](R& r) { r.messages.erase(r.messages.begin()); }, "message.3", next);
    refuses(
        right, [](R& r) { r.messages[0].seq = 0; }, "message.1", next);
    refuses(
        right, [](R& r) { std::swap(r.messages[1], r.messages[2]); }, "message.2", next);
    refuses(
        right, [](R& r) { r.messages.push_back(r.messages[3]); }, "message.5", next);
}
