// The workbench: fields, what they mean, what is wrong with which, and the traces that open from them.
#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/pages/workbench/power_model.hpp"
#include "viz/pages/workbench/workbench_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

void settle(Workbench& bench) {
    REQUIRE(keyhole::testing::wait_until([&] {
        bench.refresh();
        return !bench.busy();
    }));
}

Workbench with(const WorkbenchFields& fields) {
    Workbench bench;
    bench.fields = fields;
    settle(bench);
    return bench;
}

WorkbenchFields textbook() {
    return {.key = "133457799BBCDFF1",
            .data = "0123456789ABCDEF",
            .form = DataForm::hex,
            .mode = Mode::ecb,
            .iv = {},
            .padding = Padding::none,
            .direction = Direction::encrypt};
}

} // namespace

TEST_CASE("The workbench enciphers the textbook block and opens it as a trace", "[viz][workbench]") {
    const Workbench bench = with(textbook());
    REQUIRE(bench.all_right());
    CHECK(to_hex(bench.good().output()) == "85E813540F0AB405");
    CHECK(bench.good().blocks == 1);
    CHECK(bench.good().padding_bytes == 0);
    const auto opened = bench.opened();
    REQUIRE(opened);
    CHECK(StepTree(opened->recording).find(opened->go_to));
    CHECK(opened->go_to == "message.1/encrypt/block.1");
}

TEST_CASE("Every wrong field of the workbench is marked by itself and the last result stays", "[viz][workbench]") {
    Workbench bench = with(textbook());
    bench.fields.key = "1334";
    bench.fields.data = "01234";
    bench.fields.mode = Mode::cbc;
    bench.fields.iv = "xyz";
    bench.refresh();
    CHECK(bench.fault(WorkbenchField::key).find("key '1334'") == 0);
    CHECK(bench.fault(WorkbenchField::data).find("is not hex") != std::string::npos);
    CHECK(bench.fault(WorkbenchField::iv).find("IV 'xyz'") == 0);
    CHECK(bench.fault(WorkbenchField::padding).empty());
    CHECK(bench.fault(WorkbenchField::mode).empty());
    CHECK_FALSE(bench.opened());
    CHECK(to_hex(bench.good().output()) == "85E813540F0AB405");
    CHECK(bench.key().key == 0x133457799BBCDFF1);
}

TEST_CASE("Length and padding faults belong to message and padding", "[viz][workbench]") {
    WorkbenchFields fields = textbook();
    fields.data = "012345";
    CHECK(with(fields).fault(WorkbenchField::data).find("no whole number") != std::string::npos);
    fields = textbook();
    fields.direction = Direction::decrypt;
    fields.padding = Padding::pkcs7;
    CHECK(with(fields).fault(WorkbenchField::padding).find("the padding is wrong") == 0);
    CHECK(with(fields).fault(WorkbenchField::data).empty());
    fields.mode = Mode::cbc;
    CHECK(with(fields).fault(WorkbenchField::iv).find("no IV") == 0);
    fields.form = DataForm::file;
    fields.data = "/no/such/file";
    CHECK_FALSE(with(fields).fault(WorkbenchField::data).empty());
}

