// The sequence diagram and the search of the go-to field: rows against what was recorded, places for every step, and
// searches against a plain walk over all steps; then both on the null backend.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/steps/address.hpp"
#include "core/steps/search/step_search.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/panels/sequence/sequence_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::NullWindow;

namespace {

std::vector<std::string> words(const Sequence& sequence) {
    std::vector<std::string> out;
    for (std::uint64_t i = 0; i < sequence.row_count(); ++i) {
        const SequenceRow row = sequence.row(i);
        for (const auto& part : {row.sides[0], row.middle, row.sides[1]}) {
            if (part) out.push_back(part->words.front());
        }
        if (!row.note.empty()) out.push_back(row.note);
    }
    return out;
}

bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::vector<std::string> found(const Trace& trace, std::string_view text, std::string_view from) {
    StepSearch search(trace);
    search.start(text, trace.tree().at(from));
    search.work([] { return true; });
    CHECK(search.done());
    std::vector<std::string> out;
    for (const SearchHit& hit : search.hits()) out.push_back(hit.address);
    return out;
}

} // namespace

TEST_CASE("The diagram tells the whole exchange, frames with their sizes on the wire", "[viz][sequence]") {
    const Recording recording = samples::exchange();
    const Trace trace(recording);
    const Sequence sequence(trace);
    REQUIRE(sequence.exchange());
    const auto all = words(sequence);
    // The lines as docs/protocol.md has them, the line end included.
    const std::string params =
        R"({"type":"params","protocol":"keyhole/1","group":"toy23","p":"17","g":"5","kdf":"sha256","mode":"cbc"})";
    CHECK(has(all, fmt::format("parameters \u00B7 {} B", params.size() + 1)));
    const std::string key = R"({"type":"public_key","y":""})";
    const auto key_bytes = [&](Role role) {
        return key.size() + to_wire_hex(*recording.party(role).public_key).size() + 1;
    };
    CHECK(has(all, fmt::format("public key A \u00B7 {} B", key_bytes(Role::server))));
    CHECK(has(all, fmt::format("public key B \u00B7 {} B", key_bytes(Role::client))));
    for (const MessageRecord& m : recording.messages)
        CHECK(has(all, fmt::format("message \u00B7 {} B", m.sent->frame.size() + 1)));
    CHECK(has(all, "message 1 \u00B7 17 bytes \u00B7 3 blocks"));
    CHECK(has(all, "+ 7 \u00D7 07, 24 B"));
    CHECK(has(all, "\u201CThis is a message\u201D"));
    CHECK(std::count(all.begin(), all.end(), "equal") == 2);
    const auto& s = recording.party(Role::server);
    CHECK(has(all, fmt::format("A = g^{{a}} mod p = {}", s.public_key->get_str())));
    CHECK(has(all, fmt::format("s = B^{{a}} mod p = {}", s.shared->get_str())));
}

TEST_CASE("Every step of an exchange has its place, and every part leads to a step", "[viz][sequence]") {
    for (const Recording& recording : samples::all()) {
        const Trace trace(recording);
        const Sequence sequence(trace);
        if (!sequence.exchange()) {
            CHECK_FALSE(sequence.place(trace.tree().at_number(1)));
            continue;
        }
        const StepTree& tree = trace.tree();
        for (std::uint64_t n = 1; n <= tree.total(); n += n < 400 ? 1 : 37) {
            const Node node = tree.at_number(n);
            const auto place = sequence.place(node);
            INFO(address(node));
            REQUIRE(place);
            CHECK(place->row < sequence.row_count());
        }
        for (std::uint64_t i = 0; i < sequence.row_count(); ++i) {
            const SequenceRow row = sequence.row(i);
            CHECK(sequence.row_at_line(sequence.lines_before(i)) == i);
            for (const auto& part : {row.sides[0], row.middle, row.sides[1]}) {
                if (part) CHECK(tree.contains(part->node) != part->masked);
            }
        }
    }
}

