// The bar for files: completing a path among hostile names, asking before something is replaced, work that goes on
// beside the stepping, can be cancelled, and says how it ended.
#include "viz/files/files_model.hpp"

#include <unistd.h>

#include "core/base/file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/load_recording.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"

namespace fs = std::filesystem;
using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::testing;

namespace {

constexpr KeyPress plain(Key key) { return {.key = key}; }

std::vector<std::string> shown_names(const PathCompletion& completion) {
    std::vector<std::string> out;
    for (const PathChoice& choice : completion.choices()) out.push_back(choice.shown);
    return out;
}

// Until the work has ended.
void finish(Files& files) {
    REQUIRE(keyhole::testing::wait_until([&] { return files.tick(Seconds(0)); }));
}

std::shared_ptr<const Recording> shared(Recording recording) {
    return std::make_shared<const Recording>(std::move(recording));
}

// What a user types to name that path.
std::string typed_form(const fs::path& path) {
    const std::string text = shown(path);
    return text.starts_with('~') ? "./" + text : text;
}

void type(Files& files, const fs::path& path) { files.type(typed_form(path)); }

} // namespace

TEST_CASE("A path is completed as far as all names agree", "[viz][files]") {
    const TemporaryFolder folder;
    const std::string head = folder.path().string() + "/";
    fs::create_directories(folder.path() / "lectures");
    write_text(folder.path() / "lecture-one.json", "");
    write_text(folder.path() / "lecture-two.json", "");
    write_text(folder.path() / ".hidden", "");
    PathCompletion completion;
    completion.look(head, false);
    CHECK(shown_names(completion) == std::vector<std::string>{"lecture-one.json", "lecture-two.json", "lectures/"});
    CHECK(completion.longest() == head + "lecture");
    completion.look(head + "lecture-", false);
    CHECK(completion.found() == 2);
    CHECK(completion.longest() == head + "lecture-");
    completion.look(head + "lecture-o", false);
    CHECK(completion.longest() == head + "lecture-one.json");
    completion.look(head + "lec", true);
    CHECK(completion.longest() == head + "lectures/");
    completion.look(head + ".", false);
    CHECK(shown_names(completion) == std::vector<std::string>{".hidden"});
    completion.look(head + "x", false);
    CHECK(completion.choices().empty());
    CHECK(completion.longest() == head + "x");
    completion.look(head + "no such folder/x", false);
    CHECK_FALSE(completion.readable());
    CHECK(completion.words().find("cannot look into") == 0);
}

TEST_CASE("A folder is read once until it is told that something changed", "[viz][files]") {
    const TemporaryFolder folder;
    const std::string head = folder.path().string() + "/";
    PathCompletion completion;
    completion.look(head, false);
    CHECK(completion.found() == 0);
    write_text(folder.path() / "late", "");
    completion.look(head + "l", false);
    CHECK(completion.found() == 0);
    completion.forget();
    completion.look(head + "l", false);
    CHECK(completion.found() == 1);
}

