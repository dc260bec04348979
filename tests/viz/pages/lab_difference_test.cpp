// Characteristics as pictures: what is lit is what E, the boxes and P make of a difference, whatever is built by
// clicking, and it lies in its room.
#include <algorithm>
#include <cmath>

#include "core/des/des_tables.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/pages/lab/bench/difference_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;
using keyhole::testing::wait_until;

namespace {

using PartKind = DifferencePart::Kind;
using Cells = std::set<std::string>;

Picture round_picture(const DrawnStage& drawing, const DifferenceBench& bench, std::size_t round,
                      Rect room = {0, 0, 900, 700}) {
    Picture picture;
    Canvas canvas(drawing.style(), picture);
    picture.foot = draw_difference_round(canvas, bench, round, std::nullopt, room);
    return picture;
}

Picture rows_picture(const DrawnStage& drawing, const DifferenceBench& bench, Rect room = {0, 0, 450, 700}) {
    Picture picture;
    Canvas canvas(drawing.style(), picture);
    picture.foot = draw_difference_rows(canvas, bench, 0, room);
    return picture;
}

unsigned bit(std::uint32_t half, unsigned position) { return half >> (32 - position) & 1; }

// What is lit in a round, by the printed tables alone.
Cells expected_cells(const DifferenceRound& round, unsigned n) {
    Cells out;
    std::array<unsigned, 33> sums{}; // the boxes' outputs, from 1
    for (unsigned box = 0; box < 8; ++box) {
        for (unsigned i = 0; i < 4; ++i) sums[4 * box + i + 1] = round.boxes[box].output >> (3 - i) & 1;
    }
    const auto add = [&](const char* lane, unsigned number, unsigned position, unsigned differs) {
        if (differs != 0) out.insert(fmt::format("{}{}.{}", lane, number, position));
    };
    for (unsigned i = 1; i <= 48; ++i) {
        for (const char* const lane : {"E", "B"}) add(lane, n, i, bit(round.before.right, des::e_table[i - 1]));
    }
    for (unsigned i = 1; i <= 32; ++i) {
        const unsigned p = sums[des::p_table[i - 1]], left = bit(round.before.left, i),
                       right = bit(round.before.right, i);
        add("R", n - 1, i, right);
        add("L", n - 1, i, left);
        add("Sout", n, i, sums[i]);
        add("P", n, i, p);
        add("R", n, i, left ^ p);
        add("L", n, i, right);
    }
    return out;
}

// Lines of text that run into one another: the middles of two boxes overlap.
std::vector<std::string> collisions(const Picture& picture) {
    std::vector<const shape::Text*> texts;
    for (const Shape& shape : picture.shapes) {
        if (const auto* text = std::get_if<shape::Text>(&shape.form)) texts.push_back(text);
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            const Rect a = texts[i]->box, b = texts[k]->box;
            const bool aside = a.right() <= b.x + 1 || b.right() <= a.x + 1;
            if (!aside && std::abs(a.centre().y - b.centre().y) < 0.35F * (a.h + b.h))
                out.push_back(texts[i]->words + " on " + texts[k]->words);
        }
    }
    return out;
}

} // namespace

TEST_CASE("The classical three rounds light what the paper says", "[viz][lab][picture]") {
    const DrawnStage drawing(samples::power());
    DifferenceBench bench;
    bench.choose(2);
    const Picture first = round_picture(drawing, bench, 0);
    CHECK(lit_cells(first) ==
          Cells{"R0.6", "E1.9", "B1.9", "Sout1.5", "Sout1.7", "P1.2", "P1.13", "L0.2", "L0.13", "L1.6"});
    const std::string words = words_of(first);
    CHECK(words.find("08\u2192A") != std::string::npos);
    CHECK(words.find("16/64") != std::string::npos);
    CHECK(words.find("S2 16/64 = 1 in 4") != std::string::npos);
    const Picture second = round_picture(drawing, bench, 1);
    CHECK(lit_cells(second) == Cells{"L1.6", "R2.6"}); // nothing enters f
    CHECK(words_of(second).find("this round is free") != std::string::npos);
    CHECK(words_of(second).find("no active box: always") != std::string::npos);
    CHECK(words_of(round_picture(drawing, bench, 2)).find("Rounds 1 to 3, the product of their chances: 1 in 16") !=
          std::string::npos);
}

