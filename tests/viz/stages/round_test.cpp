// The round's picture: the bits of both halves by the standard's names, and what lights up with a bit that is followed.
#include "tests/support/catch.hpp"

#include <set>

#include "core/des/des_tables.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/round/round_model.hpp"
#include "viz/stages/round/round_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

const std::string round_5 = "message.1/encrypt/block.1/round.5";

} // namespace

TEST_CASE("A round's picture has every bit of every row once, under the standard's name", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    const Picture picture = drawing.at(round_5, stage_rooms[1]);
    std::multiset<std::string> ids;
    for (const Shape& shape : picture.shapes) ids.insert(shape.id);
    for (const char* row : {"R4", "L4", "R5", "L5", "Sout5", "P5"}) {
        for (unsigned i = 1; i <= 32; ++i) CHECK(ids.count(fmt::format("{}.{}", row, i)) == 1);
    }
    for (const char* row : {"E5", "K5", "B5"}) {
        for (unsigned i = 1; i <= 48; ++i) CHECK(ids.count(fmt::format("{}.{}", row, i)) == 1);
    }
    for (unsigned box = 1; box <= 8; ++box) CHECK(ids.count(fmt::format("S{}", box)) == 1);
    const auto cell = [&](const char* id) { return std::get<shape::Cell>(picture.find(id)->form); };
    const auto right = std::get<Bits>(drawing.trace().step(drawing.trace().tree().at(round_5)).values[1].datum).value;
    for (unsigned i = 1; i <= 32; ++i)
        CHECK(cell(fmt::format("R4.{}", i).c_str()).filled == (bit_at(right, 32, i) != 0));
}

TEST_CASE("The S-box table chooses the cell that the round computed", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::decrypt, Mode::ecb, 16));
    const std::string box = "message.1/decrypt/block.1/round.16/sbox.5";
    const Picture picture = drawing.at(box, stage_rooms[1]);
    const des::SboxTrace& s = drawing.trace().round(drawing.trace().tree().at(box)).sboxes[4];
    for (unsigned row = 0; row < 4; ++row) {
        for (unsigned column = 0; column < 16; ++column) {
            const Shape* cell = picture.find(fmt::format("S5.{}.{}", row, column));
            REQUIRE(cell != nullptr);
            const bool chosen = std::get<shape::Box>(cell->form).fill == Paint(Ink::current);
            CHECK(chosen == (row == s.row && column == s.column));
        }
    }
    CHECK(des::s_boxes[4][s.row][s.column] == s.output);
    const std::string in = fmt::format("{:06b}", s.input);
    CHECK(words_of(picture).find(fmt::format(
              "outer bits {}{} \u2192 row {}   inner bits {} \u2192 column {}   cell {} \u2192 {:04b}", in.front(),
              in.back(), s.row, in.substr(1, 4), s.column, s.output, s.output)) != std::string::npos);
}

TEST_CASE("A bit that is followed lights its way through the round and nothing else", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    drawing.state.followed = item_of({Lane::expanded, 7}); // E takes bit 4 and bit 5 twice: bit 7 of E is R4's bit 4
    const Picture picture = drawing.at(round_5, stage_rooms[1]);
    const std::set<std::string> cells = followed_cells(picture);
    CHECK(cells.contains("R4.4"));
    CHECK_FALSE(cells.contains("R4.5"));
    CHECK(cells.contains("E5.7"));
    CHECK(cells.contains("B5.7"));
    CHECK_FALSE(cells.contains("K5.7")); // the subkey's bit goes the same way, but comes from elsewhere
    // It enters S2, whose four bits go where P sends them.
    for (unsigned i = 5; i <= 8; ++i) {
        CHECK(cells.contains(fmt::format("Sout5.{}", i)));
        const auto* to = std::ranges::find(des::p_table, i);
        CHECK(cells.contains(fmt::format("P5.{}", to - des::p_table.begin() + 1)));
    }
    CHECK_FALSE(cells.contains("Sout5.4"));
    CHECK_FALSE(cells.contains("Sout5.9"));
    const auto ink = [&](const char* id) { return std::get<shape::Wire>(picture.find(id)->form).paint.ink; };
    CHECK(ink("wire.E5.7") == Ink::followed);
    CHECK(ink("wire.E5.5") == Ink::right);
    CHECK(std::get<shape::Box>(picture.find("S2")->form).outline.ink == Ink::followed);
    CHECK(std::get<shape::Box>(picture.find("S3")->form).outline.ink == Ink::border);
}

TEST_CASE("The mouse finds bits, wires and boxes where they are drawn", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    const Picture picture = drawing.at(round_5, stage_rooms[1]);
    const auto at = [&](const char* id) { return picture.at(extent(*picture.find(id)).centre(), 18); };
    REQUIRE(at("R4.9") != nullptr);
    CHECK(at("R4.9")->follow == item_of({Lane::right_in, 9}));
    CHECK(at("K5.13")->follow == item_of({Lane::subkey, 13}));
    REQUIRE(at("S3") != nullptr);
    REQUIRE(at("S3")->go_to);
    CHECK(address(*at("S3")->go_to) == round_5 + "/sbox.3");
    const Rect wire = extent(*picture.find("wire.E5.24"));
    const Area* near_end = picture.at({wire.right() - 0.5F, wire.bottom() - 3}, 18);
    REQUIRE(near_end != nullptr);
    CHECK(near_end->follow != 0);
}

TEST_CASE("What a step gives is covered in its picture until it is revealed", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    const Picture picture = drawing.at(round_5 + "/sbox.3", stage_rooms[1], true);
    const auto sign = [&](const char* id) { return std::get<shape::Cell>(picture.find(id)->form).sign; };
    CHECK(sign("Sout5.8") != '?');
    CHECK(sign("Sout5.9") == '?');
    CHECK(sign("R5.1") == '?');
    CHECK(sign("L5.1") != '?'); // R4 as it was
}

TEST_CASE("A bit of the round has a number in what the step gives, or is none of it", "[viz][picture]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::ecb, 8);
    const Trace trace(recording);
    const auto count = [&](const std::string& step) {
        const Node node = trace.tree().at(round_5 + step);
        std::set<unsigned> numbers;
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            for (unsigned i = 1; i <= lane_width(static_cast<Lane>(lane)); ++i) {
                if (const auto number = bit_of_step(node, {static_cast<Lane>(lane), i}))
                    CHECK(numbers.insert(*number).second);
            }
        }
        CHECK((numbers.empty() || (*numbers.begin() == 1 && *numbers.rbegin() == numbers.size())));
        return numbers.size();
    };
    CHECK(count("") == 64);
    CHECK(count("/expand") == 48);
    CHECK(count("/mix") == 48);
    CHECK(count("/sbox.3") == 4);
    CHECK(count("/permute") == 32);
    CHECK(count("/join") == 32);
    CHECK(bit_of_step(trace.tree().at(round_5 + "/sbox.3"), {Lane::s_out, 10}) == 2U);
    CHECK(bit_of_step(trace.tree().at(round_5), {Lane::right_out, 1}) == 33U);
}

TEST_CASE("Keys walk over every bit of the round and come back", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    drawing.at(round_5, stage_rooms[1]);
    const StageInput input = drawing.input(stage_rooms[1]);
    std::set<Item> seen;
    Item item = next_round_item(input, 0, 1);
    const Item first = item;
    do {
        CHECK(seen.insert(item).second);
        const Item next = next_round_item(input, item, 1);
        CHECK(next_round_item(input, next, -1) == item);
        item = next;
    } while (item != first);
    CHECK(seen.size() == 6 * 32 + 3 * 48);
}
