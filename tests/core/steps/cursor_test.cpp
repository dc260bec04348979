// The cursor: the contract's moves at every step, at both ends, and jumps that can be undone.
#include "core/steps/cursor.hpp"

#include <random>
#include <vector>

#include "core/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;

TEST_CASE("Going into again and again visits every step in the tree's order", "[cursor]") {
    for (const Recording& recording : samples::all()) {
        const StepTree tree(recording);
        Cursor cursor(tree);
        std::uint64_t visited = 1;
        while (true) {
            REQUIRE(cursor.number() == visited);
            if (!cursor.into()) break;
            ++visited;
        }
        REQUIRE(visited == tree.total());
        REQUIRE_FALSE(cursor.over());
    }
}

TEST_CASE("Over goes to the next sibling, else the parent's next", "[cursor]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    Cursor cursor(tree);
    cursor.go_to("message.1/encrypt/block.1/round.5/sbox.8");
    REQUIRE(cursor.over());
    REQUIRE(cursor.address() == "message.1/encrypt/block.1/round.5/permute");
    cursor.over();
    REQUIRE(cursor.address() == "message.1/encrypt/block.1/round.5/join");
    cursor.over();
    REQUIRE(cursor.address() == "message.1/encrypt/block.1/round.6");
    cursor.go_to("message.1/encrypt/block.1/fp");
    cursor.over();
    REQUIRE(cursor.address() == "message.1/encrypt/block.2");
    cursor.go_to("connect");
    cursor.over();
    REQUIRE(cursor.address() == "parameters");
}

TEST_CASE("Back goes to the previous sibling, else the parent", "[cursor]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    Cursor cursor(tree);
    cursor.go_to("message.1/encrypt/block.2/ip");
    cursor.back();
    REQUIRE(cursor.address() == "message.1/encrypt/block.2");
    cursor.back();
    REQUIRE(cursor.address() == "message.1/encrypt/block.1");
    cursor.back();
    REQUIRE(cursor.address() == "message.1/encrypt");
    cursor.back();
    REQUIRE(cursor.address() == "message.1/pad");
}

TEST_CASE("Out goes to the parent and stays on the top level", "[cursor]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    Cursor cursor(tree);
    cursor.go_to("message.1/encrypt/block.2/round.1/sbox.4");
    for (const char* expected :
         {"message.1/encrypt/block.2/round.1", "message.1/encrypt/block.2", "message.1/encrypt", "message.1"}) {
        REQUIRE(cursor.out());
        REQUIRE(cursor.address() == expected);
    }
    REQUIRE_FALSE(cursor.out());
    REQUIRE(cursor.address() == "message.1");
}

TEST_CASE("At both ends the cursor stays where it is", "[cursor]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    Cursor cursor(tree);
    REQUIRE_FALSE(cursor.back());
    REQUIRE_FALSE(cursor.out());
    REQUIRE_FALSE(cursor.start());
    REQUIRE(cursor.address() == "connect");
    REQUIRE(cursor.end());
    REQUIRE(cursor.number() == tree.total());
    REQUIRE_FALSE(cursor.into());
    REQUIRE_FALSE(cursor.over());
    REQUIRE_FALSE(cursor.end());
}

TEST_CASE("Jumps are undone and redone like pages, steps between them included", "[cursor]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    Cursor cursor(tree);
    REQUIRE_FALSE(cursor.undo());
    cursor.go_to("message.1/pad");
    cursor.over(); // message.1/encrypt, within the page
    cursor.go_to("message.2/frame");
    cursor.go_to("secret/server.derive");
    REQUIRE(cursor.undo());
    REQUIRE(cursor.address() == "message.2/frame");
    REQUIRE(cursor.undo());
    REQUIRE(cursor.address() == "message.1/encrypt");
    REQUIRE(cursor.undo());
    REQUIRE(cursor.address() == "connect");
    REQUIRE_FALSE(cursor.undo());
    REQUIRE(cursor.redo());
    REQUIRE(cursor.address() == "message.1/encrypt");
    cursor.go_to("message.2");
    REQUIRE_FALSE(cursor.can_redo());
    REQUIRE(cursor.undo());
    REQUIRE(cursor.address() == "message.1/encrypt");
}

TEST_CASE("The cursor's pages are a browser's, whatever is done in whatever order", "[cursor]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    std::mt19937 random(15);
    for (int round = 0; round < 20; ++round) {
        Cursor cursor(tree);
        // A browser's history: what lies behind, where one is, what lies ahead.
        std::vector<std::uint64_t> behind, ahead;
        std::uint64_t here = 1;
        for (int i = 0; i < 200; ++i) {
            const auto what = random() % 6;
            if (what < 2) {
                const std::uint64_t to = random() % tree.total() + 1;
                CHECK(cursor.go_to_number(to) == (to != here));
                if (to != here) {
                    behind.push_back(here);
                    ahead.clear();
                    here = to;
                }
            } else if (what == 2) {
                CHECK(cursor.can_undo() == !behind.empty());
                CHECK(cursor.jumps() == behind.size());
                CHECK(cursor.undo() == !behind.empty());
                if (!behind.empty()) {
                    ahead.push_back(here);
                    here = behind.back();
                    behind.pop_back();
                }
            } else if (what == 3) {
                CHECK(cursor.can_redo() == !ahead.empty());
                CHECK(cursor.redo() == !ahead.empty());
                if (!ahead.empty()) {
                    behind.push_back(here);
                    here = ahead.back();
                    ahead.pop_back();
                }
            } else {
                // A step stays on the page, and what lies ahead stays there, too.
                what == 4 ? cursor.over() : cursor.into();
                here = cursor.number();
            }
            REQUIRE(cursor.number() == here);
        }
    }
}

TEST_CASE("A jump to nowhere is an error and moves nothing", "[cursor]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    Cursor cursor(tree);
    cursor.go_to("message.1/pad");
    REQUIRE_THROWS_AS(cursor.go_to("message.77"), Error);
    REQUIRE(cursor.address() == "message.1/pad");
    REQUIRE(cursor.undo());
    REQUIRE(cursor.address() == "connect");
}