TEST_CASE("Every round of every characteristic lights the bits that E, the boxes and P give", "[viz][lab][picture]") {
    const DrawnStage drawing(samples::power());
    DifferenceBench bench;
    const auto check = [&] {
        for (std::size_t n = 0; n < bench.rounds().size(); ++n) {
            INFO(bench.input << ", round " << n + 1);
            CHECK(lit_cells(round_picture(drawing, bench, n)) ==
                  expected_cells(bench.rounds()[n], static_cast<unsigned>(n) + 1));
        }
    };
    for (std::size_t classical = 0; classical < 5; ++classical) {
        bench.choose(classical);
        check();
    }
    bench.set_rounds(DifferenceBench::most_rounds);
    check();
    bench.flip(1);
    bench.flip(64);
    bench.turn_box(0, 8);
    check();
}

TEST_CASE("A box goes through all its outputs by falling chance, and then comes back", "[viz][lab]") {
    DifferenceBench bench;
    bench.choose(2);
    const DifferenceBox begin = bench.rounds()[0].boxes[1];
    CHECK(begin.input == 8);
    std::set<unsigned> outputs;
    unsigned last = 64;
    for (std::size_t turn = 0; turn < begin.choices; ++turn) {
        const DifferenceRound& round = bench.rounds()[0];
        CHECK(round.boxes[1].entry <= last);
        CHECK(round.chance == Approx(round.boxes[1].entry / 64.0));
        last = round.boxes[1].entry;
        outputs.insert(round.boxes[1].output);
        for (unsigned box = 1; box <= 8; ++box) CHECK((box == 2 || round.boxes[box - 1].output == 0));
        bench.turn_box(0, 2);
    }
    CHECK(outputs.size() == begin.choices);
    CHECK(bench.rounds()[0].boxes[1].output == begin.output);
    bench.choose(2);
    bench.turn_box(0, 1); // nothing enters it
    CHECK(bench.classical() == 2);
}

TEST_CASE("A bit of the difference that enters is turned over, and back", "[viz][lab]") {
    DifferenceBench bench;
    bench.choose(0);
    CHECK(bench.input == "20000000 00000000");
    bench.flip(3);
    CHECK(bench.rounds()[0].before == lab::HalvesDifference{0, 0});
    bench.flip(64);
    CHECK(bench.input == "00000000 00000001");
    CHECK(bench.rounds()[0].before == lab::HalvesDifference{0, 1});
    CHECK(bench.rounds()[0].chance > 0);
    bench.input = "nonsense";
    bench.refresh();
    CHECK_FALSE(bench.fault().empty());
    bench.flip(64);
    CHECK(bench.fault().empty());
    CHECK(bench.rounds()[0].before == lab::HalvesDifference{0, 0});
}

TEST_CASE("What was counted stands beside the product of the chances, round by round", "[viz][lab][picture]") {
    const DrawnStage drawing(samples::power());
    DifferenceBench bench;
    bench.choose(2);
    CHECK(words_of(round_picture(drawing, bench, 0)).find("Not measured yet") != std::string::npos);
    bench.measure();
    REQUIRE(wait_until([&] { return bench.poll(); }));
    const Followers& counted = bench.followers();
    CHECK(counted.pairs == DifferenceBench::pairs);
    REQUIRE(counted.after.size() == 3);
    for (std::size_t n = 0; n < 3; ++n) {
        const double expected = bench.rounds()[n].so_far * static_cast<double>(counted.pairs);
        CHECK(std::abs(static_cast<double>(counted.after[n]) - expected) <= 6 * std::sqrt(expected));
    }
    CHECK(counted.after[1] == counted.after[0]); // the second round is free
    CHECK(words_of(round_picture(drawing, bench, 0)).find(" random pairs followed this far, 1 in ") !=
          std::string::npos);
}

