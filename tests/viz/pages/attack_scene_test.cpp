// The attack's picture: what falls on the eavesdropper's lifeline, what it lacks and finds, and where the drawer lies.
#include "tests/support/catch.hpp"

#include "core/steps/viewer.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/pages/attack/attack_drawer.hpp"
#include "viz/pages/attack/attack_scene.hpp"
#include "viz/picture/fit.hpp"
#include "viz/scene/scene_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

using Values = std::vector<std::string>;

Values facts(const Scene& scene) {
    Values out;
    for (const SceneFact& fact : scene.people.at(1).facts) out.push_back(fact.name + " = " + fact.value);
    return out;
}

Values heard(const Scene& scene) {
    Values out;
    for (const SceneArrow& arrow : scene.arrows) out.push_back(arrow.heard);
    return out;
}

struct Listened {
    Recording recording = samples::exchange();
    des::Block key = *session_key(recording, Role::client);
    std::vector<OpenedMessage> opened = open_messages(recording, key, 10);
    AttackFound all{recording.party(Role::server).private_key, recording.party(Role::server).shared, key, opened};
};

Picture drawn(const Scene& scene, const Rect& room, float em = 18) {
    const DrawnStage drawing(samples::power(), em);
    Picture picture;
    Canvas canvas(drawing.style(), picture);
    picture.foot = draw_scene(canvas, scene, room);
    return picture;
}

bool apart(const Rect& a, const Rect& b) {
    return a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y;
}

} // namespace

TEST_CASE("What crosses the wire falls on the eavesdropper's lifeline, and what it lacks is a question mark",
          "[viz][attack][scene]") {
    const Listened here;
    const Scene scene = attack_scene(here.recording, {}, 0);
    REQUIRE(scene.people.size() == 3);
    CHECK(scene.people[0].name == "Server");
    CHECK(scene.people[1].listens);
    CHECK(scene.people[2].name == "Client");
    CHECK(facts(scene) == Values{"a = ?", "b = ?", "s = ?", "key = ?"});
    REQUIRE(scene.arrows.size() == 3 + here.recording.messages.size());
    CHECK(scene.kept_arrows == 3);
    for (std::size_t i = 0; i < scene.arrows.size(); ++i) {
        const SceneArrow& arrow = scene.arrows[i];
        CHECK(arrow.from + arrow.to == 2); // from one end to the other, past the middle
        CHECK(arrow.from != arrow.to);
        if (i < 3) CHECK(arrow.heard == arrow.words);
    }
    CHECK(scene.arrows[0].from == 0); // p and g come from the server
    CHECK(scene.arrows[3].words == "ciphertext");
    CHECK(to_hex(here.recording.messages[0].sent->ciphertext).starts_with(scene.arrows[3].heard.substr(0, 16)));
    for (const std::string& words : heard(scene)) CHECK(words.find("This is") == std::string::npos);
}

TEST_CASE("What the attack finds comes into sight in the order in which it follows", "[viz][attack][scene]") {
    const Listened here;
    REQUIRE(here.all.count() == 3 + here.opened.size());
    const std::string a = "a = " + here.all.exponent->get_str(), s = "s = " + here.all.secret->get_str();
    const std::string key = "key = " + scene_key(here.key);
    const auto at = [&](std::size_t shown) { return attack_scene(here.recording, here.all, shown); };
    CHECK(facts(at(1)) == Values{a, "b = ?", "s = ?", "key = ?"});
    CHECK(facts(at(2)) == Values{a, "b = ?", s, "key = ?"});
    CHECK(facts(at(3)) == Values{a, "b = ?", s, key});
    CHECK(heard(at(3)) == heard(attack_scene(here.recording, {}, 0)));
    CHECK(at(4).arrows[3].heard == "\u201CThis is a message\u201D");
    CHECK(at(4).arrows[4].heard == at(3).arrows[4].heard);
    CHECK(at(5).arrows[4].heard.find("This is a response") != std::string::npos);
    // A search of the key finds neither a nor s.
    const AttackFound key_alone{.exponent = {}, .secret = {}, .key = here.key, .opened = here.opened};
    CHECK(facts(attack_scene(here.recording, key_alone, 1)) == Values{"a = ?", "b = ?", "s = ?", key});
    CHECK(attack_scene(here.recording, key_alone, 2).arrows[3].heard == "\u201CThis is a message\u201D");
    // With a wrong key nothing reads, and nothing pretends to.
    auto wrong = open_messages(here.recording, here.key ^ 0x1000000000000000, 10);
    for (OpenedMessage& message : wrong) message.reads = false;
    const AttackFound misled{.exponent = {}, .secret = {}, .key = here.key, .opened = wrong};
    CHECK(attack_scene(here.recording, misled, 2).arrows[3].heard == "does not decrypt");
}

