// Writes a picture to a file: whole or not at all.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace keyhole::viz {

/// `pixels` are rows of RGBA from the top. Throws Error (io) when the file cannot be written.
void write_png(const std::string& path, int width, int height, std::span<const std::uint8_t> pixels);

} // namespace keyhole::viz