TEST_CASE("What can be pointed at in a characteristic stands for a bit, a box or a round", "[viz][lab][picture]") {
    const DrawnStage drawing(samples::power());
    DifferenceBench bench;
    bench.choose(2);
    const Picture first = round_picture(drawing, bench, 0), last = round_picture(drawing, bench, 2);
    CHECK(difference_part(area_on(first, "R0.6").follow) == DifferencePart{PartKind::bit, 38});
    CHECK(difference_part(area_on(first, "L0.32").follow) == DifferencePart{PartKind::bit, 32});
    CHECK(difference_part(area_on(first, "S2").follow) == DifferencePart{PartKind::box, 2});
    CHECK(difference_part(area_on(last, "S2").follow) == DifferencePart{PartKind::box, 2});
    const auto points_at = [](const Picture& picture, std::string_view id) {
        return std::ranges::find(picture.areas, id, &Area::id) != picture.areas.end();
    };
    CHECK_FALSE(points_at(first, "S1")); // nothing enters it
    CHECK_FALSE(points_at(last, "R2.6"));
    const Picture rows = rows_picture(drawing, bench);
    CHECK(difference_part(area_called(rows, "round.3").follow) == DifferencePart{PartKind::round, 3});
    CHECK_FALSE(points_at(rows, "round.4"));
    CHECK_FALSE(difference_part(0));
}

TEST_CASE("The pictures of a characteristic lie in every room and type size", "[viz][lab][picture]") {
    for (const float em : {18.0F, 36.0F}) {
        const DrawnStage drawing(samples::power(), em);
        DifferenceBench bench;
        bench.choose(4);
        bench.flip(40);
        bench.set_rounds(8);
        bench.flip(1);
        for (const Rect& room : stage_rooms) {
            INFO("em " << em << " room " << room.w << "x" << room.h);
            const Rect column{room.x, room.y, 21 * em, room.h};
            const auto none = std::vector<std::string>{};
            CHECK(faults(rows_picture(drawing, bench, column), column, drawing.trace().tree()) == none);
            CHECK(collisions(rows_picture(drawing, bench, column)) == none);
            if (room.w < 23 * em) continue; // the window is one column long before this
            for (std::size_t n = 0; n < 8; ++n) {
                const Picture picture = round_picture(drawing, bench, n, room);
                CHECK(faults(picture, room, drawing.trace().tree()) == none);
                CHECK(collisions(picture) == none);
            }
        }
    }
}

TEST_CASE("A characteristic is built by clicking and by keys, and its page is whole at every size", "[viz][lab]") {
    NullWindow window(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    window.press(key_of('j'));
    for (int i = 0; i < 4; ++i) window.press(key_of('g'));
    at_every_size(window, {1, 2}, [&](float, float, float) {
        window.frame();
        take_cut_text();
        const std::string text = window.frame();
        for (const char* wanted :
             {"The product of the chances: 1 in 234.06", "Round 1 of 2", "no active box: always", "Not measured yet"}) {
            INFO(wanted);
            CHECK(text.find(wanted) != std::string::npos);
        }
        CHECK(take_cut_text() == std::vector<std::string>{});
    });
    window.size(1600, 900);
    window.app.ui().scale = 1;
    const auto shows = [&](const char* words) { return window.frame().find(words) != std::string::npos; };
    window.frame();
    // From the top of the stage down, until the mouse is over what the tooltip speaks of.
    const auto click_on = [&](const char* tooltip) {
        for (int row = 0; row < 125; ++row) {
            for (const float x : {900.0F, 907.0F, 914.0F, 921.0F}) {
                const float y = 100 + 6 * static_cast<float>(row);
                ImGui::GetIO().MousePos = {x, y};
                window.frame();
                if (!shows(tooltip)) continue;
                window.click(x, y);
                ImGui::GetIO().MousePos = {1, 1};
                window.frame();
                return true;
            }
        }
        return false;
    };
    CHECK(click_on("a click turns it over"));
    CHECK(shows("one of your own"));
    window.press(key_of('x'));
    window.press(key_of('x'));
    window.press(key_of('x')); // three rounds
    CHECK(shows("Round 1 of 3"));
    CHECK(shows("16/64"));
    window.press(key_of('u'));
    CHECK_FALSE(shows("16/64"));
    window.press(key_of('c'));
    CHECK(shows("Round 2 of 3"));
}
