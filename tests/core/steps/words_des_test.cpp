// The sentences of DES itself: key schedule, permutations, rounds and S-boxes, each number at its place.
#include "core/base/random.hpp"
#include "tests/support/random_bytes.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/words/words.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

void check_schedule(WordsOf& words, const std::string& at, std::uint64_t key, const std::string& remark) {
    const PlainDes des(key);
    words.are(at, {fmt::format("PC-1 of {} gives C₀ {} and D₀ {}; sixteen subkeys follow", block_hex(key),
                               hex(des.c[0]), hex(des.d[0])),
                   fmt::format("Permuted choice 1 takes 56 of the key's 64 bits and leaves out every eighth, the "
                               "parity bits: of the key {} it makes C₀ = {} and D₀ = {}. Each round then turns both "
                               "halves to the left and picks 48 bits of them as its subkey. {}",
                               block_hex(key), hex(des.c[0]), hex(des.d[0]), remark)});
    for (unsigned n = 1; n <= 16; ++n) {
        const bool one = n == 1 || n == 2 || n == 9 || n == 16;
        const std::string subkey = fmt::format("{} = {}", indexed("K", n), hex(des.subkeys[n]));
        words.are(fmt::format("{}/round.{}", at, n),
                  {fmt::format("shift left by {}: {}", one ? 1 : 2, subkey),
                   fmt::format("Both halves turn left by {}: {} {} becomes {} {}, and {} {} becomes {} {}. What falls "
                               "off on the left comes back on the right. Permuted choice 2 then picks 48 of these 56 "
                               "bits: {}. Eight bits of C and D are not used in this round.",
                               one ? "1 place" : "2 places", indexed("C", n - 1), hex(des.c[n - 1]), indexed("C", n),
                               hex(des.c[n]), indexed("D", n - 1), hex(des.d[n - 1]), indexed("D", n), hex(des.d[n]),
                               subkey)});
    }
}

void check_ends(WordsOf& words, const std::string& at, const PlainBlock& b) {
    const auto ones = std::count(b.input.begin(), b.input.end(), '1');
    const std::string l0 = hex(b.after_ip.substr(0, 32)), r0 = hex(b.after_ip.substr(32));
    words.are(at + "/ip", {fmt::format("{} becomes L₀ {} and R₀ {}", hex(b.input), l0, r0),
                           fmt::format("The initial permutation moves the 64 bits of {} to other places and changes "
                                       "none: {} ones go in and {} come out. The result {} is cut in two: L₀ = {} and "
                                       "R₀ = {}. There is no secret in it.",
                                       hex(b.input), ones, ones, hex(b.after_ip), l0, r0)});
    words.are(at + "/swap", {fmt::format("R₁₆ L₁₆ = {}", hex(b.preoutput)),
                             fmt::format("After the last round the halves change places: R₁₆ = {} comes first and L₁₆ "
                                         "= {} second, which gives {}. Because of this the same machine deciphers "
                                         "when it is fed the subkeys in the other order.",
                                         hex(b.rounds[16].right_out), hex(b.rounds[16].left_out), hex(b.preoutput))});
    words.are(at + "/fp", {fmt::format("{} becomes {}", hex(b.preoutput), hex(b.output)),
                           fmt::format("The final permutation is the inverse of the initial one: it moves every bit of "
                                       "{} back to where its place was before, and {} leaves the cipher.",
                                       hex(b.preoutput), hex(b.output))});
}

void check_boxes(WordsOf& words, const std::string& at, const PlainRound& r) {
    for (unsigned box = 1; box <= 8; ++box) {
        const BitText six = r.mixed.substr(6 * box - 6, 6), four = r.s_out.substr(4 * box - 4, 4);
        const BitText outer{six[0], six[5]}, inner = six.substr(1, 4);
        const auto row = number_of(outer), column = number_of(inner), output = number_of(four);
        words.are(fmt::format("{}/sbox.{}", at, box),
                  {fmt::format("{} → row {}, column {} → {} = {}", six, row, column, output, four),
                   fmt::format("S-box {} reads {}, bits {} to {} of the mixed value: the outer bits {} choose row {}, "
                               "the inner bits {} choose column {}, so it gives {} = {}. Each row holds every number "
                               "of four bits once: four inputs, one a row, give this output, and the output alone does "
                               "not tell which it was. Decryption never turns a box round, it looks up in the same "
                               "direction. The boxes are the only part of DES that is not linear.",
                               box, six, 6 * box - 5, 6 * box, outer, row, inner, column, output, four)});
    }
}

