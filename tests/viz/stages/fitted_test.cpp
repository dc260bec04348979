// How large the stages are drawn: the type grows until the drawing fills its room, says no less, and leaves nothing
// out.
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include "tests/support/null_window.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "viz/base/layout_model.hpp"
#include "viz/stages/fitted.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

// The height of a line of text in the panels; while presenting it grows with the window.
constexpr float em = 18, em_presenting_at_1080 = 25;
// A digit's part of the height of a font of figures: JetBrains Mono's capitals in its line.
constexpr float digit_share = 0.73F / 1.32F;

class Fitted : public DrawnStage {
  public:
    using DrawnStage::DrawnStage;

    struct Drawn {
        float growth;
        Picture picture;
    };
    Drawn fitted(std::string_view address, const Rect& room) {
        at(address, room);
        const Stage& kind = stage(stage_of(input(room).step.node));
        const float growth = fitting_growth(kind, input(room));
        const GrownTypeface type(style().type, growth);
        StageInput larger = input(room);
        const StageInput grown{.trace = larger.trace,
                               .step = larger.step,
                               .style = {style().theme, type},
                               .room = room,
                               .covered = false,
                               .state = larger.state};
        return {growth, stage_picture(kind, grown)};
    }
};

Rect stage_of_window(float width, float height, bool presenting, float size = em) {
    return arrange(width, height, size, {.presenting = presenting}).stage.grown(-0.5F * size);
}

} // namespace

TEST_CASE("Every stage lies in its room, grown as it is, from 1024x640 to 3840x2160", "[viz][fitted]") {
    for (const Recording& recording :
         {samples::exchange(), samples::workbench(Direction::decrypt, Mode::cbc, 20), samples::power()}) {
        Fitted drawing(recording, em);
        for (const auto& [width, height] : {std::pair{1366.0F, 768.0F}, {1920.0F, 1080.0F}, {3840.0F, 2160.0F}}) {
            for (const bool presenting : {false, true}) {
                const Rect room = stage_of_window(width, height, presenting);
                for (const std::string& where : one_of_each_kind(drawing.trace().tree())) {
                    INFO(where << " at " << width << "x" << height << (presenting ? ", presenting" : ""));
                    const auto [growth, picture] = drawing.fitted(where, room);
                    CHECK(faults(picture, room, drawing.trace().tree()) == std::vector<std::string>{});
                    if (growth > 1) CHECK(picture.foot <= room.bottom() + 1);
                }
            }
        }
    }
}

TEST_CASE("The toy exponentiation, the round and the S-box grow with the window", "[viz][fitted]") {
    Fitted drawing(samples::exchange(), em);
    for (const char* where : {"keys/client.public", "message.1/encrypt/block.1/round.5/expand",
                              "message.1/encrypt/block.1/round.5/sbox.3", "message.1/encrypt"}) {
        INFO(where);
        float before = 0;
        for (const auto& [width, height] :
             {std::pair{1366.0F, 768.0F}, {1920.0F, 1080.0F}, {2560.0F, 1440.0F}, {3840.0F, 2160.0F}}) {
            const float growth = drawing.fitted(where, stage_of_window(width, height, false)).growth;
            CHECK(growth >= before);
            before = growth;
        }
        CHECK(before >= 2);
    }
}

TEST_CASE("Twice as large a type does not make a hall scroll", "[viz][fitted]") {
    constexpr float twice = 2 * em_presenting_at_1080 * 900 / 1080;
    Fitted drawing(samples::workbench(Direction::encrypt, Mode::ecb, 8), twice);
    const Rect room = stage_of_window(1600, 900, true, twice);
    for (const char* part : {"", "/expand", "/mix", "/sbox.3", "/permute", "/join"}) {
        INFO(part);
        const Picture picture = drawing.fitted(fmt::format("message.1/encrypt/block.1/round.5{}", part), room).picture;
        CHECK(picture.foot <= room.bottom() + 1);
    }
}

TEST_CASE("A hall reads the digits of a round", "[viz][fitted]") {
    struct Case {
        float width, height;
        bool presenting;
        float size;
        float share; // of the picture's height that a digit has at least
    };
    for (const Case& c : {Case{1920, 1080, true, em_presenting_at_1080, 0.016F}, Case{1366, 768, false, em, 0.011F}}) {
        Fitted drawing(samples::workbench(Direction::encrypt, Mode::ecb, 8), c.size);
        for (const char* part : {"expand", "mix", "sbox.3", "permute", "join"}) {
            INFO(part << " at " << c.width << "x" << c.height);
            const Rect room = stage_of_window(c.width, c.height, c.presenting, c.size);
            const auto [growth, picture] =
                drawing.fitted(fmt::format("message.1/encrypt/block.1/round.5/{}", part), room);
            const GrownTypeface type(drawing.style().type, growth);
            const auto& cell = std::get<shape::Cell>(picture.find("R4.7")->form);
            CHECK(type.height(cell.font) * digit_share >= c.share * c.height);
        }
    }
}
