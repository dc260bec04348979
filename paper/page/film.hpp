// The figures of thousands of steps in little room: each shape is kept once, and a figure says what it has in place of
// the one before it. The page's script (assets/page/page.js) puts a figure together when its step is looked at.
//
// A figure is a row of numbers, written in six-bit signs (five bits each, the sixth says that more follow, low bits
// first; `film_signs` are the signs): the figure it begins from plus 1, or 0 for none; its frame; then as often as
// needed how many items are kept, how many dropped, how many put in, and these. An item is a shape, and for a text the
// number of its words after it.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "paper/svg/svg_element.hpp"

namespace keyhole::paper {

class Film {
  public:
    /// `theme` gives measures; colours are classes.
    Film(const PaperType& type, const viz::Theme& theme);

    /// A figure as it is to be drawn, with its shapes looked up. Equal stills are equal figures.
    struct Still {
        std::vector<std::uint32_t> items;
        std::uint32_t frame = 0;

        bool operator==(const Still&) const = default;
    };
    Still still(const viz::Picture& picture, viz::Rect frame);
    /// The number of the figure, from 0; `like` is one that is much like it.
    std::size_t add(Still still, std::optional<std::size_t> like);
    const Still& figure(std::size_t number) const { return figures_[number]; }

    /// {"signs": "..", "shapes": [..], "words": [..], "frames": [..], "figures": [..]}
    std::string json() const;
    /// The same in the zlib format (RFC 1950), in base64: what a page holds.
    std::string packed() const;
    /// A figure as SVG for a page that has the style sheet.
    std::string svg(const Still& still, std::string_view label) const;

  private:
    static constexpr std::uint32_t is_words = 1U << 31U; // an item that is the words of the text before it

    void add_shape(const viz::Shape& shape, std::vector<std::uint32_t>& items);
    std::uint32_t shape_number(std::string key, const viz::Shape& shape, bool head);
    std::uint32_t words_number(const std::string& words);

    const PaperType& type_;
    const viz::Theme& theme_;
    SvgElements elements_;
    std::unordered_map<std::string, std::uint32_t> shape_numbers_, word_numbers_, frame_numbers_;
    std::vector<std::string> shapes_, words_, frames_;
    std::vector<Still> figures_;
    std::vector<std::string> written_; // by figure
};

} // namespace keyhole::paper
