#include "core/base/resources.hpp"

#include <fstream>

#include "tests/support/catch.hpp"

namespace resources = keyhole::resources;

TEST_CASE("The fonts of the window lie beside the programs", "[resources]") {
    for (const char* name :
         {"JetBrainsMono-Regular.ttf", "Inter-Regular.otf", "DejaVuSans.ttf", "fontawesome-webfont.ttf"}) {
        CAPTURE(name);
        CHECK(std::ifstream(resources::font_dir() / name).good());
    }
}

TEST_CASE("The assets beside the programs win over those of the source tree", "[resources]") {
    CHECK(resources::asset_dir() == resources::executable_dir() / "assets");
    CHECK(std::filesystem::is_directory(resources::asset_dir()));
}
