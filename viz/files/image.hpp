// A picture in memory: what the window looks like, on its way into a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace keyhole::viz {

struct Image {
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels; // rows of RGBA from the top
};

/// The whole file or no change. Throws Error (io).
void write_png(const std::filesystem::path& path, const Image& picture);

} // namespace keyhole::viz
