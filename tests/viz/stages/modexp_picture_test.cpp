// The picture of a modular exponentiation as data.
#include "tests/support/catch.hpp"

#include "tests/support/pictures.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

constexpr Rect room = stage_rooms[1];

Recording large() { return samples::exchange(Mode::cbc, dh::Kdf::sha256, "ffdhe2048"); }

// The rows of the table that a picture shows.
std::vector<std::uint64_t> rows_of(const Picture& picture) {
    std::vector<std::uint64_t> out;
    for (const Area& a : picture.areas) {
        if (a.id.starts_with("row.")) out.push_back(a.go_to->last().number);
    }
    return out;
}

} // namespace

TEST_CASE("Every bit of the exponent leads to its step, in the ribbon and in the table", "[viz][modexp]") {
    DrawnStage drawing(samples::power());
    const Picture picture = drawing.at("modexp/bit.2", room);
    for (const unsigned bit : {1U, 2U, 3U}) {
        for (const char* kind : {"bit", "row"}) {
            const Area& found = area_called(picture, fmt::format("{}.{}", kind, bit));
            CHECK(address(*found.go_to) == fmt::format("modexp/bit.{}", bit));
        }
    }
    CHECK(lit_cells(picture) == std::set<std::string>{"bit.2", "row.2.bit"});
    CHECK(picture.lists.empty());
}

TEST_CASE("The three boxes say what the bit does to the value", "[viz][modexp]") {
    DrawnStage drawing(samples::power());
    const auto outline = [&](const char* step, const char* id) {
        return std::get<shape::Box>(drawing.at(step, room).find(id)->form).outline;
    };
    CHECK(outline("modexp/bit.1", "before") == Paint(Ink::border));
    CHECK(outline("modexp/bit.1", "square") == Paint(Ink::current));
    CHECK(outline("modexp/bit.1", "multiply") == Paint(Ink::current));
    // The last bit of 6 is 0.
    CHECK(outline("modexp/bit.3", "multiply") == Paint(Ink::border));
}

TEST_CASE("Of a long table only the rows in sight are drawn", "[viz][modexp]") {
    DrawnStage drawing(large());
    const Picture picture = drawing.at("keys/server.public", room);
    REQUIRE(picture.lists.size() == 1);
    const ListBar& list = picture.lists.front();
    CHECK(list.id == "table");
    CHECK(list.all == drawing.trace().tree().child_count(drawing.trace().tree().at("keys/server.public")));
    CHECK(rows_of(picture).size() == list.shown);
    CHECK(rows_of(picture).front() == 1);
    drawing.state.first["table"] = 100;
    CHECK(rows_of(drawing.at("keys/server.public", room)).front() == 101);
    // Never behind the last row.
    drawing.state.first["table"] = list.all;
    CHECK(rows_of(drawing.at("keys/server.public", room)).back() == list.all);
}

TEST_CASE("After a move the current row is in sight with its neighbours, else the rows stay", "[viz][modexp]") {
    DrawnStage drawing(large());
    std::size_t tables = 0;
    for (const Rect& where : stage_rooms) {
        for (const std::uint64_t bit : {1U, 2U, 57U, 58U, 200U, 3U}) {
            const Step step =
                drawing.trace().step(drawing.trace().tree().at(fmt::format("keys/server.public/bit.{}", bit)));
            StageInput input{.trace = drawing.trace(),
                             .step = step,
                             .style = drawing.style(),
                             .room = where,
                             .covered = false,
                             .state = drawing.state,
                             .moved = true};
            const MakePicture make = stage(StageKind::modexp).make;
            const Picture picture = make(input);
            const std::vector<std::uint64_t> rows = rows_of(picture);
            if (rows.empty()) { // in a low room there are the step's own numbers alone
                CHECK(where.h < 40 * drawing.style().type.em());
                continue;
            }
            ++tables;
            INFO("bit " << bit << " of rows " << rows.front() << " to " << rows.back());
            for (std::uint64_t near = std::max<std::uint64_t>(bit, 2) - 1; near <= bit + 1; ++near)
                CHECK(std::ranges::find(rows, near) != rows.end());
            drawing.state.first["table"] = 0;
            input.moved = false;
            CHECK(rows_of(make(input)).front() == 1);
            drawing.state.first["table"] = picture.lists.front().first;
        }
    }
    CHECK(tables >= 6);
}

TEST_CASE("The bar of a long exponent leads to every part of it", "[viz][modexp]") {
    DrawnStage drawing(large());
    const Picture picture = drawing.at("keys/server.public/bit.5", room);
    const Shape* sight = picture.find("bits in sight");
    REQUIRE(sight != nullptr);
    const Rect shown = extent(*sight);
    const auto bit_at = [&](float x) {
        const Area* found = picture.at({x, shown.centre().y}, 18);
        return found == nullptr || !found->go_to ? 0 : found->go_to->last().number;
    };
    CHECK(bit_at(room.x + 1) == 1);
    CHECK(bit_at(shown.x + 1) <= 5);
    std::uint64_t last = 0;
    for (float x = room.x + 1; bit_at(x) != 0; x += 3) {
        CHECK(bit_at(x) >= last);
        last = bit_at(x);
    }
    CHECK(last > drawing.trace().tree().child_count(drawing.trace().tree().at("keys/server.public")) - 5);
}

TEST_CASE("Long numbers fold and unfold together", "[viz][modexp]") {
    DrawnStage drawing(large());
    const Rect small = stage_rooms[0];
    const Picture folded = drawing.at("keys/server.public/bit.100", small);
    const Area& fold = area_called(folded, "square.fold");
    CHECK(area_called(folded, "before.fold").toggle == fold.toggle);
    drawing.state.toggled.insert(fold.toggle);
    const Picture unfolded = drawing.at("keys/server.public/bit.100", small);
    CHECK(count_of(unfolded, "square.group.") == 64);
    CHECK(unfolded.foot > folded.foot);
}

TEST_CASE("An exponent that is not known here is drawn as question marks", "[viz][modexp]") {
    DrawnStage drawing(keyhole::testing::seen_by(Role::client, samples::exchange()));
    const Picture picture = drawing.at("keys/server.public", room);
    CHECK(count_of(picture, "unknown.") == 16);
    CHECK(count_of(picture, "bit.") == 0);
    CHECK(rows_of(picture).empty());
}
