#include "core/practice/ask_table.hpp"

#include <string>

namespace keyhole::practice {
namespace {

bool pads_as_pkcs7(const Trace& trace, const Step&) { return trace.recording().padding() == Padding::pkcs7; }
bool adds_chain_before(const Trace& trace, const Step& step) {
    const Pass& pass = trace.pass(step.node);
    return pass.mode == Mode::cbc && pass.direction == Direction::encrypt;
}
bool adds_chain_after(const Trace& trace, const Step& step) {
    const Pass& pass = trace.pass(step.node);
    return pass.mode == Mode::cbc && pass.direction == Direction::decrypt;
}
bool hashes(const Trace&, const Step& step) { return step.find("digest") != nullptr; }
bool takes_low_64(const Trace&, const Step& step) { return step.find("digest") == nullptr; }

// Numbers in a rule that are none of the question's are written as words, or with a zero in front: nobody shall take
// one for the answer.
constexpr std::string_view turn_c =
    "Turn the 28 bits of {c_in} to the left by {shift:places} (the shift of this round): what falls off on the left "
    "comes back on the right.";
constexpr std::string_view turn_d =
    "Turn the 28 bits of {d_in} to the left by {shift:places} (the shift of this round): what falls off on the left "
    "comes back on the right.";
constexpr std::string_view squarings =
    "Write the exponent {exponent} in binary: every digit costs a squaring, the first one included.";
constexpr std::string_view multiplications =
    "Write the exponent {exponent} in binary: every digit that is set costs a multiplication.";

} // namespace

// clang-format off
const std::vector<Ask>& asks() {
    using enum QuestionKind;
    using K = keyhole::Kind;
    static const std::string any_power =
        "{base} to the power {exponent} modulo {modulus}. Square and multiply does it: begin with one, take the exponent's binary digits "
        "from the top, square for each and multiply by {base} where the digit is set, always modulo {modulus}.";
    static const std::string own_power = "g raised to the private key: " + any_power;
    static const std::string shared_power = "The other side's public key raised to one's own private key: " + any_power;
    static const std::vector<Ask> all = {
        {ip, K::ip, "left_out", {"chained"},
         "The left half is the first half of IP, the first four rows of its table (58 50 42 .., 60 52 .., 62 .., 64 ..): these are the "
         "numbers of the bits of {chained}, counted from the left, that come to stand there, each row from its high number down in steps "
         "of eight."},
        {ip, K::ip, "right_out", {"chained"},
         "The right half is the second half of IP, the last four rows of its table (57 49 41 .., 59 51 .., 61 .., 63 ..): these are the "
         "numbers of the bits of {chained}, counted from the left, that come to stand there, each row from its high number down in steps "
         "of eight."},
        {ip, K::ip, "after_ip", {"chained"},
         "IP moves the bits of {chained}: its table (58 50 42 34 .., 60 52 .., and so on) names for every place, from the left, the number "
         "of the bit that comes there."},
        {expand, K::expand, "expanded", {"right_in"},
         "E cuts {right_in} into eight groups of four bits and gives each group its neighbours: the last bit of the group before it in "
         "front, the first bit of the group after it behind. The first and the last group are neighbours, too."},
        {mix, K::mix, "mixed", {"expanded", "subkey"},
         "{expanded} XOR {subkey}: a bit of the result is set where the two differ. In hex: digit by digit."},
        {sbox, K::sbox, "row", {"input"},
         "The outer two of the six bits {input:bits}, the first and the last, are the number of the row."},
        {sbox, K::sbox, "column", {"input"},
         "The inner four of the six bits {input:bits}, all but the first and the last, are the number of the column."},
        {sbox, K::sbox, "output", {"input"},
         "The first and the last bit of {input:bits} are the row of the box's table, the four between them the column, both counted from "
         "nought; what stands there is the output."},
        {permute, K::permute, "p_out", {"s_out"},
         "P moves the bits of {s_out}: its table (16 7 20 21, 29 12 28 17, and so on) names for every place, from the left, the number of "
         "the bit that comes there."},
        {join, K::join, "right_out", {"left_in", "p_out"},
         "The new right half is the old left half XOR what f gave: {left_in} XOR {p_out}."},
        {fp, K::fp, "output", {"preoutput"},
         "The final permutation moves the bits of {preoutput}: its table (40 8 48 16 56 24 64 32, 39 7 .., and so on) names for every "
         "place, from the left, the number of the bit that comes there."},
        {schedule, K::schedule, "c", {"key"},
         "C0 is the first half of PC-1 (57 49 41 33 25 17 9, 1 58 50 .., and so on): the numbers of the bits of {key}, counted from the "
         "left; every eighth bit is left out."},
        {schedule, K::schedule, "d", {"key"},
         "D0 is the second half of PC-1 (63 55 47 39 31 23 15, 7 62 54 .., and so on): the numbers of the bits of {key}, counted from the "
         "left; every eighth bit is left out."},
        {schedule, K::schedule_round, "c", {"c_in", "shift"}, turn_c},
        {schedule, K::schedule_round, "d", {"d_in", "shift"}, turn_d},
        {schedule, K::schedule_round, "subkey", {"c", "d"},
         "PC-2 (14 17 11 24 01 05, 03 28 15 .., and so on) names for every place of the subkey the number of a bit of {c} {d}: 01 to 28 "
         "stand in C, 29 to 56 in D."},
        {pad, K::pad, "padding_bytes", {"length"},
         "The message is filled up to the next multiple of eight bytes above {length}; one that is whole blocks already gets a whole one "
         "more.", pads_as_pkcs7},
        {pad, K::pad, "padding_byte", {"length"},
         "Each byte of padding says how many there are: as many as {length} bytes lack to the next multiple of eight above.",
         pads_as_pkcs7},
        {pad, K::pad, "padded_length", {"length"},
         "The message is filled up to the next multiple of eight bytes above {length}, never to the same length.", pads_as_pkcs7},
        {pad, K::pad, "blocks", {"length"},
         "A block is eight bytes, and {length} bytes get at least one more before they are cut into blocks.", pads_as_pkcs7},
        {pad, K::unpad, "padding_bytes", {"padded"},
         "The last byte of {padded} says how many bytes of padding there are.", pads_as_pkcs7},
        {pad, K::unpad, "length", {"padded"},
         "Count the bytes of {padded}, two digits each; the last one says how many of them are padding.", pads_as_pkcs7},
        {chain, K::block, "chained", {"input", "previous"},
         "CBC adds the ciphertext block before (before the first one the IV) to the block: {input} XOR {previous}.", adds_chain_before},
        {chain, K::block, "result", {"output", "previous"},
         "CBC takes the ciphertext block before (before the first one the IV) off again, from what the cipher gave: {output} XOR "
         "{previous}.", adds_chain_after},
        {chain, K::block, "result", {"input", "key_stream"},
         "This mode never enciphers the text itself: it adds a key stream to it: {input} XOR {key_stream}."},
        {parity, K::derive, "key", {"raw"},
         "Seven bits of each byte of {raw} stay; the lowest is set so that the byte has an odd number of ones."},
        {weak, K::schedule, "distinct_subkeys", {"key", "c", "d"},
         "Every subkey is made of C and D turned to the left. Look at {c} and {d} in bits: a half of equal bits is the same however far it "
         "is turned, one that repeats after two or after four bits soon becomes itself again; any other makes all subkeys differ."},
        {modexp, K::bit, "squared", {"before", "modulus"},
         "Every bit squares the running value: {before} times {before}, and of that the remainder modulo {modulus}."},
        {modexp, K::bit, "multiplied", {"squared", "base", "modulus"},
         "The bit is set, so what was squared is multiplied by the base: {squared} times {base}, and of that the remainder modulo "
         "{modulus}."},
        {modexp, K::modexp, "result", {"base", "exponent", "modulus"}, any_power},
        {modexp, K::modexp, "squarings", {"exponent"}, squarings},
        {modexp, K::modexp, "multiplications", {"exponent"}, multiplications},
        {public_key, K::public_key, "public_key", {"base", "exponent", "modulus"}, own_power},
        {public_key, K::public_key, "squarings", {"exponent"}, squarings},
        {public_key, K::public_key, "multiplications", {"exponent"}, multiplications},
        {shared, K::shared, "shared_secret", {"base", "exponent", "modulus"}, shared_power},
        {shared, K::shared, "squarings", {"exponent"}, squarings},
        {shared, K::shared, "multiplications", {"exponent"}, multiplications},
        {derive, K::derive, "raw", {"digest"},
         "The first eight bytes of the digest {digest} become the key; parity comes later.", hashes},
        {derive, K::derive, "key", {"digest"},
         "Take the first eight bytes of the digest {digest}; then the lowest bit of each byte is set so that the byte has an odd number of "
         "ones.", hashes},
        {derive, K::derive, "key", {"secret"},
         "low64: the lowest eight bytes of the secret {secret}, with zeros in front where there are fewer; then the lowest bit of each byte "
         "is set so that the byte has an odd number of ones, in bytes of zeros, too.", takes_low_64},
    };
    return all;
}
// clang-format on

} // namespace keyhole::practice
