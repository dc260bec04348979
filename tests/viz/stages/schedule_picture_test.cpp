// The picture of the key schedule: the bits of every row by the standard's names, and the way of a key bit that is
// followed.
#include "tests/support/catch.hpp"

#include <set>

#include "tests/support/pictures.hpp"
#include "viz/stages/schedule/schedule_model.hpp"
#include "viz/stages/schedule/schedule_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

constexpr Rect wide = stage_rooms[1];
using Names = std::set<std::string>;

Recording textbook() { return record_des({.key = 0x133457799BBCDFF1}, Direction::encrypt, 0, Bytes(8)); }

Names cells_that(const Picture& picture, shape::CellLook look) {
    Names out;
    for (const Shape& shape : picture.shapes) {
        const auto* cell = std::get_if<shape::Cell>(&shape.form);
        if (cell != nullptr && cell->look == look) out.insert(shape.id);
    }
    return out;
}

} // namespace

TEST_CASE("A round of the key schedule has every bit of the key, of C and D before and after, and of the subkey",
          "[viz][picture]") {
    DrawnStage drawing(textbook());
    const Picture picture = drawing.at("schedule/round.5", wide);
    std::multiset<std::string> ids;
    for (const Shape& shape : picture.shapes) ids.insert(shape.id);
    const auto once = [&](const char* row, unsigned width) {
        for (unsigned i = 1; i <= width; ++i) CHECK(ids.count(fmt::format("{}.{}", row, i)) == 1);
    };
    once("key", 64);
    for (const char* row : {"C0", "D0", "C4", "D4", "C5", "D5"}) once(row, 28);
    once("K5", 48);
    // FIPS 46-3: PC-1 drops the parity bits, PC-2 the places 9, 18, 22, 25, 35, 38, 43, 54; C and D turn left by two.
    CHECK(cells_that(picture, shape::CellLook::left_out) == Names{"key.8", "key.16", "key.24", "key.32", "key.40",
                                                                  "key.48", "key.56", "key.64", "C5.9", "C5.18",
                                                                  "C5.22", "C5.25", "D5.7", "D5.10", "D5.15", "D5.26"});
    CHECK(cells_that(picture, shape::CellLook::marked) ==
          Names{"C4.1", "C4.2", "D4.1", "D4.2", "C5.27", "C5.28", "D5.27", "D5.28"});
}

TEST_CASE("A key bit that is followed is lit in every row that has it", "[viz][picture]") {
    DrawnStage drawing(textbook());
    drawing.state.followed = 41;
    Picture picture = drawing.at("schedule/round.5", wide);
    CHECK(followed_cells(picture) == Names{"key.41", "C0.3", "C4.25", "C5.23", "K5.13"});
    for (const char* wire : {"wire.C0.3", "wire.C4.25", "wire.C5.23", "wire.K5.13"})
        CHECK(std::get<shape::Wire>(picture.find(wire)->form).paint.ink == Ink::followed);
    CHECK(std::get<shape::Wire>(picture.find("wire.C0.4")->form).paint.ink == Ink::key);
    picture = drawing.at("schedule/round.1", wide);
    CHECK(followed_cells(picture) == Names{"key.41", "C0.3", "C1.2", "K1.24"});
    // PC-1 alone, and all sixteen subkeys as cells.
    picture = drawing.at("schedule", wide);
    Names all{"key.41", "C0.3"};
    for (unsigned n = 1; n <= 16; ++n) {
        if (const unsigned place = subkey_places(41)[n - 1]; place != 0)
            all.insert(fmt::format("table.K{}.{}", n, place));
    }
    CHECK(followed_cells(picture) == all);
    drawing.state.followed = 16;
    CHECK(followed_cells(drawing.at("schedule/round.5", wide)) == Names{"key.16"});
}

TEST_CASE("Following a key bit moves nothing in the key schedule", "[viz][picture]") {
    DrawnStage drawing(textbook());
    for (const Rect& room : stage_rooms) {
        for (const char* where : {"schedule", "schedule/round.9"}) {
            drawing.state.followed = 0;
            const Picture before = drawing.at(where, room);
            for (Item bit = 1; bit <= 64; ++bit) {
                drawing.state.followed = bit;
                const Picture picture = drawing.at(where, room);
                for (const char* id : {"key.1", "wire.C0.1", "table.K1", "table.K16"}) {
                    CAPTURE(room.w, where, bit, id);
                    const Shape *was = before.find(id), *is = picture.find(id);
                    CHECK((was == nullptr) == (is == nullptr));
                    if (was != nullptr) CHECK(extent(*was) == extent(*is));
                }
            }
        }
    }
}

TEST_CASE("In the key schedule the mouse finds key bits and rounds", "[viz][picture]") {
    DrawnStage drawing(textbook());
    const Picture round = drawing.at("schedule/round.5", wide);
    for (const char* cell : {"key.41", "C0.3", "C4.25", "C5.23", "K5.13"}) CHECK(area_on(round, cell).follow == 41);
    const Picture all = drawing.at("schedule", wide);
    const Area& cell = area_on(all, "table.K5.13");
    CHECK(cell.follow == 41);
    CHECK(cell.id == "table.K5");
    for (unsigned n = 1; n <= 16; ++n) {
        const std::string to = fmt::format("schedule/round.{}", n);
        CHECK(address(area_on(all, fmt::format("table.K{}.7", n)).go_to.value()) == to);
        CHECK(address(area_on(all, fmt::format("stop.{}", n)).go_to.value()) == to);
        const Rect row = extent(*all.find(fmt::format("table.K{}", n)));
        const Area* at_its_name = all.at({row.x + 2, row.centre().y}, 18);
        REQUIRE(at_its_name != nullptr);
        CHECK(address(at_its_name->go_to.value()) == to);
        CHECK(at_its_name->follow == 0);
    }
    CHECK(address(area_on(round, "stop.PC-1").go_to.value()) == "schedule");
}

TEST_CASE("Keys walk over the bits of the key and come back", "[viz][picture]") {
    DrawnStage drawing(textbook());
    const StageInput input = drawing.input(wide);
    const NextItem next = stage(StageKind::schedule).next;
    CHECK(next(input, 0, 1) == 1);
    CHECK(next(input, 0, -1) == 64);
    CHECK(next(input, 64, 1) == 1);
    CHECK(next(input, 1, -1) == 64);
    for (Item bit = 1; bit < 64; ++bit) CHECK(next(input, next(input, bit, 1), -1) == bit);
}
