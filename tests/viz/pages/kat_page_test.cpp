// The known-answer runner's page: what it finds, in which order, and that everything is reached by the keyboard.
#include <fmt/format.h>

#include "core/base/resources.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/pages/kat/kat_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::testing::TemporaryFolder;
using keyhole::testing::write_text;
using keyhole::viz::testing::NullWindow;

namespace {

constexpr const char* wrong_des =
    "[ENCRYPT]\n\nCOUNT = 0\nKEY = 133457799BBCDFF1\nPLAINTEXT = 0123456789ABCDEF\nCIPHERTEXT = 85E813540F0AB405\n\n"
    "COUNT = 1\nKEY = 133457799BBCDFF1\nPLAINTEXT = 0123456789ABCDEF\nCIPHERTEXT = 85E813540F1AB505\n";
constexpr const char* right_power = "BASE = 5\nEXPONENT = 6\nMODULUS = 17\nRESULT = 8\n";

void finish(KatRun& run) {
    REQUIRE(keyhole::testing::wait_until([&] {
        run.collect();
        return !run.running();
    }));
}

// Frames until nothing is due by itself.
std::string settle(NullWindow& window) {
    REQUIRE(keyhole::testing::wait_until([&] {
        window.frame();
        return !window.app.due();
    }));
    window.frame();
    take_cut_text();
    return window.frame();
}

// A folder as a person would type it into the page's field.
void type_path(NullWindow& window, const std::string& path) {
    window.press(key_of('o'));
    ImGui::GetIO().AddInputCharactersUTF8(path.c_str());
    window.frame();
    window.press(Key::enter);
}

} // namespace

TEST_CASE("The runner finds failures first, then bad files, then good ones", "[viz][answers]") {
    const TemporaryFolder folder;
    write_text(folder.path() / "a_power.rsp", right_power);
    write_text(folder.path() / "b_wrong.rsp", wrong_des);
    write_text(folder.path() / "c_empty.rsp", "# nothing\n");
    KatRun run(folder.path());
    finish(run);
    CHECK(run.error().empty());
    CHECK(result_line(run.totals()) == "2 passed, 1 failed, 1 file could not be run");
    const KatList list = KatList::of(run);
    REQUIRE(list.items().size() == 4);
    CHECK(list.items()[0].kind == KatItem::Kind::failure);
    CHECK(list.items()[0].result == 1);
    CHECK(list.items()[0].lines == 3);
    std::vector<std::string> names;
    for (std::size_t i = 1; i < 4; ++i) names.push_back(run.files()[list.items()[i].file]->name);
    CHECK(names == std::vector<std::string>{"b_wrong.rsp", "c_empty.rsp", "a_power.rsp"});
    CHECK(list.line_count() == 6);
    CHECK(list.item_at(2) == 0);
    CHECK(list.item_at(3) == 1);
    const KatList records = KatList::of(run, 1);
    CHECK(records.items().size() == 2);
    CHECK(list.find(records.items()[1]) == std::optional<std::size_t>(0)); // the same failure
    CHECK_FALSE(list.find(records.items()[0]));                            // a record that passed
    for (std::size_t i = 0; i < 4; ++i) CHECK(list.find(list.items()[i]) == std::optional(i));
    KatItem moved = list.items()[3];
    moved.line = 0; // where it stood while less was done
    CHECK(list.find(moved) == std::optional<std::size_t>(3));
    const KatFailure& failure = *run.files()[1]->file.results[1].failure;
    CHECK(failure_line(failure).ends_with(
        "b_wrong.rsp:11: CIPHERTEXT of record COUNT = 1: expected 85E813540F1AB505, got 85E813540F0AB405"));
}

TEST_CASE("The runner agrees with the files that come with Keyhole", "[viz][answers]") {
    KatRun run(resources::asset_dir() / "kat");
    finish(run);
    CHECK(run.totals().failed == 0);
    CHECK(run.totals().unreadable == 0);
    std::size_t records = 0;
    for (const auto& path : list_kat_files(resources::asset_dir() / "kat"))
        records += run_kat_file(path)->results.size();
    CHECK(run.totals().passed == records);
    CHECK(run.files().size() == list_kat_files(resources::asset_dir() / "kat").size());
}

TEST_CASE("A path with nothing to run is one error, and a run can be cancelled", "[viz][answers]") {
    const TemporaryFolder folder;
    for (const auto& path : {folder.path(), folder.path() / "missing.rsp", folder.path() / "no" / "folder"}) {
        KatRun run(path);
        finish(run);
        INFO(path);
        CHECK_FALSE(run.error().empty());
        CHECK(run.error().find('\n') == std::string::npos);
        CHECK(run.files().empty());
    }
    KatRun run(resources::asset_dir() / "kat");
    run.cancel();
    finish(run);
    CHECK(run.error().empty());
}