void check_round(WordsOf& words, const std::string& at, unsigned n, unsigned subkey, const PlainRound& r) {
    const std::string left = indexed("L", n - 1), right = indexed("R", n - 1), new_left = indexed("L", n),
                      new_right = indexed("R", n), key = indexed("K", subkey);
    words.are(at, {fmt::format("{} = {}, {} = {}, with {}", new_left, hex(r.right_in), new_right,
                               hex(added(r.left_in, r.p_out)), key),
                   fmt::format("The right half {} = {} goes through f together with {} = {}; f gives {}. That is added "
                               "to the left half: {} ⊕ {} = {}, the new right half. The old right half becomes the new "
                               "left half unchanged: {} = {}.",
                               right, hex(r.right_in), key, hex(r.subkey), hex(r.p_out), hex(r.left_in), hex(r.p_out),
                               hex(r.right_out), new_left, hex(r.right_in))});
    words.are(at + "/expand", {fmt::format("E({}) = {}", right, hex(r.expanded)),
                               fmt::format("E reads the 32 bits of {} = {} in eight groups of four and borrows the "
                                           "neighbouring bit on each side, so that sixteen bits are used twice: 48 "
                                           "bits, {}. This is how one bit reaches two S-boxes.",
                                           right, hex(r.right_in), hex(r.expanded))});
    words.are(at + "/mix", {fmt::format("{} ⊕ {} = {}", hex(r.expanded), key, hex(r.mixed)),
                            fmt::format("The subkey {} is added bit by bit: {} ⊕ {} = {}. Where the subkey has a 1 the "
                                        "bit is turned over, where it has a 0 the bit stays. This is the only place "
                                        "where the key enters the round.",
                                        key, hex(r.expanded), hex(r.subkey), hex(r.mixed))});
    check_boxes(words, at, r);
    words.are(at + "/permute", {fmt::format("P({}) = {}", hex(r.s_out), hex(r.p_out)),
                                fmt::format("P moves the 32 bits that the eight S-boxes gave, {}, to new places: {}. "
                                            "The four bits of one box reach six boxes of the next round, for E gives "
                                            "two of them to two boxes each: so a change spreads.",
                                            hex(r.s_out), hex(r.p_out))});
    words.are(
        at + "/join",
        {fmt::format("{} ⊕ f = {}; {} = {}", left, hex(r.right_out), new_left, right),
         fmt::format("What f gave is added to the left half: {} = {} ⊕ {} = {}. The right half moves over "
                     "unchanged: {} = {} = {}. Adding the same value again would undo the round, so f itself "
                     "never has to be reversed.",
                     new_right, hex(r.left_in), hex(r.p_out), hex(r.right_out), new_left, right, hex(r.left_out))});
}

// The first, the middle and the last block of a message, with all of their rounds.
void check_blocks(WordsOf& words, const std::string& at, Mode mode, const std::vector<PlainSegment>& segments,
                  bool forwards) {
    const bool backwards = !forwards && (mode == Mode::ecb || mode == Mode::cbc);
    for (const std::size_t number : std::set{std::size_t{1}, (segments.size() + 1) / 2, segments.size()}) {
        const PlainBlock& b = segments[number - 1].block;
        const std::string block = fmt::format("{}/block.{}", at, number);
        check_ends(words, block, b);
        for (unsigned n = 1; n <= 16; ++n) {
            check_round(words, fmt::format("{}/round.{}", block, n), n, backwards ? 17 - n : n, b.rounds[n]);
        }
    }
}

constexpr const char* bad_parity = "bad parity: not every byte has an odd number of ones (DES ignores these bits)";

} // namespace

