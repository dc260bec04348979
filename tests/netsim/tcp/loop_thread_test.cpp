#include "netsim/tcp/loop_thread.hpp"

#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/support/catch.hpp"

using namespace keyhole;

TEST_CASE("What is posted to a loop's thread happens there, one after the other", "[netsim]") {
    LoopThread loop([](const std::string&) {});
    std::promise<std::string> said;
    std::string order;
    std::thread::id where;
    for (const char letter : {'a', 'b', 'c'}) loop.post([&order, letter] { order += letter; });
    loop.post([&] {
        where = std::this_thread::get_id();
        said.set_value(order);
    });
    CHECK(said.get_future().get() == "abc");
    CHECK(where != std::this_thread::get_id());
}

TEST_CASE("A handler that throws is told, without control characters, and the loop goes on", "[netsim]") {
    std::promise<std::string> told, after;
    LoopThread loop([&](const std::string& why) { told.set_value(why); });
    loop.post([] { throw std::runtime_error("no \x1b here"); });
    loop.post([&] { after.set_value("goes on"); });
    CHECK(told.get_future().get() == "no \\x1B here");
    CHECK(after.get_future().get() == "goes on");
}

TEST_CASE("A loop's end does the last thing, once, and gives last bytes a moment", "[netsim]") {
    LoopThread loop([](const std::string&) {});
    int posted = 0, last = 0;
    bool kept = false;
    loop.post([&] {
        ++posted;
        loop.keep_for_a_moment(std::shared_ptr<void>(nullptr, [&kept](void*) { kept = true; }));
    });
    loop.end([&] {
        ++last;
        CHECK_FALSE(kept);
        return true;
    });
    CHECK(posted == 1);
    CHECK(kept);
    loop.end([&] { return ++last > 0; });
    CHECK(last == 1);
}

TEST_CASE("A loop that was never used has no last thing to do, and one whose last thing throws ends", "[netsim]") {
    bool done = false;
    LoopThread unused([](const std::string&) {});
    unused.end([&] { return done = true; });
    CHECK_FALSE(done);

    std::string told;
    LoopThread loop([&](const std::string& why) { told = why; });
    loop.post([] {});
    loop.end([]() -> bool { throw std::runtime_error("too late"); });
    CHECK(told == "too late");
}