TEST_CASE("What the window does not show, the attack's picture does not show either", "[viz][attack][scene]") {
    const Recording overheard = seen_by(samples::exchange(), Viewer::eavesdropper);
    const Scene scene = attack_scene(overheard, {}, 0);
    CHECK(scene.people[0].facts.size() == 1); // A
    CHECK(scene.people[2].facts.size() == 1); // B
    for (const SceneArrow& arrow : scene.arrows) CHECK(arrow.words.find("This is") == std::string::npos);
    CHECK(scene.fingerprints.empty());
}

TEST_CASE("The attack's picture lies in its room and no words cross a line", "[viz][attack][scene]") {
    for (const char* group : {"toy23", "modp768"}) {
        const Recording recording = samples::exchange(Mode::cbc, dh::Kdf::sha256, group);
        const des::Block key = *session_key(recording, Role::client);
        const auto opened = open_messages(recording, key, 10);
        const AttackFound found{recording.party(Role::server).private_key, recording.party(Role::server).shared, key,
                                opened};
        for (const std::size_t shown : {std::size_t{0}, found.count()}) {
            Scene scene = attack_scene(recording, found, shown);
            scene.verdict = "It hears every line, and has no key.";
            for (const Rect& room : {Rect{10, 10, 600, 420}, Rect{10, 10, 900, 700}, Rect{0, 0, 1500, 900}}) {
                INFO(group << ", " << shown << " shown, " << room.w << "x" << room.h);
                const Picture picture = drawn(scene, room);
                CHECK(lies_in(picture, room));
                for (const Shape& text : picture.shapes) {
                    if (!std::holds_alternative<shape::Text>(text.form)) continue;
                    INFO(std::get<shape::Text>(text.form).words);
                    Rect words = extent(text);
                    words = {words.x, words.y + 0.2F * words.h, words.w, 0.6F * words.h}; // the letters
                    if (text.id.starts_with("heard.")) { // in its box, which covers the lifeline
                        const Rect box = box_of(picture, "copy." + text.id.substr(6)).rect;
                        CHECK(box.x <= words.x);
                        CHECK(box.right() >= words.right());
                        continue;
                    }
                    for (const Shape& line : picture.shapes) {
                        if (std::holds_alternative<shape::Line>(line.form)) CHECK(apart(words, extent(line)));
                        if (line.id.starts_with("copy.")) CHECK(apart(words, extent(line)));
                    }
                }
                for (std::size_t i = 1; i <= scene.arrows.size(); ++i)
                    CHECK(box_of(picture, "copy." + std::to_string(i)).rect.centre().x ==
                          Approx(room.centre().x).margin(1));
            }
        }
    }
}

TEST_CASE("Of a long chat the handshake and the last messages are drawn", "[viz][attack][scene]") {
    Recording recording = samples::exchange();
    while (recording.messages.size() < 60) recording.messages.push_back(recording.messages.front());
    const Picture picture = drawn(attack_scene(recording, {}, 0), {0, 0, 900, 600});
    for (const char* id : {"heard.1", "heard.2", "heard.3", "heard.63", "arrows.left_out"}) {
        INFO(id);
        CHECK(picture.find(id) != nullptr);
    }
    CHECK(picture.find("heard.4") == nullptr);
    const std::size_t seen = count_of(picture, "heard.");
    CHECK(words_of(picture).find(std::to_string(63 - seen) + " more") != std::string::npos);
    CHECK(lies_in(picture, {0, 0, 900, 600}));
}

