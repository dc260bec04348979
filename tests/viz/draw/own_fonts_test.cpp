// The atlas has the common characters from the start, and takes up others in blocks when they are drawn; a frame that
// lacks some is not shown.
#include "viz/draw/own_fonts.hpp"

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/utf8.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

constexpr char32_t cyrillic = U'\u0436', another_cyrillic = U'\u0437', circle = U'\u25CB', georgian = U'\u10D0';

bool has(const FontSet& fonts, FontRole role, char32_t character) { return ScreenTypeface(fonts).has(role, character); }

} // namespace

TEST_CASE("A role has the common characters, and those of its files in the blocks that were asked for",
          "[viz][fonts]") {
    for (std::size_t i = 0; i < font_role_count; ++i) {
        const RoleFont& role = role_font(static_cast<FontRole>(i));
        const auto common = characters_of(role.sources.front(), {});
        CHECK(std::ranges::any_of(common, [](CharacterRange r) { return r.first == ' ' && r.last == '~'; }));
        for (const FontSource& source : role.sources) {
            for (const CharacterRange range : characters_of(source, {block_of(cyrillic), block_of(circle)})) {
                CHECK(range.first <= range.last);
                CHECK(may_have(static_cast<FontRole>(i), range.first));
                CHECK(may_have(static_cast<FontRole>(i), range.last));
            }
        }
    }
    CHECK(may_have(FontRole::small, cyrillic));
    CHECK_FALSE(may_have(FontRole::title, cyrillic));
    CHECK_FALSE(may_have(FontRole::text, georgian));
}

TEST_CASE("What is lacking is in the next atlas, with its neighbours, and is asked for once", "[viz][fonts]") {
    ImGui::CreateContext();
    SystemFonts none;
    Fonts fonts;
    const auto load = [&] { load_fonts(*ImGui::GetIO().Fonts, fonts, resources::font_dir(), 18, none); };
    load();
    CHECK(has(fonts, FontRole::small, U'\u2295'));
    CHECK(has(fonts, FontRole::text, cyrillic)); // ImGui's own fields are drawn in it
    CHECK_FALSE(is_lacking(fonts));
    CHECK_FALSE(has(fonts, FontRole::small, cyrillic));
    CHECK_FALSE(has(fonts.stage.front(), FontRole::figures, circle));
    CHECK(is_lacking(fonts));
    REQUIRE(take_lacking(fonts, none));
    load();
    CHECK(has(fonts, FontRole::small, cyrillic));
    CHECK(has(fonts, FontRole::small, another_cyrillic));
    CHECK(has(fonts.stage.front(), FontRole::figures, circle));
    CHECK_FALSE(is_lacking(fonts));
    CHECK_FALSE(has(fonts, FontRole::small, georgian));
    CHECK_FALSE(take_lacking(fonts, none)); // nobody has it
    CHECK_FALSE(has(fonts, FontRole::small, georgian));
    CHECK_FALSE(is_lacking(fonts));
    ImGui::DestroyContext();
}

TEST_CASE("A new size of the stage's type has what the last one had", "[viz][fonts]") {
    ImGui::CreateContext();
    SystemFonts none;
    Fonts fonts;
    fonts.stage.front().blocks[static_cast<std::size_t>(FontRole::small)] = {block_of(cyrillic)};
    CHECK(fonts.grown(2) == nullptr);
    REQUIRE(take_lacking(fonts, none));
    load_fonts(*ImGui::GetIO().Fonts, fonts, resources::font_dir(), 18, none);
    REQUIRE(fonts.grown(2) != nullptr);
    CHECK(has(*fonts.grown(2), FontRole::small, another_cyrillic));
    ImGui::DestroyContext();
}

TEST_CASE("A frame that lacks type is not worth showing, the next ones are", "[viz][fonts]") {
    viz::testing::NullWindow window(
        record_des({.key = 0x133457799BBCDFF1, .mode = Mode::ecb, .padding = Padding::pkcs7}, Direction::encrypt, 0,
                   to_bytes(utf8_of(cyrillic))));
    window.app.go_to("message.1/encode");
    window.one_frame();
    CHECK_FALSE(window.app.worth_showing());
    CHECK(window.app.due() == Seconds(0));
    CHECK(window.squeezed(window.frame()).find(utf8_of(cyrillic)) != std::string::npos);
    CHECK(window.app.due() != Seconds(0));
    window.one_frame();
    CHECK(window.app.worth_showing());
}
