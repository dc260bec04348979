// The worked example of docs/extending.md: a page and its line in the table.
#include <fmt/format.h>
#include "tests/support/catch.hpp"

#include <array>

#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"

namespace keyhole::viz {

// The page's header, viz/pages/count/count_page.hpp.
std::unique_ptr<Page> make_count_page();

// Its source, viz/pages/count/count_page.cpp.
namespace {

class CountPage final : public Page {
  public:
    bool press(const KeyPress& press, FrameContext& context) override {
        if (press != KeyPress{.key = key_of('e')}) return false;
        context.requests.run(Command::end);
        context.requests.show(PageName::steps);
        return true;
    }

    void draw(FrameContext& context, Rect /*room*/) override {
        ScreenCanvas canvas(context.theme, context.fonts);
        canvas.paragraph(FontRole::title, Ink::text, "How long the trace is");
        canvas.paragraph(FontRole::text, Ink::muted,
                         fmt::format("{} steps (E shows the last one)", context.trace.tree().total()));
    }
};

} // namespace

std::unique_ptr<Page> make_count_page() { return std::make_unique<CountPage>(); }

} // namespace keyhole::viz

using namespace keyhole;
using namespace keyhole::viz;

namespace {

// viz/app/page_table.cpp with one line more.
constexpr std::array table = {
    PageInfo("steps", "Steps", '1', "the stage of the current step, its values and words", nullptr),
    PageInfo("count", "Count", '9', "how many steps the trace has", make_count_page),
};

} // namespace

TEST_CASE("A page is its folder and one line: tab, key, help and itself come from there", "[viz][pages]") {
    testing::NullWindow window(samples::exchange(), table);
    CHECK(window.frame().find("Count") != std::string::npos); // the tab
    CHECK(window.press(Key::f1).find("how many steps the trace has") != std::string::npos);
    window.press(Key::escape);
    const std::string shown = window.press(key_of('9'));
    CHECK(window.app.ui().page == PageName("count"));
    CHECK(shown.find(fmt::format("{} steps", window.app.session().trace.tree().total())) != std::string::npos);
    window.press(key_of('e'));
    CHECK(window.app.ui().page == PageName::steps);
    CHECK_FALSE(window.app.session().trace.tree().next(window.app.session().cursor.node()));
}