TEST_CASE("A file is read beside the window and the newest fields win", "[viz][workbench]") {
    const keyhole::testing::TemporaryFolder folder;
    const std::string small(13, 's'), large(300'000, 'l');
    keyhole::testing::write_text(folder.path() / "small", small);
    keyhole::testing::write_text(folder.path() / "large", large);
    Workbench bench = with(textbook());
    bench.fields.form = DataForm::file;
    bench.fields.padding = Padding::pkcs7;
    bench.fields.data = folder.path() / "large";
    bench.refresh();
    REQUIRE(bench.busy());
    CHECK_FALSE(bench.all_right());
    CHECK_FALSE(bench.opened());
    CHECK(to_hex(bench.good().output()) == "85E813540F0AB405"); // the result before
    // A wrong key is said at once, and what is typed meanwhile is what comes out.
    bench.fields.data = folder.path() / "small";
    bench.fields.key = "0E329232EA6D0D73";
    settle(bench);
    REQUIRE(bench.all_right());
    CHECK(bench.good().bytes_in == 16);
    CHECK(to_string(bench.good().blocks_in(100)) == small + "\x03\x03\x03");
    CHECK(bench.good().input.settings.key == 0x0E329232EA6D0D73);
    bench.fields.data = folder.path() / "large";
    settle(bench);
    CHECK(bench.good().bytes_in == 300'008);
    CHECK(to_string(bench.good().blocks_in(64)) == large.substr(0, 64));
    bench.fields.data = folder.path() / "none";
    bench.fields.key = "1";
    bench.refresh();
    CHECK_FALSE(bench.fault(WorkbenchField::key).empty());
    settle(bench);
    CHECK_FALSE(bench.fault(WorkbenchField::key).empty());
    CHECK_FALSE(bench.fault(WorkbenchField::data).empty());
    CHECK(bench.good().bytes_in == 300'008);
}

TEST_CASE("What the workbench enciphers it deciphers in every mode and form", "[viz][workbench]") {
    for (const Mode mode : every_mode) {
        for (const Padding padding : every_padding) {
            const std::string text =
                padding != Padding::none || makes_key_stream(mode) ? "Schl\u00fcssel" : "16 bytes of text";
            Workbench bench = with({.key = "0E329232EA6D0D73",
                                    .data = text,
                                    .form = DataForm::text,
                                    .mode = mode,
                                    .iv = {},
                                    .padding = padding,
                                    .direction = Direction::encrypt});
            INFO(name(mode) << " " << name(padding));
            REQUIRE(bench.all_right());
            CHECK(bench.good().blocks_in(1000).size() == bench.good().output().size());
            const std::string iv = mode == Mode::ecb ? "" : to_hex(block_bytes(bench.drawn_iv()));
            const std::string result = to_hex(bench.good().output());
            bench.fields.form = DataForm::hex;
            bench.fields.data = result;
            bench.fields.iv = iv;
            bench.fields.direction = Direction::decrypt;
            bench.refresh();
            REQUIRE(bench.all_right());
            CHECK(to_string(bench.good().output()) == text);
        }
    }
}

TEST_CASE("Key and message stand in the workbench's fields in every form", "[viz][workbench]") {
    WorkbenchFields fields = textbook();
    fields.key = "\"orchids!\"";
    fields.data = "meet at 9";
    fields.form = DataForm::text;
    fields.padding = Padding::pkcs7;
    Workbench bench = with(fields);
    REQUIRE(bench.all_right());
    CHECK(to_hex(bench.good().output()) == "6B0E8A973973B0D50256E2FC41DE7567");
    bench.fields = {.key = "6f:72:63:68 69-64-73-21",
                    .data = "aw6KlzlzsNUCVuL8Qd51Zw==",
                    .form = DataForm::base64,
                    .mode = Mode::ecb,
                    .iv = {},
                    .padding = Padding::pkcs7,
                    .direction = Direction::decrypt};
    settle(bench);
    REQUIRE(bench.all_right());
    CHECK(to_string(bench.good().output()) == "meet at 9");
    bench.fields.form = DataForm::hex;
    bench.fields.data = "6B0E8A97 3973B0D5:02 56 E2 FC 41 DE 75 67";
    settle(bench);
    CHECK(bench.all_right());
    // A window has no standard input to wait for.
    bench.fields.form = DataForm::file;
    bench.fields.data = "-";
    settle(bench);
    CHECK(bench.fault(WorkbenchField::data).find("cannot read ./-") == 0);
    bench.fields.key = "orchids!";
    settle(bench);
    CHECK(bench.fault(WorkbenchField::key) ==
          "key 'orchids!' is no DES value (it is not all hex digits, 16 are needed; as text its 8 bytes are "
          "6F72636869647321: write it in double quotes)");
    bench.fields.key = "\"orchid\"";
    settle(bench);
    CHECK(bench.fault(WorkbenchField::key).find("key text 'orchid' is no DES value (it has 6 bytes") == 0);
}

TEST_CASE("The key's look names weakness and counts parity byte by byte", "[viz][workbench]") {
    CHECK(look_at_key(0x0101010101010101).words.find("weak key") == 0);
    CHECK(look_at_key(0x01FE01FE01FE01FE).words.find("semi-weak") != std::string::npos);
    CHECK(look_at_key(0x133457799BBCDFF1).words.find("ordinary") != std::string::npos);
    Workbench bench = with(textbook());
    bench.flip_key_bit(16);
    CHECK(bench.fields.key == "133557799BBCDFF1");
    CHECK(bench.key().odd_parity == std::array{true, false, true, true, true, true, true, true});
    CHECK(bench.key().words.find("parity") != std::string::npos);
    bench.flip_key_bit(16);
    CHECK(bench.fields == textbook());
    bench.flip_key_bit(1);
    CHECK(bench.fields.key == "933457799BBCDFF1");
}

TEST_CASE("The workbench takes over key and message of any trace that knows them", "[viz][workbench]") {
    for (const Recording& recording : samples::all()) {
        const Trace trace(recording);
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            const auto node = trace.tree().find(fmt::format("message.1/{}/block.1", name(direction)));
            if (!node) continue;
            Workbench bench;
            CHECK(bench.take_over(trace, *node).empty());
            REQUIRE(bench.all_right());
            const MessageRecord& m = recording.messages.front();
            CHECK(bench.good().output() ==
                  (direction == Direction::encrypt ? m.sent->ciphertext : *m.received->plaintext));
        }
    }
    Recording strangers = samples::exchange();
    for (PartyRecord& party : strangers.parties) party = {};
    const Trace trace(strangers);
    Workbench bench;
    const WorkbenchFields before = bench.fields;
    CHECK(bench.take_over(trace, Node{}).find("not known") != std::string::npos);
    CHECK(bench.fields == before);
}

TEST_CASE("The exponentiation's fields are read one by one and open as a trace", "[viz][workbench]") {
    PowerBench bench;
    CHECK(bench.result() == 8);
    bench.fields = {"0x10", "-3", "0"};
    bench.refresh();
    CHECK(bench.fault(0).empty());
    CHECK_FALSE(bench.fault(1).empty());
    CHECK(bench.fault(2).find("modulus 0") == 0);
    CHECK_FALSE(bench.opened());
    CHECK(bench.result() == 8);
    bench.fields = {"0x10", "3", "1000"};
    bench.refresh();
    REQUIRE(bench.opened());
    CHECK(bench.result() == 96);
    const Recording opened = bench.opened()->recording;
    CHECK(StepTree(opened).find(bench.opened()->go_to));
    bench.fields[1] = "0x1" + std::string(3000, '0');
    bench.refresh();
    CHECK(bench.fault(1).find("exponent is too long") == 0);
    CHECK(bench.fault(0).empty());

    const Recording exchange = samples::exchange();
    const Trace trace(exchange);
    REQUIRE(bench.take_over(trace, trace.tree().at("secret/client.shared")));
    CHECK(bench.result() == *exchange.party(Role::client).shared);
    const Recording alone = samples::workbench(Direction::encrypt, Mode::ecb, 5);
    const Trace without(alone);
    CHECK_FALSE(bench.take_over(without, Node{}));
}

TEST_CASE("The workbench's page shows its words uncut at every size", "[viz][workbench]") {
    viz::testing::NullWindow window(samples::exchange());
    viz::testing::check_page(window, '4', {"Key and block workbench", "3 blocks in ecb"});
}

TEST_CASE("The workbench is worked by keys alone", "[viz][workbench]") {
    viz::testing::NullWindow window(samples::exchange());
    window.press(key_of('4'));
    CHECK(window.press(key_of('c')).find("drawn: ") != std::string::npos);
    CHECK(window.press(Key::space).find("parity") != std::string::npos);
    CHECK(window.press(key_of('i')).find("is not base64") != std::string::npos);
    window.press(key_of('i'));
    window.press(key_of('i'));
    // The file of that name is looked for beside the window.
    CHECK(keyhole::testing::wait_until([&] { return window.frame().find("is not hex") != std::string::npos; }));
    CHECK(window.press(Key::enter).find("a field is wrong") != std::string::npos);
    window.press(key_of('i'));
    // The key's field takes what is typed, keeps it after Esc, and marks it.
    window.press(key_of('e'));
    ImGui::GetIO().AddInputCharacter('7');
    window.frame();
    CHECK(window.press(Key::escape).find("key '7' is no DES value") != std::string::npos);
    CHECK(window.app.ui().page == PageName("workbench"));
    window.press(key_of('y'));
    // Tab goes on to the IV's field.
    window.press(key_of('e'));
    window.hold(ImGuiKey_Tab, true);
    window.frame();
    window.hold(ImGuiKey_Tab, false);
    window.frame();
    window.frame();
    ImGui::GetIO().AddInputCharacter('?');
    window.frame();
    CHECK(window.press(Key::escape).find("IV '?' is no DES value") != std::string::npos);
    window.press(key_of('y'));
    window.press(Key::enter);
    CHECK(window.app.ui().page == PageName::steps);
    CHECK(window.address() == "message.1/encrypt/block.1");
    CHECK(window.app.session().recording.messages.front().sent->ciphertext ==
          samples::exchange().messages.front().sent->ciphertext);
    window.press(key_of('4'));
    window.press(key_of('w'));
    CHECK(window.address() == "modexp");
}