TEST_CASE("Hostile names are written as escapes and found again by them", "[viz][files]") {
    const TemporaryFolder folder;
    const std::vector<std::string> names = {"line\nend",       "bell\a", "back\\slash",  "back\\\\n", "bad\xFFutf8",
                                            "\xE2\x80\xAEtxt", "~",      "\xC3\xA4pfel", "a b",       "\x1B[31mred"};
    for (const std::string& name : names) write_text(folder.path() / name, "x");
    PathCompletion completion;
    completion.look(folder.path().string() + "/", false);
    REQUIRE(completion.found() == names.size());
    for (const PathChoice& choice : completion.choices()) {
        INFO(choice.text);
        CHECK(std::ranges::none_of(choice.shown, [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
        CHECK(is_utf8(choice.text));
        CHECK(fs::exists(typed_path(choice.text)));
        completion.look(choice.text, false);
        CHECK(completion.found() >= 1);
        completion.look(folder.path().string() + "/", false);
    }
    for (const std::string& name : names) CHECK(typed_path(typed_form(name)).lexically_normal() == fs::path(name));
}

TEST_CASE("Only what is an escape is read as one", "[viz][files]") {
    CHECK(typed_path("C\\dir") == "C\\dir");
    CHECK(typed_path("a\\x4") == "a\\x4");
    CHECK(typed_path("a\\x41") == "aA");
    CHECK(typed_path("a\\x00b") == "a\\x00b");
    CHECK(typed_path("a\\u{202E}b") ==
          "a\xE2\x80\xAE"
          "b");
    CHECK(typed_path("a\\u{FFFFFFFF}") == "a\\u{FFFFFFFF}");
    CHECK(typed_path("a\\u{") == "a\\u{");
    CHECK(typed_path("trailing\\") == "trailing\\");
    CHECK(typed_path("x~/y") == "x~/y");
    CHECK(typed_path("~/y") == fs::path(std::getenv("HOME")) / "y");
    CHECK(typed_path("~") == fs::path(std::getenv("HOME")) / "");
}

TEST_CASE("A common beginning never ends inside a character", "[viz][files]") {
    const TemporaryFolder folder;
    write_text(folder.path() / "gr\xC3\xA4n", "");
    write_text(folder.path() / "gr\xC3\xBCn", "");
    PathCompletion completion;
    const std::string head = folder.path().string() + "/";
    completion.look(head, false);
    CHECK(completion.longest() == head + "gr");
}

TEST_CASE("Thousands of entries are counted and some are listed", "[viz][files]") {
    const TemporaryFolder folder;
    for (int i = 0; i < 3000; ++i) write_text(folder.path() / ("entry" + std::to_string(i)), "");
    PathCompletion completion;
    completion.look(folder.path().string() + "/e", false);
    CHECK(completion.found() == 3000);
    CHECK(completion.choices().size() == PathCompletion::most_choices);
    CHECK(completion.words() == "3000 entries");
    CHECK(completion.longest() == folder.path().string() + "/entry");
    completion.look(folder.path().string() + "/entry2999", false);
    CHECK(completion.found() == 1);
}

TEST_CASE("Enter saves and a second one replaces what was there", "[viz][files]") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "x.json";
    Files files;
    CHECK_FALSE(files.enter().has_value());
    files.ask(FileTask::save, "connect");
    CHECK(files.wants_keyboard());
    CHECK(files.text() == "keyhole.json");
    type(files, file);
    auto order = files.enter();
    REQUIRE(order.has_value());
    CHECK(order->path == file);
    files.work(*order, shared(samples::exchange()));
    CHECK(files.state() == Files::State::working);
    CHECK(files.due().has_value());
    finish(files);
    CHECK(files.state() == Files::State::closed);
    CHECK_FALSE(files.due().has_value());
    CHECK(files.take_result().find("saved the recording, ") == 0);
    CHECK(load_recording(file) == samples::exchange());

    files.ask(FileTask::save, "connect");
    CHECK(files.text() == file.string());
    CHECK_FALSE(files.enter().has_value());
    CHECK(files.asks_to_replace());
    CHECK(files.trouble().find("Enter again") != std::string::npos);
    files.type(files.text()); // any change of the text takes the question back
    CHECK_FALSE(files.asks_to_replace());
    CHECK_FALSE(files.enter().has_value());
    order = files.enter();
    REQUIRE(order.has_value());
    files.work(*order, shared(samples::power()));
    finish(files);
    CHECK(load_recording(file) == samples::power());
}

TEST_CASE("CSV goes to a folder and says how much it was", "[viz][files]") {
    const TemporaryFolder folder;
    Files files;
    files.ask(FileTask::export_csv, "connect");
    type(files, folder.path() / "new");
    auto order = files.enter();
    REQUIRE(order.has_value());
    files.work(*order, shared(samples::exchange()));
    finish(files);
    const std::string result = files.take_result();
    CHECK(result.find("wrote 6 files, ") == 0);
    CHECK(result.find(" rows, to " + (folder.path() / "new").string()) != std::string::npos);
    CHECK(fs::exists(folder.path() / "new/rounds.csv"));
    files.ask(FileTask::export_csv, "connect");
    CHECK_FALSE(files.enter().has_value());
    CHECK(files.trouble().find("holds 6 of these files") != std::string::npos);
    write_text(folder.path() / "file", "");
    type(files, folder.path() / "file");
    order = files.enter();
    if (order) {
        files.work(*order, shared(samples::exchange()));
        finish(files);
    }
    CHECK(files.state() == Files::State::asking);
    CHECK_FALSE(files.trouble().empty());
    CHECK(files.text() == (folder.path() / "file").string());
}

TEST_CASE("A good recording is opened and a bad one leaves its reason and the text", "[viz][files]") {
    const TemporaryFolder folder;
    save_recording(samples::exchange(), folder.path() / "good.json");
    save_recording(Recording{}, folder.path() / "empty.json");
    write_text(folder.path() / "bad.json", "{\"format\": 3");
    Files files;
    for (const char* name : {"bad.json", "empty.json", "absent.json"}) {
        files.ask(FileTask::open, "connect");
        type(files, folder.path() / name);
        const auto order = files.enter();
        REQUIRE(order.has_value());
        files.work(*order, nullptr);
        finish(files);
        INFO(name);
        CHECK(files.state() == Files::State::asking);
        CHECK(files.trouble().find(name) != std::string::npos);
        CHECK(files.text() == (folder.path() / name).string());
        CHECK(files.wants_keyboard());
        CHECK_FALSE(files.take_opened().has_value());
        files.close();
    }
    files.ask(FileTask::open, "connect");
    type(files, folder.path());
    CHECK_FALSE(files.enter().has_value()); // a folder is entered
    CHECK(files.text() == folder.path().string() + "/");
    CHECK(files.press(plain(Key::down)));
    CHECK(files.press(plain(Key::down)));
    CHECK(files.press(plain(Key::up)));
    CHECK(files.press(plain(Key::down)));
    CHECK(files.press(plain(Key::down)));
    CHECK(files.chosen() == 2);
    const auto order = files.enter();
    REQUIRE(order.has_value());
    CHECK(order->path == folder.path() / "good.json");
    files.work(*order, nullptr);
    finish(files);
    const auto opened = files.take_opened();
    REQUIRE(opened.has_value());
    CHECK(opened->recording == samples::exchange());
    CHECK(opened->title == "good.json");
    CHECK_FALSE(files.take_opened().has_value());
}

TEST_CASE("Work is cancelled by Escape and leaves nothing behind", "[viz][files]") {
    const TemporaryFolder folder;
    Files files;
    files.ask(FileTask::export_csv, "connect");
    type(files, folder.path() / "big");
    const auto order = files.enter();
    REQUIRE(order.has_value());
    files.work(*order, shared(record_des({1, Mode::ecb, Padding::none}, Direction::encrypt, 0, Bytes(8 << 20))));
    files.ask(FileTask::save, "connect"); // one at a time
    CHECK(files.task() == FileTask::export_csv);
    CHECK(files.press(plain(Key::escape)));
    finish(files);
    CHECK(files.state() == Files::State::asking);
    CHECK(files.trouble().find("cancelled") != std::string::npos);
    CHECK(files.text() == (folder.path() / "big").string());
    CHECK(fs::is_empty(folder.path()));
    CHECK(files.press(plain(Key::escape)));
    CHECK(files.state() == Files::State::closed);
    CHECK_FALSE(files.press(plain(Key::escape)));
}

TEST_CASE("A picture is named after its step and stands where the one before does", "[viz][files]") {
    const TemporaryFolder folder;
    Files files;
    files.ask(FileTask::picture_stage, "message.1/encrypt/block.1");
    CHECK(files.text() == "message.1-encrypt-block.1.png");
    type(files, folder.path() / "one.png");
    const auto order = files.enter();
    REQUIRE(order.has_value());
    files.work(*order, Image{.width = 2, .height = 1, .pixels = {1, 2, 3, 255, 4, 5, 6, 255}});
    finish(files);
    CHECK(files.take_result() == "saved the picture, 2 x 1, as " + (folder.path() / "one.png").string());
    CHECK(read_text(folder.path() / "one.png").find("PNG") == 1);
    files.ask(FileTask::picture_stage, "connect");
    CHECK(files.text() == (folder.path() / "connect.png").string());
}
