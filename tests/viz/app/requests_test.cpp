// What views ask for is done after the frame: all of it, in the order in which it was asked for.
#include "tests/support/catch.hpp"

#include "core/steps/address.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using testing::NullWindow;

namespace {

// A page that asks for something in one frame, once.
class AskingPage final : public Page {
  public:
    void draw(FrameContext& context, Rect /*room*/) override {
        if (ask) std::exchange(ask, nullptr)(context);
    }

    static inline std::function<void(FrameContext&)> ask;
};

constexpr std::array asking_pages = {
    PageInfo("steps", "Steps", '1', "the steps", nullptr),
    PageInfo("ask", "Ask", '2', "asks", [] { return std::unique_ptr<Page>(std::make_unique<AskingPage>()); }),
};

struct AskingWindow {
    AskingWindow() : window(samples::exchange(), asking_pages) {
        window.app.show(PageName("ask"));
        window.frame();
    }
    void ask(std::function<void(FrameContext&)> what) {
        AskingPage::ask = std::move(what);
        window.frame();
    }
    NullWindow window;
};

} // namespace

TEST_CASE("Requests come out in the order in which they were left, and once", "[viz][requests]") {
    Requests requests;
    requests.notice("first");
    requests.run(Command::over);
    requests.notice("last");
    const auto all = requests.take();
    REQUIRE(all.size() == 3);
    CHECK(std::get<request::Notice>(all[0]).words == "first");
    CHECK(std::get<request::Run>(all[1]).command == Command::over);
    CHECK(std::get<request::Notice>(all[2]).words == "last");
    CHECK(requests.take().empty());
}

TEST_CASE("Two jumps in one frame end at the second, and each can be taken back", "[viz][requests]") {
    AskingWindow asking;
    asking.ask([](FrameContext& context) {
        context.requests.go_to(*context.trace.tree().find("message.1/pad"));
        context.requests.go_to(*context.trace.tree().find("message.2/pad"));
    });
    CHECK(asking.window.address() == "message.2/pad");
    asking.window.press({.key = Key::left, .alt = true});
    CHECK(asking.window.address() == "message.1/pad");
}

TEST_CASE("A command, a jump, a page and a notice in one frame all happen", "[viz][requests]") {
    AskingWindow asking;
    asking.ask([](FrameContext& context) {
        context.requests.run(Command::next_theme);
        context.requests.go_to_address("message.1/pad");
        context.requests.run(Command::over);
        context.requests.show(PageName::steps);
        context.requests.show(LeftPanel::steps);
        context.requests.copy("copied text");
        context.requests.notice("all done");
    });
    App& app = asking.window.app;
    CHECK(app.ui().theme == ThemeName::light);
    CHECK(asking.window.address() == "message.1/encrypt");
    CHECK(app.ui().page == PageName::steps);
    CHECK(app.ui().left == LeftPanel::steps);
    CHECK(ImGui::GetClipboardText() == std::string("copied text"));
    CHECK(app.ui().notice == "all done");
}

TEST_CASE("Bye and Perform in one frame both happen, and what is said before them too", "[viz][requests][live]") {
    AskingWindow asking;
    std::string done;
    asking.ask([&](FrameContext& context) {
        context.requests.live([&](LiveController& live) {
            live.say("a text");
            done += "say, ";
        });
        context.requests.live([&](LiveController& live) {
            live.bye();
            done += "bye";
        });
        context.requests.run(Command::perform);
    });
    CHECK(done == "say, bye");
    CHECK(asking.window.app.ui().notice.find("nothing to perform") == 0);
}
