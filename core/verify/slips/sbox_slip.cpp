#include "core/verify/slips/sbox_slip.hpp"

#include <algorithm>

#include "core/base/bits.hpp"
#include "core/des/des.hpp"

namespace keyhole::verify {
namespace {

using Six = std::uint64_t;

struct Slip {
    const char* words;
    std::uint64_t (*row)(Six) = outer_bits;
    std::uint64_t (*column)(Six) = inner_bits;
    unsigned (*box)(unsigned) = [](unsigned number) { return number; };
    std::uint64_t (*output)(std::uint64_t) = [](std::uint64_t four) { return four; };
    unsigned down = 0, right = 0; // from the row and the column, in the printed table, to the entry that was read
};

std::uint64_t first_two(Six six) { return six >> 4; }
std::uint64_t last_two(Six six) { return six & 3; }
std::uint64_t first_four(Six six) { return six >> 2; }
std::uint64_t last_four(Six six) { return six & 15; }
std::uint64_t swapped_outer(Six six) { return outer_bits(mirrored(six, 6)); }
std::uint64_t mirrored_inner(Six six) { return inner_bits(mirrored(six, 6)); }
std::uint64_t mirrored_four(std::uint64_t four) { return mirrored(four, 4); }

const Slip slips[] = {
    {.words = "the first two bits chose the row and the last four the column", .row = first_two, .column = last_four},
    {.words = "the last two bits chose the row and the first four the column", .row = last_two, .column = first_four},
    {.words = "the first two bits chose the row", .row = first_two},
    {.words = "the last two bits chose the row", .row = last_two},
    {.words = "the two bits of the row were swapped", .row = swapped_outer},
    {.words = "the last four bits chose the column", .column = last_four},
    {.words = "the first four bits chose the column", .column = first_four},
    {.words = "the bits of the column were counted from the other end", .column = mirrored_inner},
    {.words = "the six bits were counted from the other end", .row = swapped_outer, .column = mirrored_inner},
    {.words = "the boxes were taken in the opposite order", .box = [](unsigned number) { return 9 - number; }},
    {.words = "the box after it was taken", .box = [](unsigned number) { return number % 8 + 1; }},
    {.words = "the box before it was taken", .box = [](unsigned number) { return (number + 6) % 8 + 1; }},
    {.words = "S1 was taken for all boxes", .box = [](unsigned) { return 1U; }},
    {.words = "the four bits of the output are in the opposite order", .output = mirrored_four},
};

// All eight boxes of a round bear them out, or they are not named: of one output alone they would be guesses.
const Slip slips_of_entry[] = {
    {.words = "the row below was read (below the last one the first)", .down = 1},
    {.words = "the row above was read (above the first one the last)", .down = 3},
    {.words = "the column to the right was read (after the last one the first)", .right = 1},
    {.words = "the column to the left was read (before the first one the last)", .right = 15},
    {.words = "row and column were counted from 1 instead of 0 (before the first one the last)",
     .down = 3,
     .right = 15},
};

const Slip rightly{.words = ""};
constexpr const char* standards_boxes = "the standard's S-boxes were used, not those of this variant";

bool explains(const Slip& slip, unsigned box, const BoxSight& seen, const des::Variant& variant) {
    const bool of_the_entry = slip.down != 0 || slip.right != 0;
    if (!seen.input || (of_the_entry && !seen.output)) return false;
    const std::uint64_t row = slip.row(*seen.input), column = slip.column(*seen.input);
    const std::uint8_t entry = six_bits((row + slip.down) % 4, (column + slip.right) % 16);
    const std::uint64_t output = slip.output(des::select(slip.box(box), entry, variant).output);
    return seen.row.value_or(row) == row && seen.column.value_or(column) == column &&
           seen.output.value_or(output) == output;
}

bool explains(const Slip& slip, const BoxSights& boxes, const des::Variant& variant) {
    for (unsigned box = 1; box <= 8; ++box) {
        if (!explains(slip, box, boxes[box - 1], variant)) return false;
    }
    return true;
}

} // namespace

Causes sbox_slips(const BoxSights& boxes, const des::Variant& variant) {
    Causes out;
    for (const Slip& slip : slips) {
        if (explains(slip, boxes, variant)) out.emplace_back(slip.words);
    }
    for (const Slip& slip : slips_of_entry) {
        if (explains(slip, boxes, variant)) out.emplace_back(slip.words);
    }
    if (variant.changes_boxes() && explains(rightly, boxes, standard)) out.emplace_back(standards_boxes);
    return out;
}

Causes sbox_slips(unsigned box, const BoxSight& sight, const des::Variant& variant) {
    Causes out;
    for (const Slip& slip : slips) {
        if (explains(slip, box, sight, variant)) out.emplace_back(slip.words);
    }
    if (variant.changes_box(box) && explains(rightly, box, sight, standard)) out.emplace_back(standards_boxes);
    return out;
}

Causes sbox_slips(std::uint64_t mixed, std::uint64_t s_out, const des::Variant& variant) {
    BoxSights boxes;
    BoxSights from_right; // S8's output first
    for (unsigned box = 1; box <= 8; ++box) {
        boxes[box - 1].input = from_right[box - 1].input = bit_slice(mixed, 48, 6 * box - 5, 6);
        boxes[box - 1].output = bit_slice(s_out, 32, 4 * box - 3, 4);
        from_right[8 - box].output = boxes[box - 1].output;
    }
    Causes out = sbox_slips(boxes, variant);
    if (explains(rightly, from_right, variant)) out.emplace_back("the eight outputs are in the opposite order");
    return out;
}

} // namespace keyhole::verify
