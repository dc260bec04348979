// The worked example of docs/extending.md: a stage of one's own, from its function to its picture. It shows the
// eight bytes of a key with their parity bits.
#include "tests/support/catch.hpp"

#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "viz/picture/strip.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

// 1. The function: a step goes in, a picture comes out.
Picture parity_picture(const StageInput& input) {
    Picture picture;
    Canvas canvas(input.style, picture);
    const float em = canvas.em();
    const Rect room = input.room;
    const std::uint64_t key = session_key(input.trace.recording(), Role::client).value_or(0);
    float y = canvas.paragraph(FontRole::title, room.corner(), room.w, Ink::text, "Every eighth bit is parity");
    const Strip strip{.count = 64, .group = 8, .left = room.x, .top = y, .pitch = room.w / 70, .height = em};
    for (unsigned i = 1; i <= 64; ++i) {
        const CellLook look = i % 8 == 0 ? CellLook::left_out : CellLook::ordinary;
        draw_bit(canvas, strip, i, bit_at(key, 64, i), Ink::key, look, fmt::format("key.{}", i)); // 2. a name each
    }
    follow_cells(canvas, strip, [](unsigned position) { return Item{position}; }); // 3. what the mouse can follow
    picture.foot = y + em;
    return picture;
}

// 4. Its line in the table of viz/stages/stages.cpp, where a value of its own takes the place of `schedule`.
constexpr Stage parity_stage{StageKind::schedule, parity_picture};

} // namespace

TEST_CASE("The example of a stage in docs/extending.md works", "[viz][picture][example]") {
    viz::testing::DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    drawing.at("schedule", viz::testing::stage_rooms[1]);
    const Picture picture = parity_stage.make(drawing.input(viz::testing::stage_rooms[1]));
    CHECK(viz::testing::faults(picture, viz::testing::stage_rooms[1], drawing.trace().tree()).empty());
    const auto cell = [&](const char* id) { return std::get<shape::Cell>(picture.find(id)->form); };
    CHECK(cell("key.8").look == shape::CellLook::left_out);
    CHECK(cell("key.7").look == shape::CellLook::ordinary);
    CHECK(cell("key.4").filled); // 0x13 begins with 0001
    CHECK(picture.at(extent(*picture.find("key.7")).centre(), drawing.style().type.em())->follow == 7);
}
