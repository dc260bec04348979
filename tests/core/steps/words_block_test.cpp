// The sentences of a block: how its mode chains it, each number at its place, in first, middle and short last blocks.
#include "core/base/random.hpp"
#include "tests/support/random_bytes.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/words/words.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

// A segment of cfb1 is written as a bit, everything else in hex.
std::string written(const BitText& bits) { return bits.size() == 1 ? bits : hex(bits); }

std::string chained_words(Mode mode, bool forwards, bool first, bool last, const PlainSegment& s) {
    const std::string input = hex(s.input), into = hex(s.block.input), given = hex(s.block.output),
                      before = first ? "the IV" : "the ciphertext block before", chain = hex(s.chain),
                      output = hex(s.output);
    if (mode == Mode::ecb) {
        return fmt::format(
            "In ECB every block stands alone: {} goes into the cipher as it is and {} comes out. Equal blocks give "
            "equal results, and an eavesdropper sees that.",
            input, output);
    }
    if (mode == Mode::ctr) {
        return fmt::format(
            "Counter mode never enciphers the text: it enciphers the counter {} to {} and adds that to the text: {} ⊕ "
            "{} = {}. Doing it again takes it off, so both sides run DES forwards.",
            chain, given, input, hex(s.kept), output);
    }
    if (forwards) {
        return fmt::format(
            "CBC first adds {}: {} ⊕ {} = {}. That block goes through the sixteen rounds, and {} comes out{}.", before,
            input, chain, into, output, last ? "" : "; it is what the next block will be chained with");
    }
    return fmt::format(
        "The ciphertext block {} goes backwards through the rounds and gives {}. CBC then takes away {}: {} ⊕ {} = {}.",
        input, given, before, given, chain, output);
}

std::string register_words(Mode mode, bool forwards, std::size_t number, const PlainSegment& s) {
    const bool whole = s.input.size() == 64, last_short = !whole && (mode == Mode::cfb || mode == Mode::ofb);
    const std::string holds = number == 1         ? "the IV"
                              : mode == Mode::ofb ? "what DES gave for the block before"
                              : mode == Mode::cfb ? "the ciphertext block before"
                              : number <= (mode == Mode::cfb8 ? 8 : 64)
                                  ? "what is left of the IV, and the ciphertext before"
                                  : "the last 64 bits of the ciphertext before";
    std::string words = fmt::format("The shift register holds {}: {}. DES enciphers it to {}", holds, hex(s.chain),
                                    hex(s.block.output));
    if (mode == Mode::cfb8) words += ", of which only the first 8 bits are kept: " + hex(s.kept);
    if (mode == Mode::cfb1) words += ", of which only the first bit is kept: " + s.kept;
    if (last_short) words += ", of which as much is kept as there is text: " + hex(s.kept);
    words += fmt::format(". That is added to the {}: {} ⊕ {} = {}.", forwards ? "text" : "ciphertext", written(s.input),
                         written(s.kept), written(s.output));
    const std::string next = hex(s.next);
    if (mode == Mode::cfb8)
        words += " The register moves 8 places to the left and takes the ciphertext in on the right: " + next + ".";
    if (mode == Mode::cfb1)
        words += " The register moves 1 place to the left and takes the ciphertext in on the right: " + next + ".";
    if (mode == Mode::cfb && whole) words += " The register becomes the ciphertext, " + next + ".";
    if (mode == Mode::ofb && whole)
        words += " The register becomes what DES gave, " + next + ", whatever the text was.";
    if (number == 1) {
        return words +
               " The same key with the same IV begins with the same key stream, so an IV may never be used "
               "twice.";
    }
    if (forwards) return words;
    if (mode == Mode::ofb)
        return words + " A bit of ciphertext that was flipped on the way flips this bit of the text and no other.";
    return words + fmt::format(
                       " A bit of ciphertext that was flipped on the way flips the same bit here and spoils "
                       "the text as long as it stays in the register: the next {}.",
                       mode == Mode::cfb    ? "block"
                       : mode == Mode::cfb8 ? "8 segments of 8 bits"
                                            : "64 segments of 1 bit");
}

// Every block of a message.
void check_blocks(WordsOf& words, const std::string& at, Mode mode, bool forwards,
                  const std::vector<PlainSegment>& segments) {
    REQUIRE(words.tree().child_count(words.tree().at(at)) == segments.size());
    const bool shifts = mode != Mode::ecb && mode != Mode::cbc && mode != Mode::ctr;
    for (std::size_t number = 1; number <= segments.size(); ++number) {
        const PlainSegment& s = segments[number - 1];
        words.are(fmt::format("{}/block.{}", at, number),
                  {fmt::format("{} becomes {}", written(s.input), written(s.output)),
                   shifts ? register_words(mode, forwards, number, s)
                          : chained_words(mode, forwards, number == 1, number == segments.size(), s)});
    }
}

} // namespace

TEST_CASE("Words of a block: every number at its place, in every mode, direction and length", "[steps][words]") {
    Random random = Random::seeded("words_block_test");
    std::set<Kind> kinds;
    for (const Mode mode : every_mode) {
        for (const std::size_t size : {1U, 7U, 8U, 12U, 24U, 29U}) {
            const std::uint64_t key = random.block(), iv = size == 24 ? ~std::uint64_t{0} : random.block();
            const Bytes message = random_bytes(random, size);
            const Padding padding = mode == Mode::ecb || mode == Mode::cbc ? Padding::pkcs7 : Padding::none;
            const DesSettings settings{.key = key, .mode = mode, .padding = padding};
            const auto enciphered = plain_mode(mode, true, key, iv, with_padding(padding, message));
            const auto deciphered = plain_mode(mode, false, key, iv, outputs(enciphered));
            CAPTURE(name(mode), size);
            const Recording there = record_des(settings, Direction::encrypt, iv, message);
            const Recording back = record_des(settings, Direction::decrypt, iv, outputs(enciphered));
            WordsOf words_there(there, kinds), words_back(back, kinds);
            check_blocks(words_there, "message.1/encrypt", mode, true, enciphered);
            check_blocks(words_back, "message.1/decrypt", mode, false, deciphered);
        }
    }
    CHECK(kinds == block_kinds);
}

TEST_CASE("Words of a block in an exchange, in two messages each way", "[steps][words]") {
    std::set<Kind> kinds;
    for (const Mode mode : chat_modes) {
        const Recording r = exchange("toy23", dh::Kdf::low64, mode,
                                     {{Role::server, "a first message of three blocks"},
                                      {Role::client, "short"},
                                      {Role::client, "another one"},
                                      {Role::server, "whole!!!"}},
                                     11);
        const std::uint64_t key = key_of(r);
        WordsOf words(r, kinds);
        for (std::size_t i = 0; i < 4; ++i) {
            const SentMessage& sent = *r.messages[i].sent;
            const Padding padding = mode == Mode::ctr ? Padding::none : Padding::pkcs7;
            const std::uint64_t iv = sent.iv.value_or(0);
            const auto enciphered = plain_mode(mode, true, key, iv, with_padding(padding, sent.plaintext));
            check_blocks(words, fmt::format("message.{}/encrypt", i + 1), mode, true, enciphered);
            check_blocks(words, fmt::format("message.{}/decrypt", i + 1), mode, false,
                         plain_mode(mode, false, key, iv, outputs(enciphered)));
        }
    }
}