TEST_CASE("Two values are compared digit by digit in the room there is", "[viz][answers]") {
    KatFailure failure;
    failure.expected = "85e813540F1AB505";
    failure.got = "85E813540F0AB405";
    using Marks = std::vector<std::pair<std::size_t, std::size_t>>;
    ValuePair pair = compare(failure, 40, 0);
    CHECK(pair.expected == failure.expected);
    CHECK(pair.differing == Marks{{10, 11}, {13, 14}});
    failure.expected = std::string(500, 'A') + "BC" + std::string(500, 'A');
    failure.got = std::string(1002, 'A');
    pair = compare(failure, 40, 0);
    CHECK(pair.from == 492);
    CHECK(pair.differing == Marks{{8, 10}});
    CHECK(pair.expected.substr(8, 2) == "BC");
    CHECK(compare(failure, 40, 5000).from == 1002 - 40);
    failure.got.resize(3);
    CHECK(compare(failure, 40, 0).differing.back().second == 40);
    failure.expected = "AB\x1b\n";
    CHECK(compare(failure, 40, 0).expected == "AB??");
}

TEST_CASE("A record opens as the trace of its own numbers", "[viz][answers]") {
    const TemporaryFolder folder;
    write_text(folder.path() / "b_wrong.rsp", wrong_des);
    write_text(folder.path() / "c_power.rsp", right_power);
    KatRun run(folder.path());
    finish(run);
    const auto opened = open_record(*run.files()[0], run.files()[0]->file.results[1]);
    REQUIRE(opened);
    CHECK(opened->title == "b_wrong.rsp record COUNT = 1");
    CHECK(to_hex(opened->recording.messages[0].sent->ciphertext) == "85E813540F0AB405");
    const auto power = open_record(*run.files()[1], run.files()[1]->file.results[0]);
    REQUIRE(power);
    CHECK(power->recording.power == PowerSettings{.base = 5, .exponent = 6, .modulus = 23});
    CHECK_FALSE(open_record(*run.files()[0], KatResult{}));
    CHECK(trace_words(run.files()[0]->file.results[0].trace) == "DES, ecb, encrypt, 1 block");
}

TEST_CASE("The runner's page shows every file and failure uncut at every size and scale", "[viz][answers]") {
    const TemporaryFolder folder;
    write_text(folder.path() / "a_wrong.rsp", wrong_des);
    write_text(folder.path() / "b_power.rsp", right_power);
    for (const float scale : {1.0F, 2.0F}) {
        NullWindow window(samples::exchange());
        window.app.ui().scale = scale;
        window.app.show(PageName("kat"));
        settle(window);
        type_path(window, folder.path().string());
        for (const auto& [width, height] : viz::testing::window_sizes) {
            window.size(width, height);
            INFO(width << "x" << height << ", scale " << scale);
            settle(window);
            std::string text = window.press(Key::home) + window.press(Key::end);
            text = NullWindow::squeezed(text);
            for (const char* words : {"2passed,1failed", "a_wrong.rsp:11", "85E813540F1AB505", "85E813540F0AB405",
                                      "b_power.rsp", "1failed,1passed"})
                CHECK(text.find(words) != std::string::npos);
            const auto cut = take_cut_text();
            INFO((cut.empty() ? "" : cut.front()));
            CHECK(cut.empty());
        }
    }
}

TEST_CASE("The runner's page opens files and records by the keyboard alone", "[viz][answers]") {
    const TemporaryFolder folder;
    write_text(folder.path() / "a_wrong.rsp", wrong_des);
    write_text(folder.path() / "b_power.rsp", right_power);
    {
        NullWindow window(samples::exchange());
        window.app.show(PageName("kat"));
        settle(window);
        type_path(window, (folder.path() / "none.rsp").string());
        CHECK(NullWindow::squeezed(settle(window)).find("cannot") != std::string::npos);
    }
    NullWindow window(samples::exchange());
    window.app.show(PageName("kat"));
    settle(window);
    type_path(window, folder.path().string());
    settle(window);
    window.press(Key::end);
    std::string text = NullWindow::squeezed(window.press(Key::enter));
    CHECK(text.find("1of1record") != std::string::npos);
    window.press(Key::escape);
    CHECK(NullWindow::squeezed(window.frame()).find("a_wrong.rsp:11") != std::string::npos);
    // The file that was looked into is still the chosen one.
    CHECK(NullWindow::squeezed(window.press(Key::enter)).find("b_power.rsp:1of1record") != std::string::npos);
    window.press(Key::escape);
    window.press(Key::home);
    window.press(Key::enter);
    CHECK(window.app.session().title == "a_wrong.rsp record COUNT = 1");
    CHECK(window.app.ui().page == PageName::steps);
    window.press(key_of('b'));
    CHECK(window.app.session().title.empty());
}
