// What comes next and what lies inside, as the line below the stage says it.
#include "tests/support/catch.hpp"

#include "core/steps/cursor.hpp"
#include "core/steps/step_kinds.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "viz/session/next_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;

TEST_CASE("The line names where Right and Down lead, at every kind of step", "[viz][next]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    for (const std::string& where : testing::one_of_each_kind(tree)) {
        INFO(where);
        Cursor over(tree), into(tree);
        over.go_to(where);
        into.go_to(where);
        const Node here = over.node();
        const WhatNext words = what_next(tree, here);
        CHECK(words.last == !over.over());
        if (!words.last) CHECK(words.next.ends_with(": " + title(over.node())));
        if (!words.last) CHECK(words.next.starts_with("next, further out") == (over.node().depth() < here.depth()));
        into.into();
        if (tree.child_count(here) > 0) CHECK(words.inside == "inside: " + title(into.node()));
        if (tree.child_count(here) == 0) CHECK(words.inside.empty());
    }
}

TEST_CASE("The last message says that it is the last on its level, and what goes on", "[viz][next]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    CHECK(what_next(tree, tree.at("message.2")).next == "the last step on this level: Down goes inside");
    CHECK(what_next(tree, tree.at("message.2/unpad")).next == "the last step on this level: Up goes out");
}

TEST_CASE("Right at the end of a level says why nothing happens", "[viz][next]") {
    testing::NullWindow window(samples::exchange());
    window.app.go_to("message.2");
    window.frame();
    window.press(Key::right);
    CHECK(window.address() == "message.2");
    CHECK(window.app.ui().notice.find("Down goes inside") != std::string::npos);
    window.press(Key::left);
    CHECK(window.app.ui().notice.empty());
}