TEST_CASE("A recording of one side shows only what that side knows", "[viz][sequence]") {
    const Recording recording = keyhole::testing::seen_by(
        Role::client, keyhole::testing::exchange("toy23", dh::Kdf::sha256, Mode::cbc,
                                                 {{Role::client, "to you"}, {Role::server, "and back"}}));
    const Trace trace(recording);
    const Sequence sequence(trace);
    const auto all = words(sequence);
    CHECK_FALSE(has(all, "equal"));
    const auto begins = [&](const std::string& head) {
        return std::any_of(all.begin(), all.end(), [&](const std::string& w) { return w.starts_with(head); });
    };
    CHECK_FALSE(begins("private a"));
    CHECK(begins("private b"));
    CHECK(std::count(all.begin(), all.end(), "encrypt") == 1);
    CHECK(std::count(all.begin(), all.end(), "decrypt") == 1);
    // The other's public key arrived: its frame stands for that step.
    const auto place = sequence.place(trace.tree().at("keys/server.public"));
    REQUIRE(place);
    CHECK(sequence.row(place->row).shape == SequenceShape::crossing);
}

TEST_CASE("A message that is not deciphered yet is not called refused", "[viz][sequence]") {
    Recording recording = samples::exchange();
    ReceivedMessage& received = *recording.messages.front().received;
    received.plaintext.reset();
    CHECK(has(words(Sequence(Trace(recording))), "refused"));
    received.padded.clear();
    CHECK_FALSE(has(words(Sequence(Trace(recording))), "refused"));
}

TEST_CASE("Words find steps, the nearest after the current one first", "[viz][search]") {
    const Recording recording = samples::exchange();
    const Trace trace(recording);
    const auto sboxes = found(trace, "sbox 3", "message.1/encrypt/block.2/round.5");
    REQUIRE(sboxes.size() == StepSearch::most_hits);
    CHECK(sboxes[0] == "message.1/encrypt/block.2/round.5/sbox.3");
    CHECK(sboxes[1] == "message.1/encrypt/block.2/round.6/sbox.3");
    CHECK(found(trace, "S-box3", "message.1/encrypt/block.2/round.5")[0] == sboxes[0]);
    // The headings count too: the last step removes the padding.
    CHECK(found(trace, "message 2 pad", "connect") == std::vector<std::string>{"message.2/pad", "message.2/unpad"});
    CHECK(found(trace, "round 16", "message.2/encrypt/block.1")[0] == "message.2/encrypt/block.1/round.16");
    CHECK(found(trace, "message.1/enc", "connect") ==
          std::vector<std::string>{"message.1/encode", "message.1/encrypt"});
    CHECK(found(trace, "server pub", "connect")[0] == "keys/server.public");
    CHECK(found(trace, "subkey 4", "connect") ==
          std::vector<std::string>{"secret/server.schedule/round.4", "secret/client.schedule/round.4"});
    CHECK(found(trace, "sbox 9", "connect").empty());
    CHECK(found(trace, "nonsense", "connect").empty());
    // Those before the current step follow, and none is there twice.
    const auto pads = found(trace, "pad", "message.1/encrypt");
    CHECK(pads == std::vector<std::string>{"message.1/unpad", "message.2/pad", "message.2/unpad", "message.1/pad"});
}

TEST_CASE("A value is found in every step that holds it", "[viz][search]") {
    const Recording recording = samples::exchange(Mode::cbc, dh::Kdf::sha256, "modp768");
    const Trace trace(recording);
    const StepTree& tree = trace.tree();
    const des::RoundTrace& round = trace.round(tree.at("message.1/encrypt/block.2/round.5"));
    const std::string s_out = hex_text(Bits{round.s_out, 32});
    // The same by walking over all steps.
    std::set<std::string> expected;
    for (std::uint64_t n = 1; n <= tree.total(); ++n) {
        const Step step = trace.step(tree.at_number(n));
        for (const Value& value : step.values) {
            std::string digits = prefixed_hex(value.datum);
            if (const auto* octets = std::get_if<Octets>(&value.datum); octets != nullptr && !octets->text)
                digits = to_hex(octets->view);
            if (digits.find(s_out.substr(2)) != std::string::npos) expected.insert(step.address);
        }
    }
    const auto hits = found(trace, s_out, "message.1/encrypt/block.2/round.5/sbox.2");
    CHECK(std::set<std::string>(hits.begin(), hits.end()) == expected);
    CHECK(hits[0] == "message.1/encrypt/block.2/round.5/permute");
    const std::string y = to_prefixed_hex(*recording.party(Role::client).public_key);
    CHECK_FALSE(found(trace, y.substr(10, 24), "connect").empty());
}

