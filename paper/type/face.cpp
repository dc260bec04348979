#include "paper/type/face.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <utility>

#include "core/base/error.hpp"
#include "core/base/file.hpp"

namespace keyhole::paper {

struct Face::Library {
    FT_Library library = nullptr;
    FT_Face face = nullptr;

    Library() = default;
    ~Library() {
        if (face != nullptr) FT_Done_Face(face);
        if (library != nullptr) FT_Done_FreeType(library);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
};

Face::Face(const std::filesystem::path& file) : library_(std::make_unique<Library>()) {
    constexpr std::size_t most_bytes = std::size_t{64} << 20;
    std::error_code unreadable;
    if (!std::filesystem::is_regular_file(file, unreadable))
        throw io_error("the font " + shown(file) + " is missing (the build puts it there; build again)");
    bytes_ = read_file(file, most_bytes);
    const auto* data = reinterpret_cast<const FT_Byte*>(bytes_.data());
    if (FT_Init_FreeType(&library_->library) != 0 ||
        FT_New_Memory_Face(library_->library, data, static_cast<FT_Long>(bytes_.size()), 0, &library_->face) != 0)
        throw io_error("the font " + shown(file) + " cannot be read (it is no font; build again)");
}

Face::~Face() = default;
Face::Face(Face&&) noexcept = default;
Face& Face::operator=(Face&&) noexcept = default;

FT_FaceRec_* Face::handle() const { return library_->face; }

float Face::units() const { return handle()->units_per_EM; }
float Face::ascent() const { return handle()->ascender; }
float Face::descent() const { return static_cast<float>(-handle()->descender); }

unsigned Face::glyph(char32_t character) const { return FT_Get_Char_Index(handle(), character); }

float Face::advance(unsigned glyph) const {
    FT_Fixed units = 0;
    constexpr FT_Int32 flags = FT_LOAD_NO_SCALE;
    if (FT_Load_Glyph(handle(), glyph, flags) != 0) return 0;
    units = handle()->glyph->metrics.horiAdvance;
    return static_cast<float>(units);
}

} // namespace keyhole::paper
