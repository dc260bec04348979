// The sentences of messages that did not arrive as they were sent: never confirmed, refused, not deciphered yet,
// altered.
#include "tests/support/recordings.hpp"
#include "tests/support/words/message_words.hpp"

using namespace keyhole;
using namespace keyhole::testing;

TEST_CASE("Words of a message that was never confirmed", "[steps][words]") {
    std::set<Kind> kinds;
    Recording r = exchange("toy23", dh::Kdf::sha256, Mode::cbc,
                           {{Role::server, "first"}, {Role::client, "second"}, {Role::server, "the third one"}});
    MessageRecord& last = r.messages[2];
    last.received.reset();
    last.sent->unconfirmed = true;
    const std::size_t size = last.sent->ciphertext.size(), wire = line_size(2, true, size);
    WordsOf words(r, kinds);
    words.are("message.3/frame", frame_words(2, size, wire, true));
    words.are("message.3", message_words(3, 2, Role::server, "\"the third one\"", size, wire));
}

TEST_CASE("Words of a message that was refused or is not deciphered yet", "[steps][words]") {
    struct Case {
        Bytes padded; // what the receiver deciphers; empty: it came with a ciphertext of seven bytes
        std::string why;
    };
    const Case cases[] = {
        {to_bytes("seven b\x2A"),
         "what was deciphered ends with the byte 0x2A, and with no PKCS#7 padding of that value"},
        {to_bytes("abc\xFF\x04\x04\x04\x04"), "byte 4 of what was deciphered is 0xFF, which is no UTF-8 there"},
        {{}, "ciphertext has 7 bytes, no whole blocks of 8"},
    };
    for (const Role sender : every_role) {
        for (const auto& [padded, why] : cases) {
            std::set<Kind> kinds;
            Recording r = exchange("toy23", dh::Kdf::sha256, Mode::cbc, {{sender, "x"}, {sender, "y"}}, 5);
            const std::uint64_t key = key_of(r), iv = 0x1122334455667788;
            const Bytes ciphertext =
                padded.empty() ? Bytes(7, 0x55) : outputs(plain_mode(Mode::cbc, true, key, iv, padded));
            const std::string line = message_line(2, iv, ciphertext);
            r.messages[1].received =
                ReceivedMessage{.frame = line, .iv = iv, .ciphertext = ciphertext, .padded = padded, .plaintext = {}};
            r.messages[1].sent.reset();
            const std::size_t wire = line_size(2, true, ciphertext.size());
            WordsOf words(r, kinds);
            words.are("message.2", message_words(2, 2, sender, "what it says was refused", ciphertext.size(), wire));
            words.are("message.2/frame", frame_words(2, ciphertext.size(), wire, false));
            if (padded.empty()) {
                words.are("message.2/decode",
                          {"refused: " + why,
                           fmt::format("The receiver reads the JSON line, checks the sequence number and turns base64 "
                                       "back into bytes. Here it cannot go on: {}. It tells its own user; the sender "
                                       "hears only that the message cannot be deciphered.",
                                       why)});
                continue;
            }
            words.are("message.2/decode", decode_words(ciphertext));
            words.are("message.2/decrypt", cipher_words(Mode::cbc, false, key, iv, ciphertext, padded));
            words.are("message.2/unpad",
                      {"refused: the padding or the text is wrong",
                       fmt::format("What came out of the cipher is no text: {}. The receiver tells its own user; the "
                                   "sender gets one and the same answer for every such fault, so that nobody learns "
                                   "from it which one it was.",
                                   why)});
            r.messages[1].received->padded.clear();
            WordsOf waiting(r, kinds);
            waiting.are("message.2",
                        message_words(2, 2, sender, "what it says is not deciphered yet", ciphertext.size(), wire));
            waiting.are("message.2/decode", decode_words(ciphertext));
        }
    }
}

TEST_CASE("Words of a message that was altered on the way tell what the sender sent", "[steps][words]") {
    std::set<Kind> kinds;
    Recording r = exchange("toy23", dh::Kdf::sha256, Mode::cbc, {{Role::client, "unaltered"}}, 9);
    const std::uint64_t key = key_of(r), iv = 0x0807060504030201;
    const Bytes padded = with_padding(Padding::pkcs7, to_bytes("a longer text than before, and another one"));
    const Bytes ciphertext = outputs(plain_mode(Mode::cbc, true, key, iv, padded));
    r.messages[0].received = ReceivedMessage{.frame = message_line(1, iv, ciphertext),
                                             .iv = iv,
                                             .ciphertext = ciphertext,
                                             .padded = padded,
                                             .plaintext = to_bytes("a longer text than before, and another one")};
    WordsOf words(r, kinds);
    words.are("message.1", message_words(1, 1, Role::client, "\"unaltered\"", 16, line_size(1, true, 16)));
    words.are("message.1/frame", frame_words(1, 16, line_size(1, true, 16), false));
    words.are("message.1/decode", decode_words(ciphertext));
    words.are("message.1/decrypt", cipher_words(Mode::cbc, false, key, iv, ciphertext, padded));
    words.are("message.1/unpad",
              unpad_words(Padding::pkcs7, padded, 42, "\"a longer text than before, and another o..\""));
}
