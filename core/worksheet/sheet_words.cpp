#include "core/worksheet/sheet_words.hpp"

#include <algorithm>
#include <utility>

namespace keyhole::worksheet {
namespace {

using Line = std::pair<std::string_view, std::string_view>;

constexpr Line of_rounds[] = {
    {"left_in", "L before the round"}, {"right_in", "R before the round"}, {"expanded", "E of right_in"},
    {"subkey", "K of the round"},      {"mixed", "expanded XOR subkey"},   {"s_out", "the eight boxes' outputs"},
    {"p_out", "P of s_out"},           {"left_out", "right_in"},           {"right_out", "left_in XOR p_out"},
};
constexpr Line of_boxes[] = {
    {"input", "six bits of mixed"},
    {"row", "first and last bit"},
    {"column", "the four between"},
    {"output", "what stands there"},
};
constexpr Line of_blocks[] = {
    {"key", "the DES key"},        {"input", "the block of the message"},       {"chained", "what enters IP"},
    {"after_ip", "IP of chained"}, {"preoutput", "R16 and L16, in this order"}, {"output", "IP inverse of preoutput"},
};
constexpr Line of_schedule[] = {
    {"shift", "places to the left"},
    {"c", "C, turned"},
    {"d", "D, turned"},
    {"subkey", "PC-2 of C and D"},
};
constexpr Line of_power[] = {
    {"bit_index", "from the top"},
    {"bit", "0 or 1"},
    {"action", "square or multiply"},
    {"value", "modulo the modulus"},
};

template <std::size_t N>
std::string_view find(const Line (&lines)[N], std::string_view column) {
    const auto* line = std::ranges::find(lines, column, &Line::first);
    return line == std::end(lines) ? std::string_view() : line->second;
}

} // namespace

std::string_view heading(SheetKind kind) {
    switch (kind) {
        case SheetKind::sbox: return "The S-boxes of DES";
        case SheetKind::round: return "A round of DES";
        case SheetKind::schedule: return "The key schedule of DES";
        case SheetKind::block: return "A block through DES";
        case SheetKind::modexp: return "Square and multiply";
        case SheetKind::handshake: return "Diffie-Hellman by hand";
        default: return "A message into blocks";
    }
}

std::vector<std::string_view> tasks(SheetKind kind) {
    switch (kind) {
        case SheetKind::sbox:
            return {
                "Write each input (0 to 63) as six bits.",
                "The first and the last bit make the row (0 to 3), the four bits between them the column (0 to 15).",
                "Look up the output (0 to 15) in the box of that number. Write all three as decimal numbers."};
        case SheetKind::round:
            return {"Write right_in as 32 bits and expand it with E to 48 bits.",
                    "XOR that with the subkey, and cut the result into eight inputs of six bits.",
                    "Look up every input in its S-box: row from the outer bits, column from the inner ones.",
                    "Join the eight outputs, permute them with P, and XOR that with left_in: the new right half.",
                    "The old right half becomes the new left half.",
                    "Rows, columns, inputs and outputs of boxes are decimal numbers, everything else is hexadecimal."};
        case SheetKind::schedule:
            return {"PC-1 picks 56 bits of the key: the first 28 are C, the others D. C is given; find D.",
                    "In each round turn both halves to the left, by one or two places as the table of shifts says.",
                    "PC-2 picks 48 of the 56 bits of C and D: the subkey. Write halves with seven, subkeys with twelve "
                    "hexadecimal digits."};
        case SheetKind::block:
            return {
                "Permute the block with IP and cut it into left and right half.",
                "Sixteen times: expand the right half, XOR the subkey, look up the boxes, permute with P, XOR the left "
                "half. Each round begins with the halves with which the one before ended.",
                "Put the halves of round 16 together with the right one first, and permute them with the inverse of "
                "IP."};
        case SheetKind::modexp:
            return {"Write the exponent in binary. The running value starts at 1.",
                    "Take the bits from the top: square for every bit, and multiply by the base after it where the bit "
                    "is 1.",
                    "Take the remainder modulo the modulus each time. The last value is base to the power exponent."};
        case SheetKind::handshake:
            return {"Each side raises g to its private key, modulo p: its public key.",
                    "Each side raises the other's public key to its own private key, modulo p: the shared secret. Both "
                    "should get the same.",
                    "raw are the lowest 64 bits of the secret (low64), as 16 hexadecimal digits. For the key, set the "
                    "lowest bit of every byte so that the byte has an odd number of ones."};
        default:
            return {
                "Write the text as bytes (ASCII, two hexadecimal digits a character) in blocks of eight, and fill up "
                "the last one by PKCS#7: so many bytes are added, each with that number as its value.",
                "Chain as CBC does: XOR each block with the output of the block before, the first one with the IV.",
                "Permute with IP. What the sixteen rounds make of it is given as preoutput; permute that with the "
                "inverse of IP: the output, which the next block is chained with."};
    }
}

std::string_view how_made(SheetKind kind, std::string_view file, std::string_view column) {
    if (file == "sboxes.csv") return find(of_boxes, column);
    if (file == "rounds.csv") return find(of_rounds, column);
    if (file == "keyschedule.csv") return find(of_schedule, column);
    if (file == "modexp.csv") return find(of_power, column);
    if (file != "blocks.csv") return {};
    if (kind == SheetKind::message && column == "input") return "the text as bytes, padded";
    if (kind == SheetKind::message && column == "chained") return "input XOR the output before";
    return find(of_blocks, column);
}

} // namespace keyhole::worksheet
