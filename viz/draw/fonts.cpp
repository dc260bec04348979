#include "viz/draw/fonts.hpp"

#include <algorithm>
#include <cmath>
#include <list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "viz/draw/imgui_compat.hpp"

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
constexpr ImWchar hero_ranges[] = {0x0020, 0x017F, 0x0370, 0x03FF, 0x0400, 0x045F, 0x2010, 0x2027, 0x2070,
                                   0x209C, 0x2190, 0x2193, 0x2260, 0x2265, 0x2295, 0x2295, 0};
// Of one size: a long Chinese text has fewer, and the atlas stays small.
constexpr std::size_t most_from_system = 1024;

// Of the stage's fonts: going there and back between three stages makes none anew.
constexpr std::size_t most_sizes = 3;

constexpr ImWchar icon_ranges[] = {0xF000, 0xF2E0, 0};

class Loader {
  public:
    Loader(ImFontAtlas& atlas, std::filesystem::path folder) : atlas_(atlas), folder_(std::move(folder)) {}

    /// Letters on whole pixels are crisper. Without, widths grow exactly as the size does.
    void snap(bool snaps) { snaps_ = snaps; }

    /// `drop` lowers the glyphs, in parts of the size, so that fonts of unlike metrics share a base line.
    ImFont* add(const char* file, float size, const ImWchar* ranges, bool merge = false, float drop = 0) {
        const std::filesystem::path path = folder_ / file;
        std::error_code unreadable;
        if (!std::filesystem::is_regular_file(path, unreadable)) {
            throw io_error("the font " + path.string() + " is missing (the build puts it there; build again)");
        }
        ImFontConfig config;
        config.MergeMode = merge;
        config.OversampleH = size < 24 || (!snaps_ && size < 40) ? 2 : 1;
        config.OversampleV = 1;
        config.PixelSnapH = snaps_ && size < 24;
        config.GlyphOffset.y = std::round(drop * size);
        return atlas_.AddFontFromFileTTF(path.string().c_str(), snaps_ ? std::round(size) : size, &config, ranges);
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

    /// Adds these characters to the font that was added last, each from the first of the system's fonts that has it.
    void merge(float size, const std::set<char32_t>& characters, SystemFonts& system) {
        std::map<const SystemFonts::Face*, std::vector<ImWchar>> by_face;
        for (const char32_t c : characters)
            if (const SystemFonts::Face* face = system.with(c))
                by_face[face].insert(by_face[face].end(), 2, static_cast<ImWchar>(c));
        for (auto& [face, ranges] : by_face) {
            ranges.push_back(0);
            ImFontConfig config;
            config.MergeMode = true;
            config.OversampleH = config.OversampleV = 1;
            config.PixelSnapH = snaps_;
            config.FontNo = face->index;
            config.FontDataOwnedByAtlas = false;
            // ImGui only reads it.
            void* bytes = const_cast<char*>(face->bytes.data()); // NOLINT
            atlas_.AddFontFromMemoryTTF(bytes, static_cast<int>(face->bytes.size()), snaps_ ? std::round(size) : size,
                                        &config, ranges_.emplace_back(std::move(ranges)).data());
        }
    }

  private:
    ImFontAtlas& atlas_;
    std::filesystem::path folder_;
    bool snaps_ = true;
    std::list<std::vector<ImWchar>> ranges_; // ImGui looks at them until the atlas is built
};

void load(Loader& loader, FontSet& fonts, SystemFonts& system) {
    const float em = fonts.em;
    const auto set = [&](FontRole role, float size, ImFont* font) {
        const auto i = static_cast<std::size_t>(role);
        fonts.by_role[i] = font;
        loader.merge(size * em, fonts.from_system[i], system);
    };
    const auto lone = [&](float size, const ImWchar* ranges) {
        return loader.add("JetBrainsMono-Regular.ttf", size * em, ranges);
    };
    // ImGui's own fields and buttons take the first font.
    set(FontRole::text, 1, loader.words(em, text_ranges, true));
    set(FontRole::title, 1.3F, loader.words(1.3F * em, heading_ranges, false));
    set(FontRole::small, 0.83F, loader.words(0.83F * em, text_ranges, true));
    set(FontRole::figures, 1, loader.figures(em));
    set(FontRole::figures_small, 0.86F, loader.figures(0.86F * em));
    set(FontRole::figures_tiny, 0.7F, lone(0.7F, lone_figure_ranges));
    set(FontRole::figures_large, 1.5F, lone(1.5F, lone_figure_ranges));
    set(FontRole::hero, 2.2F, lone(2.2F, hero_ranges));
}

// What of these characters is new and can be had of the system.
bool take(FontSet& fonts, SystemFonts& system) {
    bool found = false;
    for (std::size_t role = 0; role < font_role_count; ++role) {
        std::set<char32_t>& known = fonts.from_system[role];
        for (const char32_t c : fonts.lacking[role]) {
            if (known.size() >= most_from_system) break;
            if (known.insert(c).second && system.with(c) != nullptr) found = true;
        }
        fonts.lacking[role].clear();
    }
    return found;
}

bool lacks(const FontSet& fonts) {
    return std::ranges::any_of(fonts.lacking, [](const auto& characters) { return !characters.empty(); });
}

// In pixels: what has room in it is made in one go.
int likely_width(const Fonts& fonts) {
    float pixels = fonts.em * fonts.em;
    for (const Fonts::Larger& larger : fonts.stage) pixels += fonts.em * fonts.em * larger.growth * larger.growth;
    const int wanted = pixels > 12000 ? 8192 : pixels > 1000 ? 4096 : 2048;
    return std::min(wanted, fonts.largest_texture);
}

void fill(ImFontAtlas& atlas, Fonts& fonts, const std::filesystem::path& folder, int width, SystemFonts& system) {
    atlas.Clear();
    atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
    atlas.TexDesiredWidth = width;
    Loader loader(atlas, folder);
    load(loader, fonts, system);
    loader.snap(false);
    for (Fonts::Larger& larger : fonts.stage) {
        larger.em = larger.growth * fonts.em;
        load(loader, larger, system);
    }
    atlas.Build();
    compat::drop_font_files(atlas);
}

} // namespace

