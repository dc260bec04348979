// Every stage's picture as data, without a display: nothing stands twice, nothing leaves the room, everything that can
// be pointed at leads somewhere.
#include "tests/support/catch.hpp"

#include "tests/support/null_window.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

TEST_CASE("Every kind of step has a sound picture in every room and type size", "[viz][picture]") {
    const std::vector<Recording> recordings = {samples::exchange(),
                                               samples::exchange(Mode::ctr, dh::Kdf::low64, "modp768"),
                                               samples::workbench(Direction::decrypt, Mode::cbc, 20),
                                               samples::workbench(Direction::encrypt, Mode::cfb1, 1),
                                               samples::power(),
                                               samples::variant("rounds=5,no-swap,no-ip,no-p,reversed-subkeys"),
                                               samples::variant("no-shifts,sbox2=linear")};
    for (const Recording& recording : recordings) {
        for (const float em : {18.0F, 36.0F}) {
            DrawnStage drawing(recording, em);
            for (const std::string& where : one_of_each_kind(drawing.trace().tree())) {
                for (const Rect& room : stage_rooms) {
                    if (room.w < 25 * em) continue; // the window is one column long before this
                    for (const bool covered : {false, true}) {
                        INFO(where << " em " << em << " room " << room.w << "x" << room.h << " covered " << covered);
                        const Picture picture = drawing.at(where, room, covered);
                        CHECK(faults(picture, room, drawing.trace().tree()) == std::vector<std::string>{});
                    }
                }
            }
        }
    }
}

TEST_CASE("A picture is a function of what goes in: made twice, it is the same", "[viz][picture]") {
    DrawnStage drawing(samples::exchange());
    for (const std::string& where : one_of_each_kind(drawing.trace().tree())) {
        INFO(where);
        const Picture first = drawing.at(where, stage_rooms[1]), second = drawing.at(where, stage_rooms[1]);
        REQUIRE(first.shapes.size() == second.shapes.size());
        CHECK(words_of(first) == words_of(second));
        for (std::size_t i = 0; i < first.shapes.size(); ++i) {
            CHECK(first.shapes[i].id == second.shapes[i].id);
            CHECK(extent(first.shapes[i]) == extent(second.shapes[i]));
        }
    }
}
