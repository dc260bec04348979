// From one step's picture to the next: what has an id moves, bits fly, and at the end nothing differs from the picture.
#include "tests/support/catch.hpp"

#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "viz/picture/motion.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

constexpr Rect room{340, 90, 900, 720};
const std::string round5 = "message.1/encrypt/block.1/round.5";

} // namespace

TEST_CASE("A motion begins where the picture before was and ends in the one that is", "[viz][motion]") {
    DrawnStage drawing(samples::exchange());
    const Picture before = drawing.at(round5, room), now = drawing.at(round5 + "/sbox.3", room);
    REQUIRE(can_move(before, now));
    const Picture first = moved_picture(before, now, 0), last = moved_picture(before, now, 1);
    for (const char* id : {"R4.7", "S3", "K5.13", "L5.32"}) {
        INFO(id);
        CHECK(extent(*first.find(id)) == extent(*before.find(id)));
        CHECK(extent(*last.find(id)) == extent(*now.find(id)));
        const Rect half = extent(*moved_picture(before, now, 0.5F).find(id));
        CHECK(half.y >= std::min(extent(*before.find(id)).y, extent(*now.find(id)).y));
        CHECK(half.y <= std::max(extent(*before.find(id)).y, extent(*now.find(id)).y));
    }
    CHECK(last.shapes.size() == now.shapes.size());
}

TEST_CASE("The bits of E, P and the exclusive or fly from their places to their places", "[viz][motion]") {
    DrawnStage drawing(samples::exchange());
    struct Case {
        const char* part;
        std::size_t flights;
    };
    for (const Case& c : {Case{"expand", 48}, Case{"mix", 96}, Case{"permute", 32}, Case{"join", 96}}) {
        INFO(c.part);
        const Picture picture = drawing.at(round5 + "/" + c.part, room);
        CHECK(picture.flights.size() == c.flights);
        for (const Flight& flight : picture.flights) {
            CHECK(flight.from.y < flight.cell.rect.y);
            CHECK((flight.cell.sign == '1') == flight.cell.filled);
        }
    }
    CHECK(drawing.at(round5 + "/sbox.1", room).flights.empty());
    // What is to be guessed does not fly in sight of everybody.
    CHECK(drawing.at(round5 + "/expand", room, true).flights.empty());
}

TEST_CASE("C and D turn, and PC-2 picks 48 of their bits", "[viz][motion]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    CHECK(drawing.at("schedule/round.4", room).flights.size() == 56 + 48);
    CHECK(drawing.at("schedule", room).flights.size() == 56);
}

TEST_CASE("Pictures that share nothing are not moved from one to the other", "[viz][motion]") {
    DrawnStage drawing(samples::exchange());
    const Picture handshake = drawing.at("keys", room);
    Picture empty;
    CHECK_FALSE(can_move(empty, Picture()));
    CHECK_FALSE(can_move(drawing.at("connect", room), empty));
    CHECK(moved_picture(empty, handshake, 0.3F).shapes.size() == handshake.shapes.size());
}
