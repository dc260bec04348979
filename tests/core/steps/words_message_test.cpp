// The sentences of a message on its way: encode, pad, encrypt, frame, decode, decrypt and unpad, each number at its
// place.
#include "core/base/random.hpp"
#include "tests/support/random_bytes.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/words/message_words.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

// A message, and how it is quoted where it is shown as what it is.
struct Sample {
    Bytes message;
    std::string shown;
    bool text = false;
};

Sample text_sample(std::size_t size) {
    const std::string text = std::string("Sixteen letters are two blocks; this is more").substr(0, size);
    return {to_bytes(text), size == 0 ? "no bytes" : '"' + text + '"', size > 0};
}

Sample byte_sample(Bytes message) { return {message, short_hex(message), false}; }

void check_workbench(Mode mode, Padding padding, std::uint64_t key, std::uint64_t iv, const Sample& sample,
                     std::set<Kind>& kinds) {
    CAPTURE(name(mode), name(padding), sample.shown);
    const DesSettings settings{.key = key, .mode = mode, .padding = padding};
    const Bytes padded = with_padding(padding, sample.message);
    const Bytes ciphertext = outputs(plain_mode(mode, true, key, iv, padded));
    const std::string size = fmt::format("One message through DES in {} mode: {} of ciphertext.", name(mode),
                                         count_of(ciphertext.size(), "byte"));

    const Recording there = record_des(settings, Direction::encrypt, iv, sample.message);
    WordsOf words(there, kinds);
    words.are("message.1", {"encipher " + sample.shown, size});
    words.are("message.1/encode", encode_words(sample.message, sample.shown, sample.text));
    words.are("message.1/pad", pad_words(mode, padding, sample.message));
    words.are("message.1/encrypt", cipher_words(mode, true, key, iv, padded, ciphertext));

    const Recording back = record_des(settings, Direction::decrypt, iv, ciphertext);
    WordsOf back_words(back, kinds);
    back_words.are("message.1", {"decipher to " + sample.shown, size});
    back_words.are("message.1/decode", {count_of(ciphertext.size(), "byte") + " of ciphertext",
                                        fmt::format("The ciphertext is given in hex, two digits a byte. That makes {}: "
                                                    "{}.",
                                                    count_of(ciphertext.size(), "byte"), short_hex(ciphertext))});
    back_words.are("message.1/decrypt", cipher_words(mode, false, key, iv, ciphertext, padded));
    back_words.are("message.1/unpad", unpad_words(padding, padded, sample.message.size(), sample.shown));
}

struct Line {
    Role sender;
    std::string text, shown;
};

// Two messages each way, and what comes out of longer, empty and strange ones.
const std::vector<Line>& lines() {
    static const std::vector<Line> all = {
        {Role::client, "This is a message", "\"This is a message\""},
        {Role::server, "Gr\u00FC\u00DFe", "\"Gr\u00FC\u00DFe\""},
        {Role::server, "tab\there", R"("tab\there")"},
        {Role::client, "This is a message that is cut after forty", "\"This is a message that is cut after fort..\""},
        {Role::client, "This is a message that is cut after for\u00FC",
         "\"This is a message that is cut after for..\""},
        {Role::server, "", "\"\""},
        {Role::client, std::string(30000, 'x'), '"' + std::string(40, 'x') + "..\""},
        {Role::server, "A", "\"A\""},
    };
    return all;
}

Recording conversation(Mode mode, std::uint64_t seed = 1) {
    std::vector<Said> said;
    for (const Line& line : lines()) said.push_back({line.sender, line.text});
    return exchange("toy23", dh::Kdf::sha256, mode, said, seed);
}

// Those of its steps that the recording has, from the numbers of the sentence alone.
void check_line(WordsOf& words, const Recording& r, std::size_t number, std::uint64_t seq, std::uint64_t key, bool sent,
                bool received) {
    const Line& line = lines()[number - 1];
    const Mode mode = r.parameters->mode;
    const MessageRecord& m = r.messages[number - 1];
    const std::uint64_t iv = (m.sent ? m.sent->iv : m.received->iv).value_or(0);
    const Padding padding = mode == Mode::ctr ? Padding::none : Padding::pkcs7;
    const Bytes message = to_bytes(line.text), padded = with_padding(padding, message);
    const Bytes ciphertext = outputs(plain_mode(mode, true, key, iv, padded));
    const std::size_t wire = line_size(seq, mode != Mode::ecb, ciphertext.size());
    const std::string at = fmt::format("message.{}", number);
    words.are(at, message_words(number, seq, line.sender, line.shown, ciphertext.size(), wire));
    words.are(at + "/frame", frame_words(seq, ciphertext.size(), wire, false));
    if (sent) {
        words.are(at + "/encode", encode_words(message, line.shown, true));
        words.are(at + "/pad", pad_words(mode, padding, message));
        words.are(at + "/encrypt", cipher_words(mode, true, key, iv, padded, ciphertext));
    }
    if (received) {
        words.are(at + "/decode", decode_words(ciphertext));
        words.are(at + "/decrypt", cipher_words(mode, false, key, iv, ciphertext, padded));
        words.are(at + "/unpad", unpad_words(padding, padded, message.size(), line.shown));
    }
}

