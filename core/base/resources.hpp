// Where the files are that come with the programs: assets/ and fonts/.
// Rule: what lies beside the executable wins, so that a build can be copied to another machine.
#pragma once

#include <filesystem>

namespace keyhole::resources {

/// The folder of the running executable; empty where the system cannot tell.
std::filesystem::path executable_dir();

/// The assets folder: assets/ beside the executable, else the one of the source tree.
std::filesystem::path asset_dir();

/// The fonts folder: fonts/ beside the executable (the build puts it there).
std::filesystem::path font_dir();

} // namespace keyhole::resources
