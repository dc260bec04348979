// The picture of a chain of blocks: what each mode's columns hold, which column is lit, which ones are in sight.
#include "viz/stages/chain/chain_picture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

const Rect room = stage_rooms[1];

// Of the same eight bytes over and over.
Recording repeating(Mode mode, std::size_t blocks) {
    return record_des({.key = 0x133457799BBCDFF1, .mode = mode, .padding = Padding::none}, Direction::encrypt,
                      0x0123456789ABCDEF, Bytes(8 * blocks, 0x41));
}

// The numbers of the columns that are lit; only those have a box around them.
std::vector<unsigned> lit_columns(const Picture& picture) {
    std::vector<unsigned> out;
    for (unsigned n = 1; n <= 5000; ++n) {
        if (picture.find(fmt::format("block.{}", n)) != nullptr) out.push_back(n);
    }
    return out;
}

} // namespace

TEST_CASE("The chain's pictures are sound in every mode", "[viz][picture]") {
    for (const Mode mode : every_mode) {
        const bool chat = find_chat_mode(name(mode)).has_value();
        for (const Recording& recording : {repeating(mode, 4000), samples::workbench(Direction::decrypt, mode, 20),
                                           chat ? samples::exchange(mode) : repeating(mode, 1)}) {
            for (const float em : {18.0F, 36.0F}) {
                DrawnStage drawing(recording, em);
                for (const std::string where : {"message.1/encrypt", "message.1/decrypt"}) {
                    if (!drawing.trace().tree().find(where)) continue;
                    for (const Rect& place : stage_rooms) {
                        if (place.w < 25 * em) continue;
                        INFO(name(mode) << " " << where << " em " << em << " room " << place.w << "x" << place.h);
                        const Picture picture = drawing.at(where, place);
                        CHECK(faults(picture, place, drawing.trace().tree()) == std::vector<std::string>{});
                    }
                }
            }
        }
    }
}

TEST_CASE("A column holds what its mode has, in the order of happening", "[viz][picture]") {
    const std::vector<std::pair<Mode, std::vector<std::string>>> wanted = {
        {Mode::ecb, {"P", "DES", "C"}},
        {Mode::cbc, {"P", "xor", "enters", "DES", "C"}},
        {Mode::cfb, {"enters", "DES", "leaves", "P", "xor", "C"}},
        {Mode::cfb8, {"enters", "DES", "leaves", "P", "xor", "C"}},
        {Mode::cfb1, {"enters", "DES", "leaves", "P", "xor", "C"}},
        {Mode::ofb, {"enters", "DES", "leaves", "P", "xor", "C"}},
        {Mode::ctr, {"enters", "DES", "leaves", "P", "xor", "C"}}};
    for (const auto& [mode, parts] : wanted) {
        DrawnStage drawing(repeating(mode, 3));
        const Picture picture = drawing.at("message.1/encrypt", room);
        for (const unsigned block : {1U, 2U}) {
            float y = 0;
            for (const std::string& part : parts) {
                CAPTURE(name(mode), block, part);
                const Shape* shape = picture.find(fmt::format("block.{}.{}", block, part));
                REQUIRE(shape != nullptr);
                CHECK(extent(*shape).y > y);
                y = extent(*shape).bottom();
            }
        }
        CHECK((picture.find("block.1.IV") != nullptr) == (mode != Mode::ecb && mode != Mode::ctr));
    }
}

TEST_CASE("The column that is pointed at is lit, and so is the one that was looked at last", "[viz][picture]") {
    DrawnStage drawing(samples::exchange());
    CHECK(lit_columns(drawing.at("message.1/encrypt", room)).empty());
    drawing.state.last_block[1] = 1;
    CHECK(lit_columns(drawing.at("message.1/encrypt", room)) == std::vector<unsigned>{1});
    drawing.state.followed = 2;
    const Picture picture = drawing.at("message.1/encrypt", room);
    CHECK(lit_columns(picture) == std::vector<unsigned>{1, 2});
    CHECK(std::get<shape::Box>(picture.find("block.2")->form).fill == Ink::raised);
    CHECK(std::get<shape::Box>(picture.find("block.1")->form).fill == Ink::none);
    CHECK(lit_columns(drawing.at("message.2/encrypt", room)) == std::vector<unsigned>{2}); // of another message
}

TEST_CASE("A column is pointed at as a whole, and a click goes into its block", "[viz][picture]") {
    DrawnStage drawing(repeating(Mode::ecb, 3));
    const Picture picture = drawing.at("message.1/encrypt", room);
    for (const char* part : {"P", "DES", "C"}) {
        const Area* area = picture.at(extent(*picture.find(fmt::format("block.2.{}", part))).centre(), 18);
        REQUIRE(area != nullptr);
        CHECK(area->follow == 2);
        REQUIRE(area->go_to);
        CHECK(address(*area->go_to) == "message.1/encrypt/block.2");
    }
    CHECK(area_called(picture, "block.2").tooltip == "the same eight bytes as in block 1");
}

TEST_CASE("Coming out of a block finds it in sight, and only what is in sight is drawn", "[viz][picture]") {
    DrawnStage drawing(repeating(Mode::cbc, 5000));
    drawing.at("message.1/encrypt", room);
    drawing.state.last_block[1] = 4321;
    CHECK(lit_columns(chain_picture(drawing.input(room))).empty());
    StageInput input = drawing.input(room);
    input.moved = true;
    const Picture picture = chain_picture(input);
    CHECK(lit_columns(picture) == std::vector<unsigned>{4321});
    REQUIRE(picture.lists.size() == 1);
    const ListBar& bar = picture.lists[0];
    CHECK(bar.all == 5000);
    CHECK(bar.bar.w > bar.bar.h); // it scrolls sideways
    CHECK(std::ranges::count_if(picture.shapes, [](const Shape& s) { return s.id.ends_with(".C"); }) ==
          static_cast<std::ptrdiff_t>(bar.shown));
}