TEST_CASE("The drawer lies beside the picture where there is room, else in its place", "[viz][attack]") {
    constexpr float em = 18, times = 20 * em;
    AttackDrawer drawer;
    const auto fit = [&](float w, float h, bool pictured = true) {
        drawer.fit({0, 0, w * em, h * em}, em, times, pictured);
    };
    fit(74, 35); // 1366x768
    CHECK(drawer.picture().w > drawer.work().w);
    CHECK(drawer.work().x > drawer.picture().right());
    CHECK(drawer.times().w == 0);
    drawer.turn();
    fit(74, 35);
    CHECK(drawer.times().w > 0);
    CHECK(drawer.work().w == 0);
    drawer.turn();
    fit(74, 35);
    CHECK(drawer.picture().w == 74 * em);
    CHECK(drawer.times().w == 0);
    drawer.turn();
    fit(200, 100); // both at once
    CHECK(drawer.work().bottom() < drawer.times().y);
    CHECK(drawer.times().bottom() == 100 * em);
    AttackDrawer narrow;
    narrow.fit({0, 0, 40 * em, 20 * em}, em, times, true);
    CHECK(narrow.picture().w == 40 * em);
    CHECK(narrow.work().w == 0);
    narrow.turn();
    narrow.fit({0, 0, 40 * em, 20 * em}, em, times, true);
    CHECK(narrow.picture().w == 0);
    CHECK(narrow.work().w == 40 * em);
    // A message of the workbench has no two ends: the drawer is all there is.
    fit(74, 35, false);
    CHECK(drawer.picture().w == 0);
    CHECK(drawer.work().right() < drawer.times().x);
    fit(30, 12, false);
    CHECK(drawer.in_one());
    drawer.turn();
    fit(74, 35, false);
    CHECK(drawer.work().w > 0);
}

TEST_CASE("The attack is drawn and its form is reached at every size", "[viz][attack]") {
    viz::testing::NullWindow window(samples::exchange());
    window.app.show(PageName("attack"));
    const auto nothing_is_due = [&] {
        window.frame();
        return !window.app.due();
    };
    REQUIRE(keyhole::testing::wait_until(nothing_is_due));
    struct Size {
        float width, height, scale;
        ThemeName theme;
    };
    const auto at_every = [&](auto look) {
        for (const Size& size :
             {Size{1024, 640, 1, ThemeName::dark}, Size{1366, 768, 1, ThemeName::light},
              Size{1920, 1080, 1, ThemeName::projector}, Size{1920, 1080, 1.5F, ThemeName::projector},
              Size{2560, 1440, 1, ThemeName::dark}, Size{3840, 2160, 1, ThemeName::dark}}) {
            window.size(size.width, size.height);
            window.app.ui().scale = size.scale;
            window.app.ui().theme = size.theme;
            INFO(size.width << "x" << size.height << ", scale " << size.scale);
            window.frame();
            window.frame();
            // Where the drawer takes the picture's place, E leads back to it.
            for (int i = 0; i < 3 && window.frame().find("Eavesdropper") == std::string::npos; ++i)
                window.press(key_of('e'));
            take_cut_text();
            look(window.frame());
            for (const std::string& cut : take_cut_text()) {
                INFO(cut);
                CHECK((cut == "j" || cut == "Lab")); // the last tab has no room in the narrowest window
            }
        }
    };
    at_every([&](const std::string& text) {
        CHECK(text.find("p = 23, g = 5") != std::string::npos);
        std::string all = text;
        for (int i = 0; i < 3; ++i) all += window.press(key_of('e'));
        CHECK(all.find("Trying every key") != std::string::npos);
        CHECK(all.find("Deep Crack") != std::string::npos);
    });
    window.press(key_of('a'));
    REQUIRE(keyhole::testing::wait_until(nothing_is_due));
    at_every([&](const std::string& text) {
        CHECK(text.find("The eavesdropper has the key") != std::string::npos);
        CHECK(text.find("\u201CThis is a message\u201D") != std::string::npos);
    });
}
