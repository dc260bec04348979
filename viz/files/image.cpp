#include "viz/files/image.hpp"

#include <string>

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

#include "core/base/error.hpp"
#include "core/base/file.hpp"

namespace keyhole::viz {

void write_png(const std::filesystem::path& path, const Image& picture) {
    std::string bytes;
    const auto append = [](void* context, void* data, int size) {
        static_cast<std::string*>(context)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
    };
    if (stbi_write_png_to_func(append, &bytes, picture.width, picture.height, 4, picture.pixels.data(),
                               picture.width * 4) == 0) {
        throw io_error("the picture could not be made (perhaps there is no memory for it; choose a smaller size)");
    }
    write_file(path, bytes);
}

} // namespace keyhole::viz
