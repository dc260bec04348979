// Meeting in the middle in the window: keys are found and proven, or it says plainly that they are not, and the picture
// shows how far it has come.
#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/pages/lab/bench/meet_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;
using keyhole::testing::wait_until;

namespace {

MeetSeen attacked(const MeetChoice& choice, std::string& outcome) {
    MeetBench bench;
    bench.start(choice);
    REQUIRE(wait_until([&] { return bench.poll(); }));
    outcome = bench.outcome();
    CHECK_FALSE(bench.failed());
    CHECK(bench.is_about(choice));
    return bench.seen();
}

Picture drawn(const DrawnStage& drawing, const MeetSeen& seen, Rect room = {0, 0, 900, 700}) {
    Picture picture;
    Canvas canvas(drawing.style(), picture);
    picture.foot = draw_meet(canvas, seen, room);
    return picture;
}

std::size_t filled(const Picture& picture, std::string_view field) {
    return static_cast<std::size_t>(std::ranges::count_if(picture.shapes, [&](const Shape& shape) {
        const auto* cell = std::get_if<shape::Cell>(&shape.form);
        return cell != nullptr && cell->filled && shape.id.starts_with(field);
    }));
}

std::string text_of(const Picture& picture, std::string_view id) {
    const Shape* shape = picture.find(id);
    REQUIRE(shape != nullptr);
    return std::get<shape::Text>(shape->form).words;
}

} // namespace

TEST_CASE("The bench finds both keys of double DES, proven on both pairs", "[viz][lab]") {
    std::string outcome;
    const MeetSeen seen = attacked({.unknown_bits = 12, .seed = 5}, outcome);
    CHECK(outcome.starts_with("keys 0x"));
    CHECK(outcome.ends_with("they are those that were drawn"));
    REQUIRE(seen.keys.size() == 1);
    for (const KnownPair& pair : seen.question.pairs)
        CHECK(lab::double_encipher(pair.plaintext, seen.keys[0].first, seen.keys[0].second) == pair.ciphertext);
    CHECK(seen.ended);
    const std::vector<MeetLeft> left = what_is_left(seen);
    REQUIRE(left.size() == 4);
    CHECK(left[0].left == std::uint64_t{1} << 24);
    CHECK(left[2].left == 1);
    CHECK(left[2].log2_wrong == 24 - 64);
    CHECK(left[3].left == 1);
}

TEST_CASE("Where a known bit is wrong no keys are left, and the bench says so", "[viz][lab]") {
    std::string outcome;
    const MeetSeen seen = attacked({.unknown_bits = 8, .one_wrong = true, .seed = 5}, outcome);
    CHECK(outcome == "no keys: no two with these known bits fit 2 pairs; a bit that is taken for known is wrong");
    CHECK(seen.keys.empty());
    CHECK(what_is_left(seen).back().left == 0);
    CHECK_FALSE(middle_of(seen));
}

TEST_CASE("What came of meeting in the middle is said as it is", "[viz][lab]") {
    const lab::KeyPair one{0x0101010101010101, 0x133457799BBCDFF1}, other{0x133457799BBCDFF1, 0x133457799BBCDFF1};
    const lab::MeetResult two_left{.keys = {one, other}, .state = {}, .stopped = false};
    CHECK(outcome_words(two_left, one, 2) ==
          "2 pairs of keys fit 2 pairs, and nothing here says which is right: one more pair of texts would");
    const lab::MeetResult found{.keys = {one}, .state = {}, .stopped = false};
    CHECK(outcome_words(found, one, 2).ends_with("they are those that were drawn"));
    CHECK(outcome_words(found, other, 2).ends_with("they are not those that were drawn"));
}

TEST_CASE("Meeting in the middle is stopped, and says so", "[viz][lab]") {
    MeetBench bench;
    bench.start({.unknown_bits = 24});
    bench.cancel();
    REQUIRE(wait_until([&] { return bench.poll(); }));
    CHECK(bench.outcome() == "stopped; nothing was kept");
    CHECK_FALSE(bench.seen().ended);
}

