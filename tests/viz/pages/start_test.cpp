// The first page, its ways in, and an exchange of one's own.
#include "tests/support/catch.hpp"

#include <array>
#include <set>
#include <string_view>

#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/lesson/lesson_view.hpp"
#include "viz/pages/start/new_exchange.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using viz::testing::NullWindow;

TEST_CASE("What is typed for a new exchange becomes one, and what is wrong is said at its field", "[viz][start]") {
    NewExchange typed;
    REQUIRE(typed.options());
    typed.group = "toy24";
    CHECK_FALSE(typed.options());
    CHECK(typed.group_fault.find("no group") != std::string::npos);

    typed.group.clear();
    typed.p = "479";
    typed.g = "13";
    typed.server_private = "77";
    typed.client_private = "201";
    auto options = typed.options();
    REQUIRE(options);
    const Recording recording = run_exchange(*options);
    CHECK(*recording.party(Role::server).public_key == power_modulo(13, 77, 479));
    CHECK(*recording.party(Role::client).public_key == power_modulo(13, 201, 479));
    CHECK(recording.messages.size() == 2);

    typed.g = "one";
    CHECK_FALSE(typed.options());
    CHECK_FALSE(typed.g_fault.empty());
    typed.g = "13";
    typed.client_private = "0";
    CHECK_FALSE(typed.options());
    CHECK_FALSE(typed.client_fault.empty());
    CHECK(typed.server_fault.empty());
    typed.client_private.clear();
    typed.p = "480";
    CHECK_FALSE(typed.options());
    CHECK_FALSE(typed.p_fault.empty());
}

TEST_CASE("The exchange that is shown fills the fields, so that one thing can be changed", "[viz][start]") {
    const Recording recording = samples::exchange(Mode::ctr, dh::Kdf::low64);
    NewExchange typed;
    REQUIRE(typed.take(recording));
    CHECK(typed.group == "toy23");
    CHECK(typed.mode == Mode::ctr);
    CHECK(typed.kdf == dh::Kdf::low64);
    CHECK(typed.client_says == "This is a message");
    const Recording again = run_exchange(*typed.options());
    for (const Role role : every_role) CHECK(again.party(role).shared == recording.party(role).shared);
    CHECK_FALSE(typed.take(samples::power()));
}

TEST_CASE("An unseeded exchange in a toy group has five different numbers", "[viz][start]") {
    for (int i = 0; i < 30; ++i) {
        NewExchange typed;
        const Recording r = run_exchange(*typed.options());
        const auto& [server, client] = r.parties;
        const std::set<Number> numbers = {*server.private_key, *client.private_key, *server.public_key,
                                          *client.public_key, *server.shared};
        CHECK(numbers.size() == 5);
    }
}

TEST_CASE("The start page leads in four ways, small numbers first", "[viz][start]") {
    NullWindow window(samples::power());
    const std::string page = NullWindow::squeezed(window.press(key_of('0')));
    for (const char* words : {"Smallnumbers", "Realsize", "Yourownmessage", "Arecording"})
        CHECK(page.find(words) != std::string::npos);
    window.press(Key::enter);
    CHECK(keyhole::testing::wait_until([&] {
        window.frame();
        return window.app.session().recording.parameters.has_value();
    }));
    REQUIRE(window.app.session().recording.parameters);
    CHECK(window.app.session().recording.parameters->group == "toy23");
    CHECK(window.app.ui().page == PageName::steps);

    window.press(key_of('0'));
    window.press(Key::right);
    window.press(Key::right);
    window.press(Key::enter);
    CHECK(window.app.ui().page == PageName("workbench"));
}

TEST_CASE("A lesson is begun from the start page by keyboard, with its trace beside it", "[viz][start][lesson]") {
    NullWindow window(samples::power());
    window.press(key_of('0'));
    for (int i = 0; i < 5; ++i) window.press(Key::right); // past the four ways and the tour
    window.press(Key::enter);
    const std::shared_ptr<LessonRun> run = window.app.state().of<LessonMemory>().run;
    REQUIRE(run);
    CHECK(run->open().lesson().title == "Two strangers agree on a number");
    CHECK(window.app.ui().page == PageName::steps);
    REQUIRE(window.app.session().recording.parameters);
    CHECK(window.app.session().recording.parameters->group == "toy23");
    CHECK(NullWindow::squeezed(window.frame()).find("Twostrangersagreeonanumber") != std::string::npos);

    // Begun once more it has its trace beside it already.
    const auto session = window.app.session().id;
    window.press(key_of('0'));
    window.press(Key::enter);
    CHECK(window.app.state().of<LessonMemory>().run != run);
    CHECK(window.app.session().id == session);
    CHECK(window.app.ui().page == PageName::steps);
}

TEST_CASE("All ways in and all lessons are seen without scrolling", "[viz][start]") {
    NullWindow window(samples::exchange());
    constexpr std::array sizes = {std::pair{1024.0F, 640.0F}, std::pair{1366.0F, 768.0F}, std::pair{1600.0F, 900.0F},
                                  std::pair{2560.0F, 1440.0F}};
    for (const auto& [width, height] : sizes) {
        INFO(width << "x" << height);
        window.size(width, height);
        window.press(key_of('0'));
        const std::string text = window.frame();
        CHECK(text.find("A tour in twelve stops") != std::string::npos);
        bool looked = false;
        for (const ImGuiWindow* one : ImGui::GetCurrentContext()->Windows) {
            if (std::string_view(one->Name).find("ways") == std::string_view::npos) continue;
            looked = true;
            CHECK(one->ScrollMax.y == 0);
        }
        CHECK(looked);
    }
}
