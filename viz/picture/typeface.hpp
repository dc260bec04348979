// What layout must know of the fonts, whoever draws: how wide words run, how high a font is, which characters it has.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "viz/base/geometry.hpp"

namespace keyhole::viz {

/// The fonts by what they set: words (Inter) and figures (JetBrains Mono).
enum class FontRole { title, text, small, hero, figures_large, figures, figures_small, figures_tiny };
inline constexpr std::size_t font_role_count = static_cast<std::size_t>(FontRole::figures_tiny) + 1;

class Typeface {
  public:
    Typeface() = default;
    virtual ~Typeface() = default;
    Typeface(const Typeface&) = delete;
    Typeface& operator=(const Typeface&) = delete;

    /// The height of a line of `text` in pixels; all layout is made of it.
    virtual float em() const = 0;
    /// The height of the font in pixels.
    virtual float height(FontRole font) const = 0;
    /// How wide the words run on one line, in pixels.
    virtual float width(FontRole font, std::string_view words) const = 0;
    /// How many bytes from the front fit into `width` pixels; whole characters.
    virtual std::size_t fitting(FontRole font, std::string_view words, float width) const = 0;
    virtual bool has(FontRole font, char32_t character) const = 0;
};

/// The same fonts, all of them `growth` times as large.
class GrownTypeface : public Typeface {
  public:
    GrownTypeface(const Typeface& type, float growth) : type_(type), growth_(growth) {}

    float em() const override { return growth_ * type_.em(); }
    float height(FontRole font) const override { return growth_ * type_.height(font); }
    float width(FontRole font, std::string_view words) const override { return growth_ * type_.width(font, words); }
    std::size_t fitting(FontRole font, std::string_view words, float width) const override {
        return type_.fitting(font, words, width / growth_);
    }
    bool has(FontRole font, char32_t character) const override { return type_.has(font, character); }

  private:
    const Typeface& type_;
    float growth_;
};

/// The words as they can be drawn: characters that the font lacks are written as [U+65E5].
std::string drawable(const Typeface& type, FontRole font, std::string_view words);

/// Lines of at most `width` pixels, broken at spaces; a word that is longer is broken where it must be. The only place
/// where words are wrapped: whoever wants to know the height beforehand counts these lines.
std::vector<std::string_view> wrapped(const Typeface& type, FontRole font, std::string_view words, float width);

/// From the top of one line of a paragraph to the top of the next, in pixels.
float line_pitch(const Typeface& type, FontRole font);

/// How high words are that are set in lines of at most `width` pixels.
float paragraph_height(const Typeface& type, FontRole font, float width, std::string_view words);

/// The text, or as much of its head as fits the width together with `ending`.
std::string shortened(const Typeface& type, FontRole font, std::string_view text, float width,
                      std::string_view ending = "..");

} // namespace keyhole::viz
