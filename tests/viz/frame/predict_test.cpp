// Guessing before looking: what is covered, what stays in sight, and the keys of it; wires that can be pointed at, and
// panels that scroll by keyboard.
#include "core/recording/workbench.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/session/predict_model.hpp"
#include "viz/stages/fitted.hpp"
#include "viz/stages/round/round_model.hpp"
#include "viz/stages/round/round_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

Recording textbook() {
    const Bytes message{0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF};
    return record_des({.key = 0x133457799BBCDFF1, .mode = Mode::ecb, .padding = Padding::none}, Direction::encrypt, 0,
                      message);
}

bool asks(const std::string& text) {
    return viz::testing::NullWindow::squeezed(text).find("Whatdoesthisstepgive?") != std::string::npos;
}

const std::string block = "message.1/encrypt/block.1/";

} // namespace

TEST_CASE("Every step that can be predicted gives something and starts from something else", "[viz][predict]") {
    const Recording recording = textbook();
    const Trace trace(recording);
    std::size_t steps = 0;
    for (std::uint64_t n = 1; n <= trace.tree().total(); ++n) {
        const Step step = trace.step(trace.tree().at_number(n));
        const Kind kind = step.node.kind();
        std::size_t results = 0;
        for (const Value& value : step.values) results += is_result(kind, value.name);
        INFO(step.address);
        CHECK((results > 0) == can_predict(step));
        if (!can_predict(step)) continue;
        ++steps;
        CHECK(results < step.values.size());
        if (!step.node.within(Kind::round)) continue;
        const RoundModel round = make_round_model(trace, step.node);
        const CellSet covered = result_cells(kind, round.box.value_or(1));
        // What goes into the round stays in sight, and something of the step's own cells does not.
        for (const Lane lane : {Lane::right_in, Lane::subkey, Lane::left_in}) CHECK(covered.masks[index(lane)] == 0);
        bool own = false, seen = false;
        for (std::size_t i = 0; i < lane_count; ++i) {
            own = own || (covered.masks[i] & round.live.masks[i]) != 0;
            seen = seen || (~covered.masks[i] & round.live.masks[i]) != 0;
        }
        // A round's step outlines no cells: all of them are its own.
        CHECK((own || kind == Kind::round));
        CHECK((seen || kind == Kind::round));
    }
    CHECK(steps == 17 + 3 + 3 + 16 * 13); // schedule; pad, encrypt, block; ip, swap, fp; rounds
}

TEST_CASE("P covers what a step gives, Enter uncovers it, and the next step is covered again", "[viz][predict]") {
    viz::testing::NullWindow window(textbook());
    for (const auto& [width, height] : viz::testing::window_sizes) {
        for (const float scale : {1.0F, 2.0F}) {
            window.app.ui().scale = scale;
            window.size(width, height);
            window.app.go_to(block + "round.5/sbox.3");
            window.frame();
            INFO(width << "x" << height << ", scale " << scale);
            take_cut_text();
            const std::string covered = window.press(key_of('p'));
            CHECK(take_cut_text().empty());
            CHECK(asks(covered));
            CHECK(covered.find("010100") != std::string::npos); // what goes in
            CHECK(covered.find("gives 1100") == std::string::npos);
            const std::string revealed = viz::testing::NullWindow::squeezed(window.press(Key::enter));
            CHECK_FALSE(asks(revealed));
            CHECK(revealed.find("soitgives12=1100") != std::string::npos);
            CHECK(asks(window.press(Key::right)));
            CHECK(asks(window.press(Key::left)));
            // Nothing is covered where nothing could be worked out.
            window.app.go_to("message.1/encode");
            window.frame();
            CHECK_FALSE(asks(window.frame()));
            window.app.go_to(block + "round.5");
            CHECK(window.press(key_of('p')).find("8A4FA637") != std::string::npos);
        }
    }
}

