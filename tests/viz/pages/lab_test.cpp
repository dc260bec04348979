// The Lab page: a variant clicked together or typed, what is found about it, and the trace that it opens.
#include <sys/stat.h>

#include <filesystem>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/pages/lab/bench/variant_bench.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::NullWindow;

namespace {

bool found(VariantBench& bench) {
    return keyhole::testing::wait_until([&] {
        bench.refresh();
        return !bench.busy();
    });
}

} // namespace

TEST_CASE("A variant is typed or clicked, and a wrong list leaves the one before", "[viz][lab]") {
    VariantBench bench;
    CHECK(bench.variant().is_des());
    bench.list = "rounds=3,no-p";
    bench.refresh();
    CHECK(bench.variant() == des::parse_variant("rounds=3,no-p"));
    bench.list = "rounds=33";
    bench.refresh();
    CHECK(bench.fault().find("rounds are 1 to 16") != std::string::npos);
    CHECK(bench.variant() == des::parse_variant("rounds=3,no-p"));
    des::Variant clicked = bench.variant();
    clicked.has_p = true;
    choose_box(clicked, 2, BoxChoice::linear);
    bench.set(clicked);
    CHECK(bench.fault().empty());
    CHECK(bench.list == "rounds=3,sbox2=linear");
}

TEST_CASE("What stands in the place of a box is known by its name", "[viz][lab]") {
    des::Variant v;
    CHECK(box_choice(v, 1) == BoxChoice::own);
    for (const BoxChoice choice : {BoxChoice::s3, BoxChoice::s8, BoxChoice::linear}) {
        choose_box(v, 1, choice);
        CHECK(box_choice(v, 1) == choice);
    }
    v.boxes[0][1][1] = 9;
    CHECK(box_choice(v, 1) == BoxChoice::other);
    choose_box(v, 1, BoxChoice::s1);
    CHECK(v.is_des());
}

TEST_CASE("The key for what a box is comes round all choices, past the box's own number", "[viz][lab]") {
    for (unsigned box = 1; box <= 8; ++box) {
        des::Variant v;
        std::set<BoxChoice> seen;
        do {
            CHECK(seen.insert(box_choice(v, box)).second);
            choose_box(v, box, next_choice(v, box));
        } while (seen.size() < 20 && !v.is_des());
        CHECK(seen.size() == 9); // its own, the seven others, the linear one
        v.boxes[box - 1][1][1] = 0;
        v.boxes[box - 1][1][2] = 0;
        CHECK(next_choice(v, box) == BoxChoice::own);
    }
}

TEST_CASE("A box comes from a regular file in the window, which waits for no pipe", "[viz][lab]") {
    const keyhole::testing::TemporaryFolder dir;
    const std::filesystem::path pipe = dir.path() / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    VariantBench bench;
    bench.list = "sbox1=" + pipe.string();
    bench.refresh();
    CHECK(bench.fault().find("is no regular file") != std::string::npos);
    bench.list = "sbox1=" + (dir.path() / "nothing").string();
    bench.refresh();
    CHECK(bench.fault().find("cannot") != std::string::npos);
}

TEST_CASE("Facts are found about the variant, beside DES, and worded by what was found", "[viz][lab]") {
    VariantBench bench;
    bench.list = "no-swap";
    REQUIRE(found(bench));
    const auto lines = bench.fact_lines();
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].words.find("does not undo it: 0 of 400") != std::string::npos);
    CHECK(lines[0].words.find("after the last, 400 did") != std::string::npos);
    CHECK_FALSE(lines[0].as_in_des);
    CHECK(lines[1].as_in_des);
    bench.list = "sbox1=linear";
    REQUIRE(found(bench));
    CHECK(bench.fact_lines()[0].as_in_des);
    CHECK(bench.fact_lines().back().words.find("S1: a difference comes out alike 64 of 64 times") != std::string::npos);
    CHECK(bench.standard().rounds.size() == 17);
}

TEST_CASE("DES itself is looked at once, and is as in DES", "[viz][lab]") {
    VariantBench bench;
    CHECK_FALSE(bench.busy()); // nobody has looked at the page yet
    REQUIRE(found(bench));
    CHECK(bench.facts().rounds.back().text_mean == bench.standard().rounds.back().text_mean);
    for (const FactLine& line : bench.fact_lines()) CHECK(line.as_in_des);
}

TEST_CASE("The variant opens the workbench's message, or the textbook's where there is an exchange", "[viz][lab]") {
    VariantBench bench;
    bench.list = "rounds=2";
    bench.refresh();
    for (const Recording& recording : {samples::workbench(Direction::encrypt, Mode::cbc, 20), samples::exchange()}) {
        const Opened opened = bench.opened(Trace(recording));
        CHECK(opened.recording.variant == des::parse_variant("rounds=2"));
        CHECK(opened.title == "not DES: rounds=2");
        CHECK(StepTree(opened.recording).find(opened.go_to));
        if (recording.des) CHECK(opened.recording.messages[0].sent->plaintext == recording.messages[0].sent->plaintext);
    }
}

TEST_CASE("The Lab page is worked by keys, opens a trace, and that trace bears its mark everywhere", "[viz][lab]") {
    NullWindow window(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    window.press(key_of('j'));
    CHECK(window.frame().find("Last swap") != std::string::npos);
    window.press(key_of('o'));
    window.press(key_of('a'));
    CHECK(window.press(key_of('y')).find("rounds=15,no-p,sbox1=S2") != std::string::npos);
    window.press(Key::enter);
    CHECK(window.app.ui().page == PageName::steps);
    CHECK(window.app.session().recording.variant.rounds == 15);
    for (const char* where : {"message.1", "schedule", "message.1/encrypt/block.1/round.15/sbox.4"})
        CHECK(window.at(where).find("notDES:rounds=15,no-p") != std::string::npos);
    for (const char key : {'2', '4', '5', '9'})
        CHECK(window.press(key_of(key)).find("not DES: rounds=15,no-p") != std::string::npos);
    window.press(key_of('j'));
    window.press(key_of('w'));
    CHECK(window.press(Key::space).find("sbox1[0,0]=15") != std::string::npos);
}

TEST_CASE("The Lab page shows its words uncut at every size", "[viz][lab]") {
    NullWindow window(samples::exchange());
    viz::testing::check_page(window, 'j', {"Last swap", "Subkeys"});
}
