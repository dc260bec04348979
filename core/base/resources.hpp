// Where the files are that come with the programs: assets/ and fonts/.
// Rule: all is found from the executable's own place, so that a build or an installation can be copied to another
// machine.
#pragma once

#include <filesystem>

namespace keyhole::resources {

/// The folder of the running executable; empty where the system cannot tell.
std::filesystem::path executable_dir();

/// The assets folder: assets/ beside the executable (the build puts it there), else share/keyhole/assets of the prefix
/// it is installed in, else the one of the source tree.
std::filesystem::path asset_dir();

/// The fonts folder: fonts/ beside the executable, else share/keyhole/fonts of the prefix.
std::filesystem::path font_dir();

/// The window for browsers, as ./dev web makes it: web/ beside the executable or its folder, else share/keyhole/web of
/// the prefix. Empty where there is none.
std::filesystem::path web_dir();

} // namespace keyhole::resources
