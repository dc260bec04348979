// What layout says of itself, with a font whose characters are all ten pixels wide.
#include <algorithm>

#include "tests/support/catch.hpp"
#include "viz/picture/strip.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

class PlainTypeface : public Typeface {
  public:
    float em() const override { return 20; }
    float height(FontRole /*font*/) const override { return 20; }
    float width(FontRole /*font*/, std::string_view words) const override {
        return 10 * static_cast<float>(words.size());
    }
    std::size_t fitting(FontRole /*font*/, std::string_view words, float width) const override {
        return std::min(words.size(), static_cast<std::size_t>(width / 10));
    }
    bool has(FontRole /*font*/, char32_t character) const override { return character < 0x80; }
};

// Counts shapes instead of keeping them, as a canvas does whose shapes are painted at once.
class Counter : public Canvas {
  public:
    using Canvas::Canvas;
    int shapes = 0;

  protected:
    void put(Shape /*shape*/) override { ++shapes; }
};

} // namespace

TEST_CASE("A paragraph is as high as was said beforehand", "[viz]") {
    const PlainTypeface type;
    Picture picture;
    Canvas canvas({theme(ThemeName::dark), type}, picture);
    const std::string_view words = "one two three fourfivesix and the rest";
    for (const float width : {50.0F, 120.0F, 1000.0F}) {
        const float foot = canvas.paragraph(FontRole::text, {7, 11}, width, Ink::text, words);
        CHECK(foot - 11 == paragraph_height(type, FontRole::text, width, words));
    }
}

TEST_CASE("What is shortened fits as it is written, characters that the font lacks included", "[viz]") {
    const PlainTypeface type;
    Picture picture;
    Canvas canvas({theme(ThemeName::dark), type}, picture);
    CHECK(canvas.shortened(FontRole::text, "a short one", 110) == "a short one");
    CHECK(canvas.shortened(FontRole::text, "a longer one", 110) == "a longer ..");
    const std::string lacking = canvas.shortened(FontRole::text, "\u65E5\u672C", 110);
    CHECK(lacking == "[U+65E5][..");
    CHECK(canvas.width(FontRole::text, lacking) <= 110);
}

TEST_CASE("A strip knows which cell is under a point", "[viz]") {
    const Strip strip{.count = 16, .group = 8, .left = 100, .top = 50, .pitch = 12, .height = 20, .gap = 6};
    for (unsigned i = 1; i <= strip.count; ++i) CHECK(strip.at(strip.rect(i).centre()) == i);
    CHECK(strip.at({strip.x(9) - 3, 60}) == std::nullopt); // in the gap
    CHECK(strip.at({99, 60}) == std::nullopt);
    CHECK(strip.at({strip.right(), 60}) == std::nullopt);
    CHECK(strip.at({105, 70}) == std::nullopt);
    CHECK(strip.area().contains(strip.rect(16).centre()));
}

TEST_CASE("A canvas that puts its shapes elsewhere leaves none in the picture", "[viz]") {
    const PlainTypeface type;
    Picture picture;
    Counter canvas({theme(ThemeName::dark), type}, picture);
    canvas.text(FontRole::text, {0, 0}, Ink::text, "words");
    draw_bit(canvas, Strip{.count = 8, .pitch = 12, .height = 20}, 1, 1, Ink::key, CellLook::ordinary);
    CHECK(canvas.shapes == 2);
    CHECK(picture.shapes.empty());
}
