// Characters that the window's fonts lack come from fonts of the system, here from a folder with the window's own:
// DejaVu Sans has Georgian and Arabic, which no range of the atlas names.
#include "viz/draw/system_fonts.hpp"

#include "core/base/bytes.hpp"
#include "core/base/utf8.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

constexpr char32_t georgian = U'\u10D0', chinese = U'\u4F60';

Recording saying(const std::string& text) {
    const DesSettings settings{.key = 0x133457799BBCDFF1, .mode = Mode::ecb, .padding = Padding::pkcs7};
    return record_des(settings, Direction::encrypt, 0, to_bytes(text));
}

} // namespace

TEST_CASE("A character has a font where the system has one, and none where nothing would be seen", "[viz][fonts]") {
    SystemFonts fonts = SystemFonts::in_folder(resources::font_dir());
    const SystemFonts::Face* face = fonts.with(georgian);
    REQUIRE(face != nullptr);
    CHECK(face->bytes.size() > 100000);
    CHECK(fonts.with(U'\u0627') == face); // read once
    CHECK(fonts.with(chinese) == nullptr);
    for (const char32_t unseen : {0x200BU, 0x202EU, 0xFEFFU, 0xE000U, 0xF015U, 0xD800U, 0xA000U, 0x1F600U, 0x07U})
        CHECK(fonts.with(unseen) == nullptr);
    SystemFonts none;
    CHECK(none.with(georgian) == nullptr);
    CHECK(none.take_advice().empty());
}

TEST_CASE("Which package would help is said once", "[viz][fonts]") {
    SystemFonts fonts = SystemFonts::in_folder(resources::font_dir());
    fonts.with(georgian);
    fonts.with(0x1F600);
    CHECK(fonts.take_advice().empty());
    fonts.with(chinese);
    CHECK(fonts.take_advice().find("U+4F60, so its number is shown (install fonts-noto-cjk,") != std::string::npos);
    fonts.with(U'\u0F40');
    CHECK(fonts.take_advice().empty());
    CHECK(font_package(U'\u0F40') == "fonts-noto-core");
    CHECK(font_package(U'\uD55C') == "fonts-noto-cjk");
}

TEST_CASE("The window draws what the system has and writes the number of what it has not", "[viz][fonts]") {
    const std::string text = utf8_of(georgian) + utf8_of(chinese);
    const auto shown = [&](SystemFonts fonts) {
        viz::testing::NullWindow window(saying(text));
        window.app.take_fonts_from(std::move(fonts));
        std::string words = window.at("message.1/encode");
        for (int i = 0; i < 10 && window.app.due(); ++i) words = window.squeezed(window.frame());
        CHECK_FALSE(window.app.due());
        return words + window.app.ui().notice;
    };
    const std::string with = shown(SystemFonts::in_folder(resources::font_dir()));
    CHECK(with.find("[U+10D0]") == std::string::npos);
    CHECK(with.find(utf8_of(georgian)) != std::string::npos);
    CHECK(with.find("[U+4F60]") != std::string::npos);
    CHECK(with.find("install fonts-noto-cjk") != std::string::npos);
    const std::string without = shown(SystemFonts());
    CHECK(without.find("[U+10D0]") != std::string::npos);
    CHECK(without.find("install") == std::string::npos);
}

TEST_CASE("However many characters are wanted, the atlas stays small and holds the first of them", "[viz][fonts]") {
    SystemFonts none;
    Fonts fonts;
    for (char32_t c = 0x4E00; c < 0x9000; ++c) miss(fonts, FontRole::text, c);
    CHECK(is_lacking(fonts));
    CHECK_FALSE(take_lacking(fonts, none));
    CHECK_FALSE(is_lacking(fonts));
    CHECK(fonts.from_system[static_cast<std::size_t>(FontRole::text)].size() == 1024);
    miss(fonts, FontRole::text, 0x9001);
    miss(fonts, FontRole::text, 0x4E00);
    CHECK_FALSE(is_lacking(fonts));
}

TEST_CASE("A folder without fonts, or none at all, gives none", "[viz][fonts]") {
    CHECK(SystemFonts::in_folder("/nonexistent").with(georgian) == nullptr);
}
