// The stage of a step without one of its own.
#include "tests/support/catch.hpp"

#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/parts/parts_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::DrawnStage;

namespace {

Picture parts_of(const DrawnStage& drawing, std::string_view where, const Rect& room) {
    const Step step = drawing.trace().step(drawing.trace().tree().at(where));
    return parts_picture({.trace = drawing.trace(),
                          .step = step,
                          .style = drawing.style(),
                          .room = room,
                          .covered = false,
                          .state = drawing.state});
}

} // namespace

TEST_CASE("Each part of a step has a row that leads there", "[viz][parts]") {
    for (const Rect& room : viz::testing::stage_rooms) {
        const DrawnStage drawing(samples::exchange());
        const StepTree& tree = drawing.trace().tree();
        const Picture picture = parts_of(drawing, "message.1", room);
        const Node owner = tree.at("message.1");
        REQUIRE(picture.areas.size() == tree.child_count(owner));
        for (std::uint64_t i = 0; i < picture.areas.size(); ++i) {
            CHECK(picture.areas[i].id == fmt::format("part.{}", i + 1));
            CHECK(picture.areas[i].go_to == tree.child(owner, i));
        }
        CHECK(viz::testing::words_of(picture).find(fmt::format("{} parts", picture.areas.size())) != std::string::npos);
        CHECK(viz::testing::faults(picture, room, tree).empty());
    }
}

TEST_CASE("Of many parts those around the current one are shown, and it stands out", "[viz][parts]") {
    const DrawnStage drawing(samples::exchange(Mode::cbc, dh::Kdf::sha256, "ffdhe2048"));
    const std::uint64_t all = drawing.trace().tree().child_count(drawing.trace().tree().at("keys/server.public"));
    const Picture picture = parts_of(drawing, "keys/server.public/bit.100", viz::testing::stage_rooms[1]);
    CHECK(picture.areas.size() == 64);
    CHECK(viz::testing::words_of(picture).find(fmt::format("parts 68 to 131 of {}", all)) != std::string::npos);
    const Shape* current = picture.find("part.100");
    REQUIRE(current != nullptr);
    CHECK(std::get<shape::Box>(current->form).fill == Paint(Ink::current_tint));
    CHECK(picture.work_from == extent(*current).y);
    CHECK(picture.work_to == extent(*current).bottom());
}