TEST_CASE("A step whose own stage would tell is a card: what it starts from, and a question mark for each result",
          "[viz][predict]") {
    const Recording recording = samples::exchange();
    viz::testing::DrawnStage drawing(recording);
    for (const char* at : {"keys/server.public", "keys/server.public/bit.1", "secret/server.shared",
                           "secret/server.derive", "secret/server.schedule", "secret/server.schedule/round.1",
                           "message.1/pad", "message.1/unpad", "message.1/encrypt", "message.1/encrypt/block.1"}) {
        INFO(at);
        const Step step = drawing.trace().step(drawing.trace().tree().at(at));
        CHECK(can_predict(step));
        for (const Rect& room : viz::testing::stage_rooms) {
            drawing.at(at, room);
            const Picture picture = stage_picture(stage(stage_of(step.node)), drawing.input(room, true));
            for (const Value& value : step.values) {
                const bool result = is_result(step.node.kind(), value.name);
                const std::string id = (result ? "asked." : "given.") + std::string(value.name);
                INFO(id);
                CHECK(std::ranges::count(picture.shapes, id, &Shape::id) > 0);
            }
        }
    }
}

TEST_CASE("No power of large numbers is to be predicted", "[viz][predict]") {
    const Recording recording = samples::exchange(Mode::cbc, dh::Kdf::sha256, "modp768");
    const Trace trace(recording);
    CHECK_FALSE(can_predict(trace.step(trace.tree().at("keys/server.public"))));
    CHECK(can_predict(trace.step(trace.tree().at("secret/server.derive"))));
}

TEST_CASE("Who predicts sees one S-box after the other, and the diagram as far as the steps have come",
          "[viz][predict]") {
    const Recording recording = textbook();
    const Trace trace(recording);
    const CellSet later = later_cells(Kind::sbox, 3);
    CHECK_FALSE(later.contains({Lane::s_out, 12}));
    CHECK(later.contains({Lane::s_out, 13}));
    CHECK(later.contains({Lane::p_out, 1}));
    CHECK_FALSE(later_cells(Kind::sbox, 8).contains({Lane::s_out, 32}));
    CHECK(later_cells(Kind::permute, 1).contains({Lane::right_out, 1}));

    viz::testing::NullWindow window(samples::exchange());
    const auto text_at = [&](const char* at) {
        window.app.go_to(at);
        window.frame();
        return viz::testing::NullWindow::squeezed(window.frame());
    };
    const PartyRecord& server = window.app.session().recording.party(Role::server);
    const std::string shown = "A=ga=" + server.public_key->get_str();
    window.size(1280, 720);
    CHECK(text_at("keys/server.private").find(shown) != std::string::npos);
    window.press(key_of('p'));
    CHECK(text_at("keys/server.private").find(shown) == std::string::npos);
    CHECK(text_at("keys/server.public").find(shown) == std::string::npos);
    CHECK(text_at("keys/server.public/bit.1").find(shown) == std::string::npos);
    window.app.go_to("keys/server.public");
    CHECK(viz::testing::NullWindow::squeezed(window.press(Key::enter)).find(shown) != std::string::npos);
    CHECK(text_at("secret/server.shared").find(shown) != std::string::npos);
}

TEST_CASE("No covered step shows its result anywhere in the window", "[viz][predict]") {
    viz::testing::NullWindow window(textbook());
    window.press(key_of('p'));
    const Trace& trace = window.app.session().trace;
    for (const char* at :
         {"ip", "round.5", "round.5/expand", "round.5/mix", "round.5/permute", "round.5/join", "swap", "fp"}) {
        window.app.go_to(block + at);
        window.frame();
        const std::string text = window.frame();
        const Step step = trace.step(window.app.session().cursor.node());
        std::set<std::string> known = {"77220045"}; // R4, which round 5 begins with
        for (const Value& value : step.values) {
            if (!is_result(step.node.kind(), value.name)) known.insert(prefixed_hex(value.datum).substr(2));
        }
        for (const Value& value : step.values) {
            const std::string digits = prefixed_hex(value.datum).empty() ? "" : prefixed_hex(value.datum).substr(2);
            if (!is_result(step.node.kind(), value.name) || digits.size() < 8 || known.contains(digits)) continue;
            INFO(at << " " << value.name << " " << digits);
            CHECK(text.find(digits) == std::string::npos);
        }
    }
}

