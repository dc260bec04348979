// One shape as an element of SVG. Colours are the theme's, written out, or names of classes for which a page has a
// style sheet, so that one drawing can be light, dark or for paper.
#pragma once

#include <string>

#include "paper/shapes/plain_shapes.hpp"
#include "paper/type/paper_type.hpp"

namespace keyhole::paper {

class SvgElements {
  public:
    /// `theme` is a null pointer where colours and fonts are classes.
    SvgElements(const PaperType& type, const viz::Theme* theme) : type_(type), theme_(theme) {}

    /// One element; for text in one font see below. `attributes` (` id=".."`, or none) go into it.
    std::string element(const Plain& plain, const std::string& attributes = {}) const;

    /// A text in one font as what stands before its words; after them comes `</text>`. Empty where it takes several
    /// fonts.
    std::string text_head(const viz::shape::Text& text, const std::string& attributes = {}) const;

    /// The class of a role: "left", "on-fill".
    static std::string_view class_of(viz::Ink ink);

  private:
    std::string fill(viz::Paint paint, std::string_view use) const;
    std::string stroke(viz::Paint paint, float thickness) const;
    std::string run_attributes(FontRole role, const Run& run) const;

    const PaperType& type_;
    const viz::Theme* theme_;
};

/// Pixels with two decimals at most: "12.5".
std::string svg_number(float pixels);

} // namespace keyhole::paper
