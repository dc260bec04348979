// The keyboard between the window system and a frame: nothing lost, nothing reordered, every press seen by a frame.
#include <random>

#include "tests/support/catch.hpp"
#include "viz/base/key_queue.hpp"

using namespace keyhole::viz;
using enum KeyEvent::Kind;

namespace {

constexpr int ctrl = 1000;

KeyEvent event(KeyEvent::Kind kind, int key) { return {.kind = kind, .key = key, .is_modifier = key >= ctrl}; }

KeyQueue queue_of(const std::vector<KeyEvent>& events) {
    KeyQueue queue;
    for (const KeyEvent& e : events) queue.put(e);
    return queue;
}

std::vector<std::vector<int>> frames_of(KeyQueue queue) {
    std::vector<std::vector<int>> frames;
    while (!queue.empty()) {
        frames.emplace_back();
        for (const KeyEvent& e : queue.take_frame()) frames.back().push_back(e.kind == release ? -e.key : e.key);
    }
    return frames;
}

} // namespace

TEST_CASE("A key that comes and goes at once is down for a frame", "[viz][keys]") {
    CHECK(frames_of(queue_of({event(press, 7), event(release, 7)})) == std::vector<std::vector<int>>{{7}, {-7}});
}

TEST_CASE("A modifier stays down for the frame of its key", "[viz][keys]") {
    const auto frames =
        frames_of(queue_of({event(press, ctrl), event(press, 7), event(release, 7), event(release, ctrl)}));
    CHECK(frames == std::vector<std::vector<int>>{{ctrl, 7}, {-7, -ctrl}});
}

TEST_CASE("A modifier that is let go before its key is down for that key's frame", "[viz][keys]") {
    KeyQueue queue = queue_of({event(press, ctrl)});
    CHECK(queue.take_frame().size() == 1);
    for (const KeyEvent& e : {event(press, 7), event(release, ctrl), event(release, 7)}) queue.put(e);
    CHECK(frames_of(queue) == std::vector<std::vector<int>>{{7}, {-ctrl, -7}});
}

TEST_CASE("The next stroke waits for the frame after a release", "[viz][keys]") {
    const auto frames = frames_of(queue_of({event(press, ctrl), event(press, 7), event(release, 7),
                                            event(release, ctrl), event(press, ctrl), event(press, 8)}));
    CHECK(frames == std::vector<std::vector<int>>{{ctrl, 7}, {-7, -ctrl}, {ctrl, 8}});
}

TEST_CASE("Each stroke has a frame of its own and its character comes with it", "[viz][keys]") {
    const auto frames = frames_of(queue_of({event(press, 7), event(character, 97), event(press, 8),
                                            event(character, 98), event(release, 7), event(release, 8)}));
    CHECK(frames == std::vector<std::vector<int>>{{7, 97}, {8, 98}, {-7, -8}});
}

TEST_CASE("What a held key repeats comes at once", "[viz][keys]") {
    std::vector<KeyEvent> events = {event(press, 7)};
    events.insert(events.end(), 30, event(repeat, 7));
    CHECK(queue_of(events).take_frame().size() == 31);
}

TEST_CASE("Whatever is typed arrives whole, in its order", "[viz][keys]") {
    std::mt19937 random(1); // NOLINT: the same events each time
    for (int round = 0; round < 200; ++round) {
        KeyQueue queue;
        std::vector<std::pair<KeyEvent::Kind, int>> put, taken;
        for (int i = 0; i < 40; ++i) {
            const auto kind = static_cast<KeyEvent::Kind>(random() % 4);
            const int key = random() % 4 == 0 ? ctrl : static_cast<int>(random() % 3);
            queue.put(event(kind, key));
            put.emplace_back(kind, key);
        }
        while (!queue.empty()) {
            const auto frame = queue.take_frame();
            REQUIRE_FALSE(frame.empty());
            for (const KeyEvent& e : frame) taken.emplace_back(e.kind, e.key);
        }
        CHECK(taken == put);
    }
}
