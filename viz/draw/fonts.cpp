#include "viz/draw/fonts.hpp"

#include <cmath>
#include <string>

#include "core/base/error.hpp"

namespace keyhole::viz {
namespace {

// Ranges of ImGui: pairs of first and last character, ended by 0.
constexpr ImWchar text_ranges[] = {
    0x0020, 0x017F, // Latin
    0x0370, 0x03FF, // Greek
    0x0400, 0x045F, // Cyrillic
    0x1E00, 0x1EFF, // more Latin, as Vietnamese needs it
    0x2010, 0x205E, // dashes, quotes, dots
    0x2070, 0x209C, // superscripts, subscripts
    0x20A0, 0x20BF, // currencies
    0x2100, 0x214F, // letter-like
    0x2190, 0x21FF, // arrows
    0x2200, 0x2235, // mathematics; Inter 4.1 has circled signs too, but they are larger than letters: DejaVu Sans has
    0x2237, 0x2294, // them everywhere, and in one size
    0x2299, 0x22FF, //
    0xFFFD, 0xFFFD, 0,
};
constexpr ImWchar sign_ranges[] = {
    0x2010, 0x205E, 0x2070, 0x209C, 0x2100, 0x214F, 0x2190, 0x21FF, 0x2200, 0x22FF, 0x2300, 0x23FF, // technical
    0x2500, 0x25FF, // lines, blocks, shapes
    0x2600, 0x27BF, // symbols and check marks
    0xFFFD, 0xFFFD, 0,
};
// The large sizes set headings and single numbers only.
constexpr ImWchar heading_ranges[] = {0x0020, 0x00FF, 0x2010, 0x2027, 0x2070, 0x209C, 0x2190, 0x2193, 0};
constexpr ImWchar lone_figure_ranges[] = {0x0020, 0x00FF, 0x2010, 0x2027, 0x2070, 0x209C,
                                          0x2190, 0x2193, 0x2295, 0x2295, 0};
constexpr ImWchar figure_ranges[] = {0x0020, 0x017F, 0x0370, 0x03FF, 0x0400, 0x045F, 0x2010, 0x2027,
                                     0x2190, 0x2193, 0x2260, 0x2265, 0xFFFD, 0xFFFD, 0};
constexpr ImWchar icon_ranges[] = {0xF000, 0xF2E0, 0};

class Loader {
  public:
    Loader(ImFontAtlas& atlas, std::filesystem::path folder) : atlas_(atlas), folder_(std::move(folder)) {}

    /// `drop` lowers the glyphs, in parts of the size, so that fonts of unlike metrics share a base line.
    ImFont* add(const char* file, float size, const ImWchar* ranges, bool merge = false, float drop = 0) {
        const std::filesystem::path path = folder_ / file;
        std::error_code unreadable;
        if (!std::filesystem::is_regular_file(path, unreadable)) {
            throw io_error("the font " + path.string() + " is missing (the build puts it there; build again)");
        }
        ImFontConfig config;
        config.MergeMode = merge;
        config.OversampleH = size < 24 ? 2 : 1;
        config.OversampleV = 1;
        config.PixelSnapH = size < 24;
        config.GlyphOffset.y = std::round(drop * size);
        return atlas_.AddFontFromFileTTF(path.string().c_str(), std::round(size), &config, ranges);
    }

    ImFont* words(float size, const ImWchar* ranges, bool icons) {
        ImFont* font = add("Inter-Regular.otf", size, ranges);
        if (icons) add("fontawesome-webfont.ttf", 0.9F * size, icon_ranges, true, 0.02F);
        add("DejaVuSans.ttf", size, sign_ranges, true, -0.02F);
        return font;
    }

    ImFont* figures(float size) {
        ImFont* font = add("JetBrainsMono-Regular.ttf", size, figure_ranges);
        add("DejaVuSans.ttf", size, sign_ranges, true);
        return font;
    }

  private:
    ImFontAtlas& atlas_;
    std::filesystem::path folder_;
};

} // namespace

void load_fonts(ImFontAtlas& atlas, Fonts& fonts, const std::filesystem::path& folder, float em) {
    atlas.Clear();
    atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
    atlas.TexDesiredWidth = em > 30 ? 4096 : 2048;
    Loader loader(atlas, folder);
    fonts.em = em;
    const auto set = [&](FontRole role, ImFont* font) { fonts.by_role[static_cast<std::size_t>(role)] = font; };
    set(FontRole::text, loader.words(em, text_ranges, true)); // ImGui's own fields and buttons take the first font
    set(FontRole::title, loader.words(1.3F * em, heading_ranges, false));
    set(FontRole::small, loader.words(0.83F * em, text_ranges, true));
    set(FontRole::figures, loader.figures(em));
    set(FontRole::figures_small, loader.figures(0.86F * em));
    set(FontRole::figures_tiny, loader.add("JetBrainsMono-Regular.ttf", 0.7F * em, lone_figure_ranges));
    set(FontRole::figures_large, loader.add("JetBrainsMono-Regular.ttf", 1.5F * em, lone_figure_ranges));
    atlas.Build();
}

} // namespace keyhole::viz
