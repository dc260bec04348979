// The conversation as a picture: who knows what, what crossed, what waits, and whether two fingerprints agree.
#include "tests/support/catch.hpp"

#include "core/recording/fingerprint.hpp"
#include "core/steps/viewer.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "viz/pages/relay/relay_scene.hpp"
#include "viz/scene/scene_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

Picture drawn(const Scene& scene, const Rect& room) {
    const DrawnStage drawing(samples::power());
    Picture picture;
    Canvas canvas(drawing.style(), picture);
    picture.foot = draw_scene(canvas, scene, room);
    return picture;
}

std::vector<std::string> names(const ScenePerson& person) {
    std::vector<std::string> out;
    for (const SceneFact& fact : person.facts) out.push_back(fact.name);
    return out;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("An exchange's scene has what each side knows and every message", "[viz][scene]") {
    const Recording recording = samples::exchange();
    const Scene scene = exchange_scene(recording);
    REQUIRE(scene.people.size() == 2);
    CHECK(names(scene.people[0]) == Names{"a", "A", "s", "key"});
    CHECK(names(scene.people[1]) == Names{"b", "B", "s", "key"});
    CHECK(scene.people[0].facts[2].value == scene.people[1].facts[2].value);
    REQUIRE(scene.arrows.size() == 3 + recording.messages.size());
    CHECK(scene.arrows[0].words == "p = 23, g = 5");
    CHECK(scene.arrows[3].words.find("This is a message") != std::string::npos);
    CHECK(scene.arrows[3].from == 1);
    REQUIRE(scene.fingerprints.size() == 1);
    CHECK(scene.fingerprints[0].value == *fingerprint(recording));
}

TEST_CASE("An eavesdropper's scene has no secret and no text", "[viz][scene]") {
    const Scene scene = exchange_scene(seen_by(samples::exchange(), Viewer::eavesdropper));
    CHECK(names(scene.people[0]) == Names{"A"});
    CHECK(names(scene.people[1]) == Names{"B"});
    for (const SceneArrow& arrow : scene.arrows) CHECK(arrow.words.find("message") == std::string::npos);
    CHECK(scene.arrows[3].words.find("bytes of ciphertext") != std::string::npos);
}

TEST_CASE("A scene lies in its room in every size, and the last arrows are those that are seen", "[viz][scene]") {
    Scene scene = exchange_scene(samples::exchange(Mode::cbc, dh::Kdf::sha256, "modp768"));
    scene.people[0].name = "Server (here) with a name of forty characters";
    scene.verdict = "Next: draw a private key, which is a sentence that may need more than one line of the picture.";
    for (int i = 0; i < 40; ++i)
        scene.arrows.push_back(
            {0, 1, "a text that was said", i == 39 ? SceneArrow::Fate::waits : SceneArrow::Fate::arrived});
    for (const Rect& room : {Rect{10, 10, 700, 500}, Rect{10, 10, 420, 330}, Rect{0, 0, 1800, 1000}}) {
        INFO(room.w << "x" << room.h);
        const Picture picture = drawn(scene, room);
        for (const Shape& shape : picture.shapes) {
            if (!std::holds_alternative<shape::Text>(shape.form)) continue;
            INFO(std::get<shape::Text>(shape.form).words);
            CHECK(extent(shape).x >= room.x - 1);
            CHECK(extent(shape).right() <= room.right() + 1);
        }
        CHECK(picture.find("arrow.45") != nullptr);
        CHECK(picture.find("envelope") != nullptr);
        CHECK(picture.find("verdict") != nullptr);
    }
}

TEST_CASE("The relay's scene shows two keys, what became of each message, and fingerprints that differ",
          "[viz][scene]") {
    RelayState state;
    state.address = "127.0.0.1:4647";
    RelayClient client;
    client.id = 1;
    client.fingerprints = {"11111 22222", "33333 44444"};
    client.keys = {0x1111, 0x2222};
    Passage& held = client.held.emplace();
    held.from = Role::client;
    held.number = 3;
    held.content = "Meet me at ten";
    state.notes = {{RelayNote::Kind::passed, "client", "one", 1}, {RelayNote::Kind::dropped, "client", "two", 2}};
    const Scene scene = relay_scene(state, &client, false, "Meet me at noon");
    REQUIRE(scene.people.size() == 3);
    CHECK(scene.people[1].facts.size() == 2);
    CHECK(scene.people[1].facts[0].ink != scene.people[1].facts[1].ink);
    REQUIRE(scene.arrows.size() == 5);
    CHECK(scene.arrows[2].fate == SceneArrow::Fate::lost);
    CHECK(scene.arrows[4].fate == SceneArrow::Fate::waits);
    CHECK(scene.arrows[4].words == "Meet me at noon");
    CHECK(scene.verdict.find("differ") != std::string::npos);
    const Picture picture = drawn(scene, {0, 0, 800, 600});
    CHECK(std::get<shape::Text>(picture.find("fingerprint.sign")->form).words == "\u2260");

    const Scene quiet = relay_scene(state, &client, true, "");
    CHECK(quiet.people[1].facts.empty());
    CHECK(quiet.people[1].listens);
    CHECK(quiet.fingerprints.size() == 1);
    CHECK(relay_scene(state, nullptr, false, "").verdict == "At the client, type: keyhole connect 127.0.0.1:4647");
}
