// The pictures of the handshake, the parameters and the key derivation as data.
#include "tests/support/catch.hpp"

#include "tests/support/pictures.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/handshake/derive_model.hpp"
#include "viz/stages/handshake/parameters_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

constexpr Rect large_room = stage_rooms[1];

} // namespace

TEST_CASE("Each side has its four boxes, and a click on one goes to the step that makes its number",
          "[viz][handshake]") {
    DrawnStage drawing(samples::exchange());
    const Picture picture = drawing.at("secret", large_room);
    const std::vector<std::pair<std::string, std::string>> rows = {{"private", "keys/{}.private"},
                                                                   {"public", "keys/{}.public"},
                                                                   {"shared", "secret/{}.shared"},
                                                                   {"key", "secret/{}.derive"}};
    float foot = large_room.y;
    for (const auto& [row, step] : rows) {
        for (const char* side : {"server", "client"}) {
            const std::string id = fmt::format("{}.{}", side, row);
            CHECK(address(*area_called(picture, id).go_to) == fmt::format(fmt::runtime(step), side));
            CHECK(area_called(picture, id).rect == box_of(picture, id).rect);
        }
        const Rect left = box_of(picture, "server." + row).rect, right = box_of(picture, "client." + row).rect;
        CHECK(left.right() < right.x);
        CHECK(left.y == right.y);
        CHECK(left.y >= foot);
        foot = left.bottom();
    }
    CHECK(address(*area_called(picture, "connect").go_to) == "connect");
    CHECK(address(*area_called(picture, "parameters").go_to) == "parameters");
    CHECK(picture.find("secret") != nullptr);
    CHECK(picture.find("key") != nullptr);
}

TEST_CASE("The boxes of the current step stand out, and the stage scrolls to them", "[viz][handshake]") {
    DrawnStage drawing(samples::exchange());
    const Picture picture = drawing.at("keys/client.private", large_room);
    const shape::Box& here = box_of(picture, "client.private");
    CHECK(here.outline == Paint(Ink::current));
    CHECK(here.fill == Paint(Ink::current_tint));
    CHECK(box_of(picture, "server.private").outline == Paint(Ink::border));
    CHECK(picture.work_from == here.rect.y);
    CHECK(picture.work_to == here.rect.bottom());
    CHECK(picture.find("secret") == nullptr);
    const Picture both = drawing.at("keys", large_room);
    CHECK(both.work_from == box_of(both, "server.private").rect.y);
    CHECK(both.work_to == box_of(both, "client.public").rect.bottom());
}

TEST_CASE("A box of the handshake is as high as the words in it", "[viz][handshake]") {
    for (const char* group : {"toy23", "modp768"}) {
        for (const float em : {18.0F, 40.0F}) {
            DrawnStage drawing(
                keyhole::testing::seen_by(Role::client, samples::exchange(Mode::cbc, dh::Kdf::sha256, group)), em);
            for (const Rect& room : stage_rooms) {
                const Picture picture = drawing.at("secret", room);
                for (const char* id : {"server.private", "client.private", "server.public", "client.public",
                                       "server.shared", "client.shared", "server.key", "client.key"}) {
                    const Rect rect = box_of(picture, id).rect;
                    for (const Shape& shape : picture.shapes) {
                        const auto* text = std::get_if<shape::Text>(&shape.form);
                        if (text == nullptr || !rect.contains(text->box.corner())) continue;
                        INFO(id << ": " << text->words << ", em " << em << ", room " << room.w << " x " << room.h);
                        CHECK(text->box.bottom() <= rect.bottom());
                        CHECK(text->box.right() <= rect.right());
                    }
                }
            }
        }
    }
}

TEST_CASE("A long prime is folded until its switch is on", "[viz][handshake]") {
    DrawnStage drawing(samples::exchange(Mode::cbc, dh::Kdf::sha256, "ffdhe2048"));
    const Rect room = stage_rooms[0];
    const Picture folded = drawing.at("parameters", room);
    const Area& fold = area_called(folded, "p.fold");
    CHECK(fold.toggle == "unfold p");
    CHECK(count_of(folded, "p.group.") < 64);
    CHECK(folded.find("p.group.1") != nullptr);
    CHECK(folded.find("p.group.64") != nullptr);
    drawing.state.toggled.insert(fold.toggle);
    const Picture unfolded = drawing.at("parameters", room);
    CHECK(count_of(unfolded, "p.group.") == 64);
    CHECK(unfolded.foot > folded.foot);
    CHECK(area_called(unfolded, "p.fold").toggle == "unfold p");
}

TEST_CASE("A toy group's powers end in the box of 1", "[viz][handshake]") {
    DrawnStage drawing(samples::exchange());
    const Picture picture = drawing.at("parameters", large_room);
    const ParametersModel model = make_parameters_model(drawing.trace(), drawing.trace().tree().at("parameters"));
    REQUIRE(count_of(picture, "power.") == model.powers.size());
    CHECK(box_of(picture, "power.1").outline == Paint(Ink::border));
    CHECK(box_of(picture, fmt::format("power.{}", model.powers.size())).outline == Paint(Ink::text));
    CHECK(picture.find("p") != nullptr);
}

TEST_CASE("Of the key's bits those are lit that parity has changed", "[viz][handshake]") {
    for (const dh::Kdf kdf : {dh::Kdf::sha256, dh::Kdf::low64}) {
        DrawnStage drawing(samples::exchange(Mode::cbc, kdf, "modp768"));
        const Picture picture = drawing.at("secret/server.derive", large_room);
        const DeriveModel model = make_derive_model(drawing.trace(), drawing.trace().tree().at("secret/server.derive"));
        std::set<std::string> changed;
        for (std::size_t i = 0; i < model.bytes.size(); ++i) {
            if (model.bytes[i].flipped) changed.insert(fmt::format("key.{}.8", i + 1));
        }
        CHECK(lit_cells(picture) == changed);
        CHECK(count_of(picture, "raw.") == 64);
        // The bytes that go on have the key's colour: the digest's first eight, or the secret's last.
        const bool digest = kdf == dh::Kdf::sha256;
        CHECK(box_of(picture, digest ? "digest.8" : "secret.96").outline == Paint(Ink::key));
        CHECK_FALSE(box_of(picture, digest ? "digest.9" : "secret.88").outline == Paint(Ink::key));
    }
}

TEST_CASE("The bytes of a long secret are folded until their switch is on", "[viz][handshake]") {
    DrawnStage drawing(samples::exchange(Mode::cbc, dh::Kdf::sha256, "ffdhe2048"));
    const Rect room = stage_rooms[0];
    const Picture folded = drawing.at("secret/server.derive", room);
    CHECK(count_of(folded, "secret.") < 256);
    drawing.state.toggled.insert(area_called(folded, "secret.fold").toggle);
    CHECK(drawing.at("secret/server.derive", room).find("secret.100") != nullptr);
}