TEST_CASE("Words of DES: every number at its place, in every mode, direction and block", "[steps][words]") {
    Random random = Random::seeded("words_des_test");
    std::set<Kind> kinds;
    for (const Mode mode : every_mode) {
        const Padding padding = mode == Mode::ecb || mode == Mode::cbc ? Padding::pkcs7 : Padding::none;
        const std::uint64_t key = made_key(Number(std::to_string(random.block())), 23, dh::Kdf::low64).key;
        const std::uint64_t iv = random.block();
        const Bytes message = random_bytes(random, mode == Mode::cfb1 ? 3 : 21);
        const auto enciphered = plain_mode(mode, true, key, iv, with_padding(padding, message));
        const auto deciphered = plain_mode(mode, false, key, iv, outputs(enciphered));
        const DesSettings settings{.key = key, .mode = mode, .padding = padding};
        const Recording there = record_des(settings, Direction::encrypt, iv, message);
        const Recording back = record_des(settings, Direction::decrypt, iv, outputs(enciphered));
        WordsOf words_there(there, kinds), words_back(back, kinds);
        check_schedule(words_there, "schedule", key, "This key gives 16 different subkeys.");
        check_blocks(words_there, "message.1/encrypt", mode, enciphered, true);
        check_blocks(words_back, "message.1/decrypt", mode, deciphered, false);
    }
    CHECK(kinds == des_kinds);
}

TEST_CASE("Words of DES in an exchange: each side's schedule, and two messages each way", "[steps][words]") {
    std::set<Kind> kinds;
    for (const Mode mode : chat_modes) {
        const Recording r = exchange("toy23", dh::Kdf::sha256, mode,
                                     {{Role::client, "one"},
                                      {Role::server, "the second message"},
                                      {Role::server, "three"},
                                      {Role::client, "and the fourth one, which is longer"}},
                                     7);
        const std::uint64_t key = key_of(r);
        WordsOf words(r, kinds);
        for (const char* who : {"server", "client"}) {
            check_schedule(words, fmt::format("secret/{}.schedule", who), key, "This key gives 16 different subkeys.");
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const SentMessage& sent = *r.messages[i].sent;
            const Padding padding = mode == Mode::ctr ? Padding::none : Padding::pkcs7;
            const Bytes padded = with_padding(padding, sent.plaintext);
            const auto enciphered = plain_mode(mode, true, key, sent.iv.value_or(0), padded);
            const auto deciphered = plain_mode(mode, false, key, sent.iv.value_or(0), outputs(enciphered));
            check_blocks(words, fmt::format("message.{}/encrypt", i + 1), mode, enciphered, true);
            check_blocks(words, fmt::format("message.{}/decrypt", i + 1), mode, deciphered, false);
        }
    }
    CHECK(kinds == des_kinds);
}

TEST_CASE("Words of a key schedule: what is special about the key", "[steps][words]") {
    // NIST SP 800-67, section 3.3.2.
    const std::string weak =
        "weak key: its sixteen subkeys are all equal, so enciphering twice gives the plaintext back";
    const std::string semi_weak =
        "semi-weak key: it has only two different subkeys, and what it enciphers the key {} "
        "enciphers back";
    const std::pair<std::uint64_t, std::string> keys[] = {
        {0x0101010101010101, weak},
        {0xE0E0E0E0F1F1F1F1, weak},
        {0x0000000000000000, weak + "; " + bad_parity},
        {0x01FE01FE01FE01FE, fmt::format(fmt::runtime(semi_weak), "0xFE01FE01FE01FE01")},
        {0xE01FE01FF10EF10E, fmt::format(fmt::runtime(semi_weak), "0x1FE01FE00EF10EF1")},
        {0x1F1F01010E0E0101, "possibly weak key: it has only four different subkeys"},
        {0x0123456789ABCDEE, bad_parity},
    };
    std::set<Kind> kinds;
    for (const auto& [key, remark] : keys) {
        const Recording r = record_des({.key = key}, Direction::encrypt, 0, block_bytes(1));
        WordsOf words(r, kinds);
        check_schedule(words, "schedule", key, "Beware of this " + remark + ".");
    }
}