TEST_CASE("Both ways have their price once it is measured", "[viz][lab]") {
    MeetSeen seen{.question = {.pairs = {}, .unknown_bits = 20}, .state = {}, .keys = {}};
    CHECK(prices(seen)[0].log2_work == 21);
    CHECK(prices(seen)[1].log2_work == 40);
    CHECK(prices(seen)[0].memory == "12 MiB");
    CHECK(prices(seen)[1].time.empty());
    seen.ended = true;
    seen.state = {.enciphered = 1 << 20, .deciphered = 1 << 20, .met = 0, .left = {1, 1}, .seconds = 2};
    CHECK(prices(seen)[0].time == "2.0 s");
    CHECK(prices(seen)[1].time == "12 days, reckoned at the 1.05 M keys/s measured here"); // 2^40 / 2^20 s
    seen.state.seconds = 0.01;
    CHECK(prices(seen)[1].time == "how long is not reckoned: this was over too soon to measure a rate");
}

TEST_CASE("The table fills as the keys are done", "[viz][lab][picture]") {
    const DrawnStage drawing(samples::power());
    MeetSeen seen{.question = {.pairs = {}, .unknown_bits = 12}, .state = {}, .keys = {}};
    CHECK(filled(drawn(drawing, seen), "first.") == 0);
    CHECK(text_of(drawn(drawing, seen), "left.2") == "?");
    seen.state.enciphered = 1024;
    CHECK(filled(drawn(drawing, seen), "first.") == 32); // a quarter
    CHECK(filled(drawn(drawing, seen), "second.") == 0);
    seen.state.enciphered = 4096;
    seen.state.deciphered = 2048;
    CHECK(filled(drawn(drawing, seen), "first.") == 128);
    CHECK(filled(drawn(drawing, seen), "second.") == 64);
    CHECK(text_of(drawn(drawing, seen), "left.2") == "0");
}

TEST_CASE("The keys that were found and the middle stand between the texts", "[viz][lab][picture]") {
    const DrawnStage drawing(samples::power());
    std::string outcome;
    const MeetSeen seen = attacked({.unknown_bits = 8, .seed = 2}, outcome);
    const std::string words = words_of(drawn(drawing, seen));
    const KnownPair& pair = seen.question.pairs[0];
    REQUIRE(middle_of(seen));
    CHECK(des::crypt(*middle_of(seen), des::key_schedule(seen.keys[0].second)) == pair.ciphertext);
    for (const des::Block block :
         {pair.plaintext, seen.keys[0].first, *middle_of(seen), seen.keys[0].second, pair.ciphertext}) {
        const std::string hex = fmt::format("{:016X}", block);
        CHECK(words.find(hex.substr(0, 8) + "\n" + hex.substr(8)) != std::string::npos);
    }
}

TEST_CASE("The picture of meeting in the middle lies in every room and type size", "[viz][lab][picture]") {
    std::string outcome;
    const MeetSeen found = attacked({.unknown_bits = 8, .seed = 2}, outcome);
    MeetSeen largest{.question = {.pairs = {}, .unknown_bits = 24}, .state = {}, .keys = {}};
    largest.ended = true;
    largest.state = {.enciphered = 1 << 24, .deciphered = 1 << 24, .met = 256, .left = {1, 1}, .seconds = 9};
    for (const float em : {18.0F, 36.0F}) {
        const DrawnStage drawing(samples::power(), em);
        for (const Rect& room : stage_rooms) {
            if (room.w < 23 * em) continue; // the window is one column long before this
            INFO("em " << em << " room " << room.w << "x" << room.h);
            for (const MeetSeen& seen : {found, largest})
                CHECK(faults(drawn(drawing, seen, room), room, drawing.trace().tree()) == std::vector<std::string>{});
        }
    }
}

TEST_CASE("Meeting in the middle is begun by a key, and its page is whole at every size", "[viz][lab]") {
    NullWindow window(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    window.press(key_of('j'));
    for (int i = 0; i < 5; ++i) window.press(key_of('g'));
    const auto shows = [&](const char* words) { return window.frame().find(words) != std::string::npos; };
    CHECK(shows("Keys number 1 are drawn"));
    window.press(Key::enter);
    REQUIRE(wait_until([&] { return shows("those that were drawn"); }));
    at_every_size(window, {1, 2}, [&](float, float, float) {
        window.frame();
        take_cut_text();
        const std::string text = window.frame();
        for (const char* wanted : {"65 536 of 65 536", "proven on 2 pairs", "Brute force", "fit 2 pairs of texts"}) {
            INFO(wanted);
            CHECK(NullWindow::squeezed(text).find(NullWindow::squeezed(wanted)) != std::string::npos);
        }
        CHECK(take_cut_text() == std::vector<std::string>{});
    });
    window.press(key_of('o'));
    CHECK_FALSE(shows("those that were drawn"));
    window.press(key_of('c'));
    window.press(Key::enter);
    REQUIRE(wait_until([&] { return shows("no keys: no two"); }));
}
