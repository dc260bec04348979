// The fonts inside a file: which characters it shows in which font, and style rules that hold these fonts, cut down to
// those characters.
#pragma once

#include <array>
#include <set>
#include <string>

#include "paper/shapes/plain_shapes.hpp"
#include "paper/type/paper_type.hpp"

namespace keyhole::paper {

class FontFaces {
  public:
    explicit FontFaces(const PaperType& type) : type_(type) {}

    /// The drawing or the page shows this.
    void note(FontRole role, std::string_view words);
    void note(const viz::Picture& picture);

    /// `@font-face` rules with the fonts as data, for what was noted.
    std::string rules() const;

  private:
    const PaperType& type_;
    std::array<std::set<char32_t>, paper_font_count> characters_;
};

} // namespace keyhole::paper