TEST_CASE("A curtain hides what its step gives and all that comes later, and nothing before", "[viz][predict]") {
    const Recording recording = textbook();
    const Trace trace(recording);
    const StepTree& tree = trace.tree();
    const Curtain curtain{tree.at(block + "round.5/sbox.3"), true};
    const auto at = [&](const Curtain& hung, const std::string& place) { return covered(tree, hung, tree.at(place)); };
    CHECK(at(curtain, block + "round.5/sbox.3") == Covered::result);
    CHECK(at({curtain.at, false}, block + "round.5/sbox.3") == Covered::nothing);
    for (const char* before : {"schedule/round.5", "message.1/encrypt/block.1/round.4", "message.1/encrypt/block.1/ip",
                               "message.1/encrypt/block.1/round.5/sbox.2"})
        CHECK(at(curtain, before) == Covered::nothing);
    for (const char* around : {"message.1/encrypt/block.1/round.5", "message.1/encrypt/block.1", "message.1/encrypt"})
        CHECK(at(curtain, around) == Covered::result);
    for (const char* later : {"sbox.4", "permute", "join"})
        CHECK(at(curtain, block + "round.5/" + later) == Covered::all);
    CHECK(at({curtain.at, false}, block + "round.6") == Covered::all);
    // Of a step that begins before and gives nothing by itself, but tells what its parts give, nothing is seen.
    const auto hidden = [&](const std::string& place) { return hidden_of(tree, curtain, trace.step(tree.at(place))); };
    CHECK(hidden("message.1/encrypt") == Covered::result);
    CHECK(hidden("message.1") == Covered::all);
    CHECK(hidden_of(tree, {tree.at("message.1"), true}, trace.step(tree.at("message.1"))) == Covered::nothing);
    CHECK(beside(curtain.at, tree.at(block + "round.5/mix")));
    CHECK_FALSE(beside(curtain.at, tree.at(block + "round.4/mix")));
    CHECK_FALSE(beside(tree.at(block + "round.5"), tree.at(block + "round.4")));
}

std::optional<BitRef> followed(viz::testing::NullWindow& window) {
    return followed_bit(window.app.state().of<StageMemory>().state(StageKind::round).followed);
}

TEST_CASE("A wire under the mouse is as good as the bit that it carries", "[viz][predict]") {
    viz::testing::NullWindow window(textbook());
    window.app.go_to(block + "round.5");
    window.frame();
    std::set<unsigned> expanded, permuted;
    for (float y = 130; y < 640; y += 7) {
        for (float x = 340; x < 1180; x += 5) {
            ImGui::GetIO().MousePos = {x, y};
            window.frame();
            const auto traced = followed(window);
            if (traced && traced->lane == Lane::expanded) expanded.insert(traced->position);
            if (traced && traced->lane == Lane::p_out) permuted.insert(traced->position);
        }
    }
    CHECK(expanded.size() == 48);
    CHECK(permuted.size() == 32);
    // Between the rows there are no cells: what is found there is a wire.
    std::set<unsigned> by_wire;
    for (float x = 340; x < 1180; x += 3) {
        ImGui::GetIO().MousePos = {x, 215};
        window.frame();
        if (const auto traced = followed(window)) by_wire.insert(traced->position);
    }
    CHECK(by_wire.size() > 24);
}

TEST_CASE("Page keys scroll the stage and the values and the help and nothing else", "[viz][predict]") {
    viz::testing::NullWindow window(samples::exchange());
    window.app.ui().scale = 2;
    window.size(1280, 720);
    window.app.go_to("message.1/encrypt/block.1");
    window.frame();
    window.frame();
    const auto scroll_of = [](const char* part) {
        for (const ImGuiWindow* w : ImGui::GetCurrentContext()->Windows) {
            if (std::string_view(w->Name).find(part) != std::string_view::npos) return w->Scroll.y;
        }
        return -1.0F;
    };
    for (const auto& [part, ctrl] : {std::pair{"/stage_", false}, std::pair{"/details_", true}}) {
        INFO(part);
        const float before = scroll_of(part);
        REQUIRE(before >= 0);
        window.press(KeyPress{.key = Key::page_down, .ctrl = ctrl});
        const float below = scroll_of(part);
        CHECK(below > before);
        window.press(KeyPress{.key = Key::page_up, .ctrl = ctrl});
        CHECK(scroll_of(part) < below);
    }
    const std::string place = window.address();
    window.press(Key::f1);
    for (const Key key : {Key::down, Key::page_down, Key::right, Key::end}) window.press(key);
    CHECK(scroll_of("/help_") > 0);
    window.press(Key::home);
    CHECK(scroll_of("/help_") == 0);
    CHECK(window.address() == place);
    window.press(Key::escape);
    window.press(Key::right);
    CHECK(window.address() != place);
}
