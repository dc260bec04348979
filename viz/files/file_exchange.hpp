// How files come to the window and leave it, where the user has no file system before them. On a desktop nothing is to
// be done: files are opened and written by their paths (file_exchange.cpp). In a browser they are picked and downloaded
// (file_exchange_web.cpp).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/recording/recording.hpp"

namespace keyhole::viz {

/// Lets the user pick a file, which the window's platform opens once it is there. False: a path has to be asked for.
bool pick_file();

/// A file, or all files of a folder, were written for the user.
void hand_over(const std::filesystem::path& path);

/// Copies a link that holds the whole recording and leads to the step. What became of it, for the notice.
std::string copy_link(const Recording& recording, std::string_view address);

} // namespace keyhole::viz
