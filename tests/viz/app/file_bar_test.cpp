// The bar for files: who has its keys, and what an Enter begins.
#include "viz/app/file_bar.hpp"

#include "tests/support/catch.hpp"

#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

constexpr KeyPress enter{.key = Key::enter}, escape{.key = Key::escape}, down{.key = Key::down};

} // namespace

TEST_CASE("The bar takes keys while its field has the keyboard; Enter also when nobody types", "[viz][files]") {
    FileBar bar;
    CHECK_FALSE(bar.press(enter, true, true)); // it is closed
    bar.files().ask(FileTask::picture_stage, "connect");
    CHECK(bar.shown());
    CHECK_FALSE(bar.press(enter, false, true));
    CHECK_FALSE(bar.press(down, false, false));
    CHECK(bar.press(enter, false, false));
    CHECK(bar.press(enter, true, true));
    CHECK(bar.press(escape, false, true));
    CHECK_FALSE(bar.shown());
}

TEST_CASE("A picture's order is handed on, once", "[viz][files]") {
    testing::NullWindow window(samples::power()); // for ImGui, which is told to leave the field
    FileBar bar;
    bar.files().ask(FileTask::picture_stage, "connect");
    bar.files().type("/no such folder/x.png");
    CHECK_FALSE(bar.begin_work(samples::power()));
    bar.enter();
    const auto order = bar.begin_work(samples::power());
    REQUIRE(order);
    CHECK(order->task == FileTask::picture_stage);
    CHECK_FALSE(bar.begin_work(samples::power()));
}
