// What the window remembers: written and read again, hostile files, folders that are not there, screens that are gone.
#include "viz/files/window_state.hpp"

#include <unistd.h>

#include <cstdlib>
#include <limits>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using namespace keyhole::viz;
namespace fs = std::filesystem;

namespace {

class Folder {
  public:
    Folder() {
        fs::remove_all(path_);
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    fs::path operator/(const char* name) const { return path_ / name; }

  private:
    fs::path path_ = fs::temp_directory_path() / ("keyhole_state_" + std::to_string(::getpid()));
};

std::string refusal(const fs::path& file) {
    try {
        read_window_state(file);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("What the window remembers is read as it was written, in folders that were not there", "[viz][state]") {
    const Folder folder;
    const fs::path file = folder / "new/keyhole/window.json";
    CHECK(read_window_state(file) == WindowState{});
    for (const ThemeName theme : {ThemeName::dark, ThemeName::light, ThemeName::projector}) {
        WindowState state{.theme = theme, .zoom = 1.25, .place = WindowPlace{-20, 30, 900, 700}, .maximized = true};
        write_window_state(file, state);
        CHECK(read_window_state(file) == state);
        state.place.reset();
        write_window_state(file, state);
        CHECK(read_window_state(file) == state);
    }
    // Whatever a window system says, the file can be read again.
    constexpr int least = std::numeric_limits<int>::min(), most = std::numeric_limits<int>::max();
    write_window_state(file, {.zoom = 99, .place = WindowPlace{least, most, -1, most}});
    CHECK(read_window_state(file).place == WindowPlace{-32767, 32767, least_width, 32767});
    CHECK(read_window_state(file).zoom == most_zoom);
}

TEST_CASE("A file that no window wrote gives one line and nothing else", "[viz][state]") {
    const Folder folder;
    const fs::path file = folder / "window.json";
    const std::string good = R"({"format":"keyhole-window/1","theme":"light","zoom":1,"maximized":false)";
    write_file(file, good + "}");
    CHECK(read_window_state(file).theme == ThemeName::light);
    for (const std::string& bad :
         {std::string(), std::string("{}"), std::string("[]"), std::string("null"), std::string("\xFF\xFE"), good,
          std::string(R"({"format":"keyhole-window/2","theme":"light","zoom":1,"maximized":false})"),
          std::string(R"({"format":"keyhole-window/1","theme":"pink","zoom":1,"maximized":false})"),
          std::string(R"({"format":"keyhole-window/1","theme":7,"zoom":1,"maximized":false})"),
          std::string(R"({"format":"keyhole-window/1","theme":"light","zoom":1e999,"maximized":false})"),
          std::string(R"({"format":"keyhole-window/1","theme":"light","zoom":0,"maximized":false})"),
          std::string(R"({"format":"keyhole-window/1","theme":"light","zoom":1,"maximized":1})"),
          good + R"(,"width":900})", good + R"(,"x":0,"y":0,"width":1,"height":700})",
          good + R"(,"x":1e9,"y":0,"width":900,"height":700})", good + R"(,"x":"0","y":0,"width":900,"height":700})",
          std::string(5000, ' ') + good + "}", std::string(4000, '[')}) {
        write_file(file, bad);
        INFO(bad.substr(0, 80));
        const std::string line = refusal(file);
        CHECK(line.find("is ignored (it is not what a window wrote there; ") != std::string::npos);
        CHECK(line.find('\n') == std::string::npos);
    }
}

TEST_CASE("The file lies where the XDG specification has it", "[viz][state]") {
    const auto kept = [](const char* name) {
        const char* value = std::getenv(name);
        return value == nullptr ? std::optional<std::string>() : std::optional<std::string>(value);
    };
    const auto put = [](const char* name, const std::optional<std::string>& value) {
        value ? ::setenv(name, value->c_str(), 1) : ::unsetenv(name);
    };
    const auto state = kept("XDG_STATE_HOME"), home = kept("HOME");
    put("XDG_STATE_HOME", "/var/state");
    CHECK(window_state_file() == "/var/state/keyhole/window.json");
    put("HOME", "/home/she");
    for (const std::optional<std::string>& none : {std::optional<std::string>(), {""}, {"relative/state"}}) {
        put("XDG_STATE_HOME", none);
        CHECK(window_state_file() == "/home/she/.local/state/keyhole/window.json");
    }
    put("HOME", std::nullopt);
    CHECK(window_state_file().empty());
    put("HOME", home);
    put("XDG_STATE_HOME", state);
}

TEST_CASE("A window that would open beside all screens gets no place, a too large one fits", "[viz][state]") {
    const std::vector<WindowPlace> screens = {{0, 0, 1920, 1080}, {1920, 0, 1280, 1024}};
    CHECK(reachable({100, 100, 900, 600}, screens) == WindowPlace{100, 100, 900, 600});
    CHECK(reachable({2500, 10, 900, 600}, screens) == WindowPlace{2500, 10, 900, 600});
    CHECK(reachable({-800, 10, 900, 600}, screens) == WindowPlace{-800, 10, 900, 600});
    CHECK(reachable({0, 0, 4000, 3000}, screens) == WindowPlace{0, 0, 1920, 1080});
    CHECK_FALSE(reachable({-850, 10, 900, 600}, screens));
    CHECK_FALSE(reachable({3150, 10, 900, 600}, screens));
    CHECK_FALSE(reachable({100, 1070, 900, 600}, screens));
    CHECK_FALSE(reachable({100, -200, 900, 600}, screens));
    CHECK_FALSE(reachable({0, 0, 900, 600}, {}));
}
