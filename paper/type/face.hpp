// A font file as measures and outlines (FreeType), unhinted, in the font's own units: what is laid out with it does not
// depend on the size at which it is drawn.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

struct FT_FaceRec_;

namespace keyhole::paper {

class Face {
  public:
    /// Throws Error (io) where the file is missing or no font.
    explicit Face(const std::filesystem::path& file);
    ~Face();
    Face(Face&&) noexcept;
    Face& operator=(Face&&) noexcept;

    /// The file as it is.
    const std::string& bytes() const { return bytes_; }

    /// Units of the font in an em square; above and below the base line, both positive.
    float units() const;
    float ascent() const;
    float descent() const;

    /// 0 where the font lacks the character.
    unsigned glyph(char32_t character) const;
    /// In units of the font.
    float advance(unsigned glyph) const;

    /// FreeType's own face, for outlines.
    FT_FaceRec_* handle() const;

  private:
    struct Library;
    std::string bytes_; // FreeType reads from it
    std::unique_ptr<Library> library_;
};

} // namespace keyhole::paper
