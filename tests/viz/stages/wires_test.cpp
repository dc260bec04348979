// Which bits belong together in the pictures of a round and of the key schedule, against the tables of FIPS 46-3 as the
// standard prints them, written out here once more.
#include "tests/support/catch.hpp"

#include <array>
#include <set>

#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/round/origin_model.hpp"
#include "viz/stages/round/round_picture.hpp"
#include "viz/stages/schedule/schedule_model.hpp"
#include "viz/stages/schedule/schedule_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

using Names = std::set<std::string>;

constexpr std::array<unsigned, 48> e = {32, 1,  2,  3,  4,  5,  4,  5,  6,  7,  8,  9,  8,  9,  10, 11,
                                        12, 13, 12, 13, 14, 15, 16, 17, 16, 17, 18, 19, 20, 21, 20, 21,
                                        22, 23, 24, 25, 24, 25, 26, 27, 28, 29, 28, 29, 30, 31, 32, 1};
constexpr std::array<unsigned, 32> p = {16, 7, 20, 21, 29, 12, 28, 17, 1,  15, 23, 26, 5,  18, 31, 10,
                                        2,  8, 24, 14, 32, 27, 3,  9,  19, 13, 30, 6,  22, 11, 4,  25};
constexpr std::array<unsigned, 56> pc_1 = {57, 49, 41, 33, 25, 17, 9,  1,  58, 50, 42, 34, 26, 18, 10, 2,  59, 51, 43,
                                           35, 27, 19, 11, 3,  60, 52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7,  62, 54,
                                           46, 38, 30, 22, 14, 6,  61, 53, 45, 37, 29, 21, 13, 5,  28, 20, 12, 4};
constexpr std::array<unsigned, 48> pc_2 = {14, 17, 11, 24, 1,  5,  3,  28, 15, 6,  21, 10, 23, 19, 12, 4,
                                           26, 8,  16, 7,  27, 20, 13, 2,  41, 52, 31, 37, 47, 55, 30, 40,
                                           51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32};
constexpr std::array<unsigned, 16> turns = {1, 2, 4, 6, 8, 10, 12, 14, 15, 17, 19, 21, 23, 25, 27, 28}; // in all

// The key bit at that place (1 to 56) of C and D after round `n`; 0: before the first.
unsigned key_bit_at(unsigned place, unsigned n) {
    const unsigned turned = n == 0 ? 0 : turns[n - 1], half = place <= 28 ? 0 : 28;
    return pc_1[half + (place - half - 1 + turned) % 28];
}

// What bit `position` of the lane is made of and goes into, within one round.
Names companions(Lane lane, unsigned position, unsigned n, unsigned key) {
    std::array<std::set<unsigned>, lane_count> lit;
    const auto at = [&](Lane which) -> std::set<unsigned>& { return lit[index(which)]; };
    at(lane).insert(position);
    // Down: E, the sum, the box, P, the sum with L; R goes over as it is.
    const auto down = [&] {
        for (unsigned i = 1; i <= 48; ++i) {
            if (at(Lane::right_in).contains(e[i - 1])) at(Lane::expanded).insert(i);
            if (at(Lane::expanded).contains(i) || at(Lane::subkey).contains(i)) at(Lane::mixed).insert(i);
            if (!at(Lane::mixed).contains(i)) continue;
            for (unsigned out = 1; out <= 4; ++out) at(Lane::s_out).insert((i - 1) / 6 * 4 + out);
        }
        for (unsigned i = 1; i <= 32; ++i) {
            if (at(Lane::s_out).contains(p[i - 1])) at(Lane::p_out).insert(i);
            if (at(Lane::p_out).contains(i) || at(Lane::left_in).contains(i)) at(Lane::right_out).insert(i);
            if (at(Lane::right_in).contains(i)) at(Lane::left_out).insert(i);
        }
    };
    const auto up = [&] {
        for (unsigned i = 1; i <= 32; ++i) {
            if (at(Lane::left_out).contains(i)) at(Lane::right_in).insert(i);
            if (at(Lane::right_out).contains(i)) {
                at(Lane::p_out).insert(i);
                at(Lane::left_in).insert(i);
            }
            if (at(Lane::p_out).contains(i)) at(Lane::s_out).insert(p[i - 1]);
        }
        for (unsigned i = 1; i <= 48; ++i) {
            for (unsigned out = 1; out <= 4; ++out) {
                if (at(Lane::s_out).contains((i - 1) / 6 * 4 + out)) at(Lane::mixed).insert(i);
            }
            if (!at(Lane::mixed).contains(i)) continue;
            at(Lane::expanded).insert(i);
            at(Lane::subkey).insert(i);
        }
        for (unsigned i = 1; i <= 48; ++i) {
            if (at(Lane::expanded).contains(i)) at(Lane::right_in).insert(e[i - 1]);
        }
    };
    down();
    const auto after = lit;
    lit = {};
    at(lane).insert(position);
    up();
    const std::array<std::string, lane_count> ids = {
        fmt::format("R{}", n - 1), fmt::format("E{}", n),    fmt::format("K{}", key),
        fmt::format("B{}", n),     fmt::format("Sout{}", n), fmt::format("P{}", n),
        fmt::format("L{}", n - 1), fmt::format("R{}", n),    fmt::format("L{}", n)};
    Names names;
    for (std::size_t i = 0; i < lane_count; ++i) {
        for (const auto& row : {lit[i], after[i]}) {
            for (const unsigned bit : row) names.insert(fmt::format("{}.{}", ids[i], bit));
        }
    }
    return names;
}

} // namespace

