// The page of practice: it asks about the step at which the cursor stands, and what it knows it does not show too
// early.
#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/pages/practice/practice_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::NullWindow;

namespace {

constexpr const char* sbox = "message.1/encrypt/block.1/round.5/sbox.3";

Recording textbook() {
    return record_des({.key = 0x133457799BBCDFF1, .mode = Mode::ecb, .padding = Padding::none}, Direction::encrypt, 0,
                      block_bytes(0x0123456789ABCDEF));
}

struct Practising {
    explicit Practising(Recording what) : recording(std::move(what)) {}

    void at(std::string_view address) { model.follow(1, trace, trace.tree().at(address), 0); }
    bool answer(const std::string& text) {
        model.typed = text;
        model.answer(1);
        return model.result() != nullptr;
    }
    std::string expected() const { return practice::expected_text(*model.question()); }

    Recording recording;
    Trace trace{recording};
    PracticeModel model;
};

} // namespace

TEST_CASE("Practice asks everything that the step has to ask, then goes on to the next step", "[viz][practice]") {
    Practising p(textbook());
    p.at(sbox);
    for (const std::string ask : {"row", "column", "output"}) {
        REQUIRE(p.model.question() != nullptr);
        CHECK(p.model.question()->ask == ask);
        CHECK(p.answer(p.expected()));
        CHECK(p.model.result()->right);
        const auto moved = p.model.next(p.trace, 2);
        CHECK(moved.has_value() == (ask == "output"));
        if (moved) CHECK(address(*moved) == "message.1/encrypt/block.1/round.5/sbox.4");
    }
    CHECK(practice::score_text(p.model.session().score()) == "3 right, 0 wrong");
}

TEST_CASE("Two misses decide, moving on does not count, and an empty answer is none", "[viz][practice]") {
    Practising p(textbook());
    p.at(sbox);
    CHECK_FALSE(p.answer("  "));
    CHECK(p.model.rule() == nullptr);
    CHECK_FALSE(p.answer("0xFF"));
    REQUIRE(p.model.rule() != nullptr);
    CHECK(p.model.typed.empty());
    CHECK_FALSE(p.model.unreadable());
    CHECK(p.answer("nonsense"));
    CHECK(p.model.unreadable());
    CHECK_FALSE(p.model.result()->right);
    p.at("message.1/encrypt/block.1/round.5/permute"); // not answered
    p.at("message.1/encrypt/block.1/round.5/join");
    CHECK(practice::score_text(p.model.session().score()) == "0 right, 1 wrong");
    CHECK_FALSE(p.answer("1"));
    p.at("message.1"); // after a miss
    CHECK(p.model.question() == nullptr);
    p.at(sbox);
    CHECK(practice::score_text(p.model.session().score()) == "0 right, 2 wrong");
}

TEST_CASE("An order is clicked together", "[viz][practice]") {
    Practising p(textbook());
    p.at("message.1/encrypt/block.1/round.5");
    REQUIRE(p.model.question() != nullptr);
    REQUIRE(p.model.question()->is_order());
    p.model.click(1);
    CHECK(p.model.clicked(1));
    p.model.click(1);
    CHECK(p.model.typed.empty());
    for (const char c : p.expected()) {
        if (c != ' ') p.model.click(static_cast<std::size_t>(c - '0'));
    }
    CHECK(p.model.typed == p.expected());
    p.model.answer(1);
    REQUIRE(p.model.result() != nullptr);
    CHECK(p.model.result()->right);
}

TEST_CASE("Somewhere in a trace there is always something to practise", "[viz][practice]") {
    for (const Recording& recording : samples::all()) {
        Practising p(recording);
        if (p.trace.tree().total() < 50) continue;
        const auto node = p.model.anywhere(p.trace);
        if (!node) continue; // an eavesdropper's trace
        p.model.follow(2, p.trace, *node, 0);
        CHECK(p.model.question() != nullptr);
    }
}

TEST_CASE("The page fits every size, and shows the value only when it is decided", "[viz][practice]") {
    NullWindow window(textbook());
    window.at(sbox);
    check_page(window, '9', {"S-box 3", "row = ?", "Answer"});
    window.size(1600, 900);
    window.app.ui().scale = 1;
    window.frame();
    const std::string before = NullWindow::squeezed(window.frame());
    CHECK(before.find("chooserow") == std::string::npos); // the words of the step
    window.press(Key::escape);
    CHECK(window.press(key_of('x')).find("column = ?") != std::string::npos);
    CHECK(window.press(key_of('x')).find("output = ?") != std::string::npos);
    window.press(key_of('x'));
    CHECK(window.address() == "message.1/encrypt/block.1/round.5/sbox.4");
}
