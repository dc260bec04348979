#include "core/lab/criteria.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <set>

#include "core/lab/ddt.hpp"
#include "core/lab/lat.hpp"

namespace keyhole::lab {
namespace {

// DES's own figures, where the paper gives no bound: the worst single output bit is one of S7, the best three boxes are
// S1, S2 and S3 with a chance of 14/64 * 8/64 * 10/64 = 1/234.
constexpr int des_closest_bit = 18;
constexpr unsigned des_three_boxes = 14 * 8 * 10;

// The largest share by which one output bit agrees or disagrees with a sum of input bits: 32 would be linear.
int closest_bit(const Lat& lat) {
    int closest = 0;
    for (const auto& row : lat) {
        for (const unsigned bit : {1U, 2U, 4U, 8U}) closest = std::max(closest, std::abs(row[bit]));
    }
    return closest;
}

std::size_t fewest_in_a_row(const des::SBox& box) {
    std::size_t fewest = 16;
    for (const auto& row : box) fewest = std::min(fewest, std::set<unsigned>(row.begin(), row.end()).size());
    return fewest;
}

// The fewest output bits that change where the input changes by one of the differences.
int fewest_changes(const Ddt& ddt, std::initializer_list<unsigned> differences) {
    int fewest = 4;
    for (const unsigned in : differences) {
        for (unsigned out = 0; out < 16; ++out) {
            if (ddt[in][out] != 0) fewest = std::min(fewest, std::popcount(out));
        }
    }
    return fewest;
}

unsigned pairs_that_collide(const Ddt& ddt) {
    unsigned pairs = 0;
    for (const unsigned in : {0b110000U, 0b110100U, 0b111000U, 0b111100U}) pairs += ddt[in][0] / 2;
    return pairs;
}

unsigned most_pairs(const Ddt& ddt) {
    unsigned most = 0;
    for (unsigned in = 1; in < 64; ++in) most = std::max(most, *std::ranges::max_element(ddt[in]));
    return most / 2;
}

// Of 64^3 inputs, those in which the differences of three neighbouring groups of R vanish; the outer bits of the outer
// groups are 0, because they also enter the boxes beside them.
unsigned three_boxes(const Ddt& first, const Ddt& second, const Ddt& third) {
    unsigned most = 0;
    for (unsigned a = 1; a < 8; ++a) {
        for (unsigned b = 0; b < 16; ++b) {
            for (unsigned c = 2; c < 16; c += 2) {
                const unsigned in_1 = a << 1 | b >> 3, in_2 = (a & 1) << 5 | b << 1 | c >> 3,
                               in_3 = (b & 1) << 5 | c << 1;
                if (in_2 != 0) most = std::max(most, first[in_1][0] * second[in_2][0] * third[in_3][0]);
            }
        }
    }
    return most;
}

} // namespace

std::vector<CriterionResult> box_criteria(const des::SBox& box, unsigned number) {
    const Ddt ddt = difference_table(box);
    const int closest = closest_bit(approximation_table(box));
    const std::size_t in_row = fewest_in_a_row(box);
    const int one_bit = fewest_changes(ddt, {1, 2, 4, 8, 16, 32}), middle = fewest_changes(ddt, {0b001100});
    const unsigned collisions = pairs_that_collide(ddt), most = most_pairs(ddt);
    return {
        {"S-1", number, true, "six bits in, four bits out", "64 inputs, outputs 0 to 15"},
        {"S-2", number, closest <= des_closest_bit,
         fmt::format("no output bit close to a sum of input bits (the paper gives no number; DES's own worst is {} "
                     "agreements of 64)",
                     32 + des_closest_bit),
         fmt::format("closest: {} of 64", 32 + closest)},
        {"S-3", number, in_row == 16, "each row has every output once",
         fmt::format("different outputs in the poorest row: {}", in_row)},
        {"S-4", number, one_bit >= 2, "inputs that differ in one bit: outputs differ in at least two",
         fmt::format("fewest: {}", one_bit)},
        {"S-5", number, middle >= 2, "inputs that differ in the two middle bits: outputs differ in at least two",
         fmt::format("fewest: {}", middle)},
        {"S-6", number, collisions == 0,
         "inputs that differ in the first two bits and agree in the last two: different outputs",
         fmt::format("pairs of {} with equal outputs: {}", 4 * 32, collisions)},
        {"S-7", number, most <= 8, "of the 32 pairs with the same difference at most 8 have the same output difference",
         fmt::format("most: {}", most)},
    };
}

CriterionResult joint_criterion(const std::array<des::SBox, 8>& boxes) {
    std::array<Ddt, 8> ddts;
    std::ranges::transform(boxes, ddts.begin(), difference_table);
    unsigned most = 0, first = 1;
    for (unsigned box = 0; box < 8; ++box) {
        const unsigned found = three_boxes(ddts[box], ddts[(box + 1) % 8], ddts[(box + 2) % 8]);
        if (found <= most) continue;
        most = found;
        first = box + 1;
    }
    return {"S-8", 0, most <= des_three_boxes,
            "a difference in three neighbouring boxes seldom leaves none (the paper gives no number; DES's own is 1 in "
            "234)",
            most == 0 ? "never"
                      : fmt::format("at most 1 in {:.1f} (S{}, S{}, S{})", 262144.0 / most, first, first % 8 + 1,
                                    (first + 1) % 8 + 1)};
}

bool all_met(std::span<const CriterionResult> results) { return std::ranges::all_of(results, &CriterionResult::met); }

} // namespace keyhole::lab
