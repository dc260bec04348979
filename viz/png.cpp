#include "viz/png.hpp"

#include <string_view>

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

#include "core/error.hpp"
#include "core/file.hpp"

namespace keyhole::viz {

void write_png(const std::string& path, int width, int height, std::span<const std::uint8_t> pixels) {
    std::string bytes;
    const auto append = [](void* context, void* data, int size) {
        static_cast<std::string*>(context)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
    };
    if (stbi_write_png_to_func(append, &bytes, width, height, 4, pixels.data(), width * 4) == 0) {
        throw io_error("the picture could not be made (out of memory?)");
    }
    write_file(path, bytes);
}

} // namespace keyhole::viz
