/* The stb libraries that Debian has as one library of its own. */
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>
