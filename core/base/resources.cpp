#include "core/base/resources.hpp"

#include <system_error>

namespace keyhole::resources {

namespace fs = std::filesystem;

fs::path executable_dir() {
    std::error_code not_linux;
    const fs::path executable = fs::read_symlink("/proc/self/exe", not_linux);
    return not_linux ? fs::path{} : executable.parent_path();
}

fs::path asset_dir() {
    std::error_code unreadable;
    fs::path beside = executable_dir() / "assets";
    return fs::is_directory(beside, unreadable) ? beside : fs::path{KEYHOLE_ASSET_DIR};
}

fs::path font_dir() { return executable_dir() / "fonts"; }

} // namespace keyhole::resources
