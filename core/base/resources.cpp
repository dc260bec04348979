#include "core/base/resources.hpp"

#include <optional>
#include <system_error>

namespace keyhole::resources {

namespace fs = std::filesystem;

namespace {

// Beside the executable, as in a build, or where installed programs have their data.
std::optional<fs::path> come_with_the_program(const char* folder) {
    std::error_code unreadable;
    for (const fs::path& place : {executable_dir(), executable_dir() / KEYHOLE_INSTALLED_DATA}) {
        if (fs::is_directory(place / folder, unreadable)) return (place / folder).lexically_normal();
    }
    return std::nullopt;
}

} // namespace

fs::path executable_dir() {
    std::error_code not_linux;
    const fs::path executable = fs::read_symlink("/proc/self/exe", not_linux);
    return not_linux ? fs::path{} : executable.parent_path();
}

fs::path asset_dir() { return come_with_the_program("assets").value_or(KEYHOLE_ASSET_DIR); }

fs::path font_dir() { return come_with_the_program("fonts").value_or(executable_dir() / "fonts"); }

fs::path web_dir() {
    std::error_code unreadable;
    for (const fs::path& place : {executable_dir() / "web", executable_dir().parent_path() / "web",
                                  executable_dir() / KEYHOLE_INSTALLED_DATA / "web"}) {
        if (fs::is_regular_file(place / "index.html", unreadable)) return place.lexically_normal();
    }
    return {};
}

} // namespace keyhole::resources