const FontSet* Fonts::grown(float growth) const {
    const auto found = std::ranges::find(stage, growth, &Larger::growth);
    if (found != stage.end()) return &*found;
    if (growth * em < too_large) wanted_growth = growth;
    return nullptr;
}

std::pair<const FontSet&, float> Fonts::nearest(float growth) const {
    const FontSet* set = grown(growth);
    if (set != nullptr) return {*set, 1.0F};
    return {stage.back(), growth / stage.back().growth};
}

void miss(const FontSet& fonts, FontRole role, char32_t character) {
    const auto i = static_cast<std::size_t>(role);
    const std::set<char32_t>& known = fonts.from_system[i];
    if (known.size() < most_from_system && !known.contains(character)) fonts.lacking[i].insert(character);
}

bool is_lacking(const Fonts& fonts) {
    return lacks(fonts) || fonts.wanted_growth || std::ranges::any_of(fonts.stage, lacks);
}

bool take_lacking(Fonts& fonts, SystemFonts& system) {
    bool found = take(fonts, system);
    for (Fonts::Larger& larger : fonts.stage) found = take(larger, system) || found;
    if (const auto growth = std::exchange(fonts.wanted_growth, std::nullopt)) {
        if (fonts.stage.size() == most_sizes) fonts.stage.erase(fonts.stage.begin());
        fonts.stage.emplace_back().growth = *growth;
        fonts.stage.back().from_system = fonts.from_system;
        found = true;
    }
    return found;
}

void load_fonts(ImFontAtlas& atlas, Fonts& fonts, const std::filesystem::path& folder, float em, SystemFonts& system) {
    fonts.em = em;
    for (int width = likely_width(fonts);;) {
        fill(atlas, fonts, folder, width, system);
        if (atlas.TexHeight <= fonts.largest_texture) return;
        if (2 * width <= fonts.largest_texture) {
            width *= 2;
        } else if (fonts.stage.size() > 1) {
            fonts.stage.erase(fonts.stage.begin());
        } else if (Fonts::Larger& last = fonts.stage.front(); last.growth > 1) {
            fonts.too_large = last.growth * em;
            last.growth = 1; // and is drawn larger than it is
        } else {
            return;
        }
    }
}

} // namespace keyhole::viz
