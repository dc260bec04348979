// The Lab page's other views: tables of the boxes, attacks whose bars grow, characteristics that are built.
#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/pages/lab/bench/box_table.hpp"
#include "viz/pages/lab/bench/break_bench.hpp"
#include "viz/pages/lab/bench/difference_bench.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::testing::wait_until;
using keyhole::viz::testing::NullWindow;

TEST_CASE("A cell of a box's table opens as many inputs as it counts", "[viz][lab]") {
    const BoxTable differences = box_table({}, 1, BoxTableKind::differences);
    CHECK(differences.entries[0x34][2] == 16);
    CHECK(differences.inputs(0x34, 2).size() == 8); // each pair once
    CHECK(differences.words(0x34, 2).find("16 of 64") != std::string::npos);
    CHECK(differences.strength(0x34, 2) == 1);
    CHECK(differences.strength(0x34, 0) == 0);
    const BoxTable sums = box_table({}, 5, BoxTableKind::sums);
    CHECK(sums.entries[0x10][15] == -20);
    CHECK(sums.inputs(0x10, 15).size() == 12);
    CHECK(sums.strength(0x10, 15) == 1);
    CHECK(sums.criteria.size() == 8);
}

TEST_CASE("The bench breaks four rounds, and the right bars are among those that are drawn", "[viz][lab]") {
    for (const AttackKind kind : {AttackKind::differential, AttackKind::linear}) {
        BreakBench bench;
        bench.start({.kind = kind, .rounds = 4, .seed = 3});
        REQUIRE(wait_until([&] { return bench.poll(); }));
        CAPTURE(bench.outcome());
        CHECK(bench.outcome().starts_with("key 0x"));
        CHECK(bench.outcome().ends_with("it is the one that was drawn"));
        REQUIRE_FALSE(bench.picture().groups.empty());
        for (const BreakBars& group : bench.picture().groups) CHECK(std::ranges::any_of(group.bars, &BreakBar::right));
        CHECK_FALSE(bench.running());
    }
}

TEST_CASE("An attack on the bench is stopped, and says so", "[viz][lab]") {
    BreakBench bench;
    bench.start({.kind = AttackKind::linear, .rounds = 8, .seed = 1});
    bench.cancel();
    REQUIRE(wait_until([&] { return bench.poll(); }));
    CHECK(bench.outcome() == "stopped; nothing was kept");
}

TEST_CASE("A characteristic is chosen, typed, turned and measured", "[viz][lab]") {
    DifferenceBench bench;
    bench.choose(2);
    CHECK(bench.rounds().size() == 3);
    CHECK(1 / bench.chance() == Approx(16));
    CHECK(bench.after() == lab::HalvesDifference{0x04000000, 0x40080000});
    bench.measure();
    REQUIRE(wait_until([&] { return bench.poll(); }));
    CHECK(bench.measured().find("random pairs followed: 1 in ") != std::string::npos);

    bench.input = "nonsense";
    bench.refresh();
    CHECK_FALSE(bench.fault().empty());
    bench.input = "00000000 04000000";
    bench.refresh();
    CHECK(bench.fault().empty());
    CHECK(bench.rounds().size() == 3);
    CHECK(bench.rounds()[0].output == 0x40080000); // the likeliest
    bench.turn_box(0, 2);
    CHECK(bench.rounds()[0].output != 0x40080000);
    CHECK(bench.rounds()[0].chance > 0);
    bench.set_rounds(20);
    CHECK(bench.rounds().size() == DifferenceBench::most_rounds);
    bench.set_rounds(0);
    CHECK(bench.rounds().size() == 1);
}

TEST_CASE("What was measured belongs to the characteristic that is shown", "[viz][lab]") {
    DifferenceBench bench;
    bench.measure();
    bench.choose(2);
    CHECK_FALSE(bench.measuring());
    CHECK(bench.measured().empty());
    bench.measure();
    REQUIRE(wait_until([&] { return bench.poll(); }));
    bench.turn_box(0, 2);
    CHECK(bench.measured().empty());
    CHECK(bench.followers().pairs == 0);
}

TEST_CASE("A characteristic that was changed is a classical one no more", "[viz][lab]") {
    DifferenceBench bench;
    const auto changed = [&](auto&& change) {
        bench.choose(2);
        CHECK(bench.classical() == 2);
        const std::string classical = bench.words();
        change();
        CHECK_FALSE(bench.classical());
        CHECK(bench.words() == "one of your own");
        CHECK(bench.words() != classical);
    };
    changed([&] { bench.turn_box(2, 2); });
    changed([&] { bench.flip(33); });
    changed([&] { bench.set_rounds(5); });
    changed([&] {
        bench.input = "00000000 04000000";
        bench.refresh();
    });
    bench.choose(2);
    bench.set_rounds(bench.rounds().size());
    CHECK(bench.classical() == 2); // nothing was changed
}

TEST_CASE("An attack's outcome is shown beside its own choice only", "[viz][lab]") {
    NullWindow window(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    window.press(key_of('j'));
    window.press(key_of('g'));
    window.press(key_of('g'));
    window.press(Key::enter);
    const auto shows = [&](const char* words) { return window.frame().find(words) != std::string::npos; };
    REQUIRE(wait_until([&] { return shows("proven on the texts"); }));
    CHECK(shows("expected"));
    for (const char key : {'c', 'o', 'w'}) {
        window.press(key_of(key));
        CHECK_FALSE(shows("proven on the texts"));
        CHECK_FALSE(shows("expected)"));
    }
    BreakBench bench;
    bench.start({.kind = AttackKind::linear, .rounds = 8, .seed = 4});
    CHECK(bench.progress().starts_with("linear, 8 rounds, key number 4: "));
}

TEST_CASE("The cone begins with a bit that is there, however few rounds there are", "[viz][lab]") {
    NullWindow window(samples::variant("rounds=1"));
    window.press(key_of('j'));
    for (int i = 0; i < 3; ++i) window.press(key_of('g'));
    CHECK(window.frame().find("Above the line") != std::string::npos);
}

TEST_CASE("The Lab's views come round with G", "[viz][lab]") {
    NullWindow window(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    window.press(key_of('j'));
    CHECK(window.press(key_of('g')).find("Design criteria") != std::string::npos);
    CHECK(window.press(key_of('g')).find("The attack gets only texts") != std::string::npos);
    CHECK(window.press(key_of('g')).find("The step shown") != std::string::npos);
    CHECK(window.press(key_of('g')).find("The product of the chances") != std::string::npos);
    CHECK(window.press(key_of('g')).find("Keys number 1 are drawn") != std::string::npos);
    CHECK(window.press(key_of('g')).find("Last swap") != std::string::npos);
}