constexpr std::uint64_t sequence_numbers[] = {1, 1, 2, 2, 3, 3, 4, 4};

} // namespace

TEST_CASE("Words of a message on the workbench, in all modes, paddings, directions and lengths", "[steps][words]") {
    Random random = Random::seeded("words_message_test");
    std::set<Kind> kinds;
    for (const Mode mode : every_mode) {
        const bool blocks = mode == Mode::ecb || mode == Mode::cbc;
        for (const Padding padding : every_padding) {
            for (const std::size_t size : {0U, 1U, 3U, 6U, 7U, 8U, 10U, 12U, 13U, 15U, 24U, 41U}) {
                if (blocks && padding == Padding::none && size % 8 != 0) continue;
                Bytes bytes = random_bytes(random, size);
                if (size > 0) bytes.front() = bytes.back() = 0xFF; // no UTF-8, and no zero at the end
                const std::uint64_t key = random.block(), iv = random.block();
                check_workbench(mode, padding, key, iv, byte_sample(bytes), kinds);
                if (size <= 40) check_workbench(mode, padding, key, iv, text_sample(size), kinds);
            }
        }
    }
    CHECK(kinds.size() == message_kinds.size() - 1); // nothing is framed
}

TEST_CASE("Words of zeros as padding, where the message itself ends in some", "[steps][words]") {
    std::set<Kind> kinds;
    for (const auto& [others, zeros] : {std::pair(1, 1), {1, 6}, {7, 1}, {8, 8}, {8, 7}, {1, 9}, {0, 8}, {0, 3}}) {
        Bytes message(static_cast<std::size_t>(others), 0xFF);
        message.resize(message.size() + static_cast<std::size_t>(zeros));
        CAPTURE(others, zeros);
        const DesSettings settings{.key = 0x133457799BBCDFF1, .mode = Mode::ecb, .padding = Padding::zero};
        const Recording there = record_des(settings, Direction::encrypt, 0, message);
        WordsOf(there, kinds).are("message.1/pad", pad_words(Mode::ecb, Padding::zero, message));
        const Recording back = record_des(settings, Direction::decrypt, 0, there.messages[0].sent->ciphertext);
        WordsOf(back, kinds)
            .are("message.1/unpad",
                 unpad_words(Padding::zero, with_padding(Padding::zero, message), static_cast<std::size_t>(others),
                             short_hex(Bytes(static_cast<std::size_t>(others), 0xFF))));
    }
}

TEST_CASE("Words of a long message group its numbers", "[steps][words]") {
    std::set<Kind> kinds;
    check_workbench(Mode::ctr, Padding::none, 0x0123456789ABCDEF, 5, byte_sample(Bytes(80'001, 0xFF)), kinds);
    check_workbench(Mode::cbc, Padding::pkcs7, 0x0123456789ABCDEF, 5, byte_sample(Bytes(80'000, 0xFF)), kinds);
}

TEST_CASE("Words of an exchange's messages: to both, to each side, and to one who listens", "[steps][words]") {
    std::set<Kind> kinds;
    for (const Mode mode : chat_modes) {
        const Recording all = conversation(mode, 3);
        const std::uint64_t key = key_of(all);
        WordsOf words(all, kinds);
        for (std::size_t number = 1; number <= lines().size(); ++number)
            check_line(words, all, number, sequence_numbers[number - 1], key, true, true);
        for (const Role role : every_role) {
            const Recording own = testing::seen_by(role, all);
            WordsOf own_words(own, kinds);
            for (std::size_t number = 1; number <= lines().size(); ++number) {
                const bool sent = lines()[number - 1].sender == role;
                check_line(own_words, own, number, sequence_numbers[number - 1], key, sent, !sent);
            }
        }
        const Recording heard = overheard(all);
        WordsOf heard_words(heard, kinds);
        for (std::size_t number = 1; number <= lines().size(); ++number) {
            const std::uint64_t seq = sequence_numbers[number - 1];
            const Bytes& ciphertext = all.messages[number - 1].sent->ciphertext;
            const std::size_t wire = line_size(seq, mode != Mode::ecb, ciphertext.size());
            const std::string at = fmt::format("message.{}", number);
            heard_words.are(at, message_words(number, seq, lines()[number - 1].sender,
                                              "what it says only the two of them know", ciphertext.size(), wire));
            heard_words.are(at + "/frame", frame_words(seq, ciphertext.size(), wire, false));
            heard_words.are(at + "/decode", decode_words(ciphertext));
        }
    }
    CHECK(kinds == message_kinds);
}