TEST_CASE("Each bit of each subkey is the key bit that the standard's tables make it", "[viz][picture]") {
    for (unsigned n = 1; n <= 16; ++n) {
        std::set<unsigned> used;
        for (unsigned i = 1; i <= 48; ++i) {
            CAPTURE(n, i);
            const unsigned key_bit = key_bit_at(pc_2[i - 1], n);
            CHECK(key_bit_of(n, i) == key_bit);
            CHECK(subkey_places(key_bit)[n - 1] == i);
            used.insert(key_bit);
        }
        for (unsigned bit = 1; bit <= 64; ++bit) {
            if (!used.contains(bit)) CHECK(subkey_places(bit)[n - 1] == 0);
        }
    }
}

TEST_CASE("A key bit that is followed is lit where PC-1, the turns and PC-2 carry it, in every round",
          "[viz][picture]") {
    DrawnStage drawing(record_des({.key = 0x0123456789ABCDEF}, Direction::encrypt, 0, Bytes(8)));
    for (unsigned n = 1; n <= 16; ++n) {
        for (unsigned bit = n % 5 + 1; bit <= 64; bit += 7) {
            CAPTURE(n, bit);
            Names expected{fmt::format("key.{}", bit)};
            for (unsigned place = 1; place <= 56; ++place) {
                const auto name = [&](unsigned round) {
                    return fmt::format("{}{}.{}", place <= 28 ? "C" : "D", round, place <= 28 ? place : place - 28);
                };
                for (const unsigned round : {0U, n - 1, n}) {
                    if (key_bit_at(place, round) == bit) expected.insert(name(round));
                }
            }
            for (unsigned i = 1; i <= 48; ++i) {
                if (key_bit_at(pc_2[i - 1], n) == bit) expected.insert(fmt::format("K{}.{}", n, i));
            }
            drawing.state.followed = static_cast<Item>(bit);
            CHECK(followed_cells(drawing.at(fmt::format("schedule/round.{}", n), stage_rooms[1])) == expected);
        }
    }
}

TEST_CASE("A bit of the round that is followed lights what it is made of and what it goes into", "[viz][picture]") {
    for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
        DrawnStage drawing(samples::workbench(direction, Mode::ecb, 8));
        const bool encrypts = direction == Direction::encrypt;
        for (unsigned n = 1; n <= 16; n += 5) {
            const std::string where = fmt::format("message.1/{}/block.1/round.{}", encrypts ? "encrypt" : "decrypt", n);
            for (std::size_t lane = 0; lane < lane_count; ++lane) {
                const unsigned width = lane_width(static_cast<Lane>(lane));
                for (unsigned i = n; i <= width; i += 5) {
                    CAPTURE(where, lane, i);
                    const BitRef bit{static_cast<Lane>(lane), i};
                    drawing.state.followed = item_of(bit);
                    CHECK(followed_cells(drawing.at(where, stage_rooms[1])) ==
                          companions(bit.lane, i, n, encrypts ? n : 17 - n));
                }
            }
        }
    }
}
