// The class's page: what the hall sees of it, and a class that it really holds.
#include "netsim/tcp/asio.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/pages/classroom/class_model.hpp"
#include "viz/pages/classroom/class_picture.hpp"
#include "viz/picture/fit.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;
using keyhole::testing::Waiter;
using Asked = classroom::Room::State;

namespace {

constexpr const char* hidden = "<th scope=\"row\">output</th><td>?</td>";
constexpr const char* sbox = "message.1/encrypt/block.1/round.1/sbox.1";

ClassState asked(Asked state) {
    const Recording recording = samples::exchange();
    const Trace trace(recording);
    return {.addresses = {"http://192.168.1.20:8080/", "http://[fd00::1]:8080/"},
            .here = 5,
            .followers = 6,
            .answered = 3,
            .asked = state,
            .number = 1,
            .question = classroom::question_for(trace, trace.tree().at(sbox), "output"),
            .counts = state == Asked::open ? classroom::Counts() : classroom::Counts{{"0001", 2}, {"1111", 1}}};
}

Picture drawn(const std::function<float(Canvas&)>& draw) {
    const DrawnStage drawing(samples::power());
    Picture picture;
    Canvas canvas(drawing.style(), picture);
    picture.foot = draw(canvas);
    return picture;
}

constexpr Rect hall{20, 60, 760, 620};

Picture answers(const ClassState& state) {
    return drawn([&](Canvas& canvas) { return draw_answers(canvas, hall, state); });
}

std::vector<const shape::Box*> bars(const Picture& picture) {
    std::vector<const shape::Box*> out;
    for (const Shape& shape : picture.shapes)
        if (shape.id.starts_with("bar.")) out.push_back(&std::get<shape::Box>(shape.form));
    return out;
}

bool says(const Picture& picture, std::string_view words) {
    return std::ranges::any_of(picture.shapes, [&](const Shape& shape) {
        const auto* text = std::get_if<shape::Text>(&shape.form);
        return text != nullptr && text->words.find(words) != std::string::npos;
    });
}

// The answer of the class's server to a GET, whole.
std::string get(std::uint16_t port, const std::string& path) {
    asio::io_context context;
    asio::ip::tcp::socket socket(context);
    socket.connect({asio::ip::make_address("127.0.0.1"), port});
    asio::write(socket, asio::buffer("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                                     "\r\nConnection: close\r\n\r\n"));
    std::string answer;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(answer), end);
    return answer;
}

} // namespace

TEST_CASE("The hall sees how many answered, then bars, and the right one only when it is revealed", "[viz][class]") {
    const Picture open = answers(asked(Asked::open));
    CHECK(says(open, "3 of 5 answered"));
    CHECK(bars(open).empty());

    const Picture closed = answers(asked(Asked::closed));
    REQUIRE(bars(closed).size() == 2);
    CHECK(bars(closed)[0]->rect.w == Approx(2 * bars(closed)[1]->rect.w));
    for (const auto* bar : bars(closed)) CHECK(bar->fill.ink == Ink::plain);
    CHECK(says(closed, "3 answers"));

    ClassState state = asked(Asked::revealed);
    const std::string right = state.question->right;
    REQUIRE_FALSE(state.counts.contains(right)); // nobody was right: the answer is told all the same
    const Picture missed = answers(state);
    REQUIRE(bars(missed).size() == 3);
    CHECK(says(missed, right));
    CHECK(says(missed, "0 of 3 right"));
    CHECK(bars(missed)[2]->fill == Paint(Ink::current));
    state.counts[right] = 9;
    CHECK(says(answers(state), "9 of 12 right"));
    CHECK(bars(answers(state))[0]->fill == Paint(Ink::current));
}

TEST_CASE("Of many different answers the rarest are one bar, but never the right one", "[viz][class]") {
    ClassState state = asked(Asked::revealed);
    state.counts.clear();
    for (unsigned n = 0; n < 16; ++n) state.counts[fmt::format("{:04b}", n)] = 2;
    state.counts[state.question->right] = 1;
    const Picture picture = answers(state);
    REQUIRE(bars(picture).size() == 8);
    CHECK(says(picture, "others"));
    CHECK(says(picture, state.question->right));
    CHECK(std::ranges::count(bars(picture), Paint(Ink::current), &shape::Box::fill) == 1);
    CHECK(lies_in(picture, hall));
}

TEST_CASE("The invitation has the address and a code with light around it, in every theme", "[viz][class]") {
    const ClassState state = asked(Asked::open);
    const auto code = classroom::qr_code(state.addresses.front());
    const Picture picture = drawn([&](Canvas& canvas) { return draw_invitation(canvas, hall, state, code); });
    CHECK(lies_in(picture, hall));
    CHECK(says(picture, "http://192.168.1.20:8080/"));
    const auto whole = std::ranges::find(picture.shapes, "qr", &Shape::id);
    REQUIRE(whole != picture.shapes.end());
    const Rect area = std::get<shape::Box>(whole->form).rect;
    const float module = area.w / static_cast<float>(code.size + 8);
    CHECK(module == std::floor(module));
    float dark = 0; // modules
    for (const Shape& shape : picture.shapes) {
        const auto* box = std::get_if<shape::Box>(&shape.form);
        if (box == nullptr || shape.id == "qr") continue;
        dark += box->rect.w / module;
        CHECK(box->rect.x >= area.x + 4 * module);
        CHECK(box->rect.right() <= area.right() - 4 * module);
    }
    CHECK(static_cast<std::ptrdiff_t>(dark) == std::ranges::count(code.dark, true));
}

TEST_CASE("A class begins from the window, shows what the window shows, and ends", "[viz][class]") {
    Waiter waiter;
    const Recording recording = samples::exchange();
    const Trace trace(recording);
    ClassModel model;
    model.controller().set_wake(waiter.wake());
    model.listen = "127.0.0.1";
    CHECK_FALSE(model.start());
    CHECK(model.listen_error.find("port") != std::string::npos);
    model.listen = "127.0.0.1:0";
    REQUIRE(model.start());
    model.controller().show(recording, 1, sbox);
    REQUIRE(waiter.until([&] {
        model.update();
        return model.can_ask();
    }));
    const std::string address = model.state().addresses.front();
    const auto port = static_cast<std::uint16_t>(std::stoul(address.substr(address.rfind(':') + 1)));
    const std::string step = std::string("/step?") + sbox;
    model.stand_at(trace, trace.tree().at(sbox));
    CHECK(model.values() == std::vector<std::string>{"input", "row", "column", "output"});
    CHECK(model.chosen() == 3);
    CHECK(get(port, step).find(hidden) == std::string::npos);

    // What the window covers is in no page of the class.
    const auto waits_for = [&](const std::string& at, const std::string& words) {
        return waiter.until([&] { return get(port, "/step?" + at).find(words) != std::string::npos; });
    };
    model.controller().show(recording, 1, sbox, LectureCover::step);
    CHECK(waits_for(sbox, hidden));
    CHECK(get(port, "/step?message.1/unpad").find("has not come so far") != std::string::npos);
    CHECK(get(port, "/step?message.1").find("has not come so far") != std::string::npos);
    CHECK(get(port, "/step?keys/server.public").find(hidden) == std::string::npos);
    model.controller().show(recording, 1, sbox, LectureCover::later);
    CHECK(waits_for(sbox, "<figure>"));
    model.controller().show(recording, 1, sbox);
    CHECK(waits_for("message.1/unpad", "<table>"));

    model.ask_value(trace, trace.tree().at(sbox));
    REQUIRE(waiter.until([&] {
        model.update();
        return model.state().asked == Asked::open;
    }));
    CHECK(model.state().question->value == "output");
    CHECK(get(port, step).find(hidden) != std::string::npos);
    model.choices = "one alone";
    model.ask_choices(sbox);
    CHECK(model.choices_error.find("one alone is no choice") != std::string::npos);
    model.controller().reveal();
    REQUIRE(waiter.until([&] {
        model.update();
        return model.state().asked == Asked::revealed;
    }));

    model.controller().stop();
    model.update();
    CHECK_FALSE(model.running());
    CHECK(waiter.until([&] {
        asio::io_context context;
        asio::ip::tcp::socket socket(context);
        boost::system::error_code refused;
        socket.connect({asio::ip::make_address("127.0.0.1"), port}, refused);
        return bool(refused);
    }));
}

TEST_CASE("An address that is taken is told on the page, and another one works", "[viz][class]") {
    Waiter waiter;
    asio::io_context context;
    const asio::ip::tcp::acceptor taken(context, {asio::ip::make_address("127.0.0.1"), 0});
    const Recording recording = samples::exchange();
    ClassModel model;
    model.controller().set_wake(waiter.wake());
    model.listen = fmt::format("127.0.0.1:{}", taken.local_endpoint().port());
    REQUIRE(model.start());
    model.controller().show(recording, 1, sbox);
    CHECK(waiter.until([&] {
        model.update();
        return !model.running() && model.state().error.find("listen") != std::string::npos;
    }));
    model.listen = "127.0.0.1:0";
    REQUIRE(model.start());
    model.controller().show(recording, 1, sbox);
    CHECK(waiter.until([&] {
        model.update();
        return model.can_ask() && model.state().error.empty();
    }));
}

TEST_CASE("The class's page has its words at every size", "[viz][class]") {
    NullWindow window(samples::exchange());
    check_page(window, 'h', {"The class", "Begin (Enter)", "0.0.0.0:8080"});
    window.size(1600, 900);
    window.app.ui().scale = 1;
    window.app.go_to(sbox);
    window.app.begin_with(PageName("class"), "127.0.0.1:0");
    REQUIRE(keyhole::testing::wait_until([&] { return window.frame().find("Ask (A)") != std::string::npos; }));
    CHECK(window.frame().find("End the class (S)") != std::string::npos);
    CHECK(window.frame().find("Nobody has joined yet.") != std::string::npos);
    check_page(window, 'h', {"The class", "http://127.0.0.1:"});
    window.size(1600, 900);
    window.app.ui().scale = 1;
    window.press(key_of('a'));
    CHECK(keyhole::testing::wait_until([&] { return window.frame().find("0 of 0 answered") != std::string::npos; }));
}
