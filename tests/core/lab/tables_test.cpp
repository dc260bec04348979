// The boxes' two tables and the design criteria, against counts made here in another way.
#include <cmath>
#include <map>

#include "core/lab/criteria.hpp"
#include "core/lab/ddt.hpp"
#include "core/lab/lat.hpp"
#include "core/lab/table_csv.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/words/plain_des.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

// What a box gives, by the words of the standard.
BitText plain_output(unsigned box, unsigned six) {
    static const PlainDes des(0);
    return des.box(box, bit_text(six, 6));
}

bool even(const BitText& bits, const BitText& mask) {
    int ones = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) ones += bits[i] == '1' && mask[i] == '1' ? 1 : 0;
    return ones % 2 == 0;
}

} // namespace

TEST_CASE("The difference tables count pairs of inputs", "[lab]") {
    for (unsigned box = 1; box <= 8; ++box) {
        const lab::Ddt table = lab::difference_table(des::s_boxes[box - 1]);
        for (unsigned in = 0; in < 64; ++in) {
            std::map<BitText, unsigned> counted;
            for (unsigned x = 0; x < 64; ++x) ++counted[added(plain_output(box, x), plain_output(box, x ^ in))];
            for (unsigned out = 0; out < 16; ++out) {
                CAPTURE(box, in, out);
                REQUIRE(table[in][out] == counted[bit_text(out, 4)]);
                REQUIRE(lab::inputs_of_difference(des::s_boxes[box - 1], in, out).size() == table[in][out]);
            }
        }
    }
}

TEST_CASE("The linear tables count agreements, less 32", "[lab]") {
    for (unsigned box = 1; box <= 8; ++box) {
        const lab::Lat table = lab::approximation_table(des::s_boxes[box - 1]);
        std::array<BitText, 64> outputs;
        for (unsigned x = 0; x < 64; ++x) outputs[x] = plain_output(box, x);
        for (unsigned in = 0; in < 64; ++in) {
            for (unsigned out = 0; out < 16; ++out) {
                int agreements = 0;
                for (unsigned x = 0; x < 64; ++x)
                    agreements += even(bit_text(x, 6), bit_text(in, 6)) == even(outputs[x], bit_text(out, 4)) ? 1 : 0;
                CAPTURE(box, in, out);
                REQUIRE(table[in][out] == agreements - 32);
            }
        }
    }
    // Matsui's table of S5 (EUROCRYPT '93): 12 agreements for the masks 16 and 15.
    CHECK(lab::approximation_table(des::s_boxes[4])[16][15] == 12 - 32);
    CHECK(lab::largest_entry(lab::approximation_table(des::s_boxes[4])) == 20);
}

TEST_CASE("A table's CSV names differences in its header and has 64 rows", "[lab]") {
    const std::string csv = lab::table_csv(lab::difference_table(des::s_boxes[0]), "input_difference");
    CHECK(csv.starts_with("input_difference,0x0,0x1,"));
    CHECK(csv.find("\r\n0x00,64,0,0,") != std::string::npos);
    // Biham and Shamir (1991), table of S1: 34 makes 2 for 16 of 64 inputs.
    CHECK(csv.find("\r\n0x34,0,8,16,6,2,0,0,12,6,0,0,0,0,8,0,6\r\n") != std::string::npos);
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 65);
}

TEST_CASE("DES meets every design criterion, and a linear box fails the ones that it should", "[lab]") {
    for (unsigned box = 1; box <= 8; ++box) {
        CAPTURE(box);
        CHECK(lab::all_met(lab::box_criteria(des::s_boxes[box - 1], box)));
    }
    CHECK(lab::joint_criterion(des::s_boxes).met);
    CHECK(lab::joint_criterion(des::s_boxes).measured == "at most 1 in 234.1 (S1, S2, S3)");

    des::SBox linear{};
    for (auto& row : linear) {
        for (unsigned column = 0; column < 16; ++column) row[column] = static_cast<std::uint8_t>(column);
    }
    std::map<std::string, bool> met;
    for (const auto& result : lab::box_criteria(linear, 1)) met[result.name] = result.met;
    CHECK(met == std::map<std::string, bool>{{"S-1", true},
                                             {"S-2", false},
                                             {"S-3", true},
                                             {"S-4", false},
                                             {"S-5", true},
                                             {"S-6", true},
                                             {"S-7", false}});
}

TEST_CASE("One changed entry of a box is found by the criterion of its rows", "[lab]") {
    des::SBox box = des::s_boxes[2];
    box[1][4] = box[1][5];
    std::map<std::string, bool> met;
    for (const auto& result : lab::box_criteria(box, 3)) met[result.name] = result.met;
    REQUIRE(met.contains("S-3"));
    CHECK_FALSE(met["S-3"]);
}