TEST_CASE("A search in millions of steps works a little at a time and says how far it is", "[viz][search]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::cbc, 8 << 18);
    const Trace trace(recording);
    StepSearch search(trace);
    search.start("0123456789ABCDEF01", trace.tree().at("message.1/encrypt/block.1000"));
    int asked = 0;
    search.work([&] { return ++asked < 50; });
    CHECK(asked == 50);
    CHECK_FALSE(search.done());
    CHECK(search.looked_at() > 0);
    CHECK(search.progress().find("steps, nearest first") != std::string::npos);
    // Words with a number go there at once.
    int steps = 0;
    search.start("block 200000 round 16 sbox 8", trace.tree().at("message.1"));
    search.work([&] { return ++steps < 200; });
    REQUIRE(search.hits().size() == 1);
    CHECK(search.hits()[0].address == "message.1/encrypt/block.200000/round.16/sbox.8");
}

TEST_CASE("Thousands of messages cost what is in sight", "[viz][sequence]") {
    Recording recording = samples::exchange();
    const MessageRecord message = recording.messages[0];
    for (int i = 0; i < 5000; ++i) recording.messages.push_back(message);
    const Trace trace(recording);
    const Sequence sequence(trace);
    CHECK(sequence.row_count() > 40000);
    const auto place = sequence.place(trace.tree().at("message.4000/frame"));
    REQUIRE(place);
    CHECK(sequence.row(place->row).middle->node == trace.tree().at("message.4000/frame"));
}

TEST_CASE("The left panel shows the exchange, then the steps, then nothing", "[viz][sequence]") {
    NullWindow window(samples::exchange());
    for (const auto& [width, height] : viz::testing::window_sizes) {
        window.size(width, height);
        for (const char* where :
             {"connect", "keys", "secret", "message.2/frame", "message.1/encrypt/block.1/round.3"}) {
            const std::string text = window.at(where);
            INFO(where << " at " << width);
            CHECK(text.find("Exchange") != std::string::npos);
            CHECK(text.find("Client") != std::string::npos);
            CHECK(take_cut_text().empty());
        }
    }
    CHECK(window.press(key_of('l')).find("Remove the padding") != std::string::npos);
    CHECK(window.press(key_of('l')).find("Exchange") == std::string::npos);
    CHECK(window.press(key_of('l')).find("Exchange") != std::string::npos);
}

TEST_CASE("The go-to field lists what it finds: arrows choose, Enter goes, Esc closes", "[viz][search]") {
    NullWindow window(samples::exchange());
    window.frame();
    const auto type = [&](const char* text) {
        window.press({.key = key_of('g'), .ctrl = true});
        ImGui::GetIO().AddInputCharactersUTF8(text);
        window.frame();
        // A search takes a moment of each frame, so a slow machine needs more of them.
        for (int i = 0; i < 1000 && !window.app.session().search.done(); ++i) window.frame();
        return window.frame();
    };
    const std::string list = type("sbox 3");
    CHECK(list.find("message.1/encrypt/block.1/round.1/sbox.3") != std::string::npos);
    CHECK(list.find("nearest first") != std::string::npos);
    CHECK(take_cut_text().empty());
    window.press(Key::down);
    window.app.press({.key = Key::enter});
    for (int i = 0; i < 50 && window.address() == "connect"; ++i) window.frame();
    CHECK(window.address() == "message.1/encrypt/block.1/round.2/sbox.3");
    CHECK(window.frame().find("nearest first") == std::string::npos);

    type("0xFFFFFFFFFFFFFFFFFF");
    window.app.press({.key = Key::enter});
    for (int i = 0; i < 5000 && window.app.go_to_field().error.empty(); ++i) window.frame();
    CHECK_FALSE(window.app.go_to_field().error.empty());
    CHECK(window.address() == "message.1/encrypt/block.1/round.2/sbox.3");
    window.frame();
    window.frame(); // the field has the focus again
    window.press(Key::escape);
    CHECK_FALSE(window.app.go_to_field().open);
    CHECK(window.app.go_to_field().text.empty());
    CHECK(window.app.go_to_field().error.empty());
    CHECK_FALSE(window.app.due());
}
