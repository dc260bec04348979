#include "viz/draw/fonts.hpp"

#include <algorithm>
#include <array>
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

// Of one size: a long Chinese text has fewer, and the atlas stays small.
constexpr std::size_t most_from_system = 1024;

// Of the stage's fonts: going there and back between three stages makes none anew.
constexpr std::size_t most_sizes = 3;

// ImGui's own fields, buttons and lists are drawn in these, and say nothing of what they lack.
constexpr bool is_whole(FontRole role) { return role == FontRole::text || role == FontRole::figures; }

class Loader {
  public:
    Loader(ImFontAtlas& atlas, std::filesystem::path folder) : atlas_(atlas), folder_(std::move(folder)) {}

    /// Letters on whole pixels are crisper. Without, widths grow exactly as the size does.
    void snap(bool snaps) { snaps_ = snaps; }

    /// The font of a role of that size in pixels; without blocks with all that its files have.
    ImFont* add(const RoleFont& role, float size, const Blocks* blocks) {
        ImFont* font = nullptr;
        for (const FontSource& source : role.sources) {
            std::vector<ImWchar> ranges;
            const auto take = [&](CharacterRange range) {
                ranges.push_back(static_cast<ImWchar>(range.first));
                ranges.push_back(static_cast<ImWchar>(range.last));
            };
            if (blocks == nullptr) {
                std::ranges::for_each(source.characters, take);
            } else {
                std::ranges::for_each(characters_of(source, *blocks), take);
            }
            if (ranges.empty()) continue;
            ranges.push_back(0);
            ImFont* const added = add(source, size, ranges_.emplace_back(std::move(ranges)).data(), font != nullptr);
            if (font == nullptr) font = added;
        }
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
    ImFont* add(const FontSource& source, float size, const ImWchar* ranges, bool merge) {
        const std::filesystem::path path = folder_ / source.file;
        std::error_code unreadable;
        if (!std::filesystem::is_regular_file(path, unreadable)) {
            throw io_error("the font " + path.string() + " is missing (the build puts it there; build again)");
        }
        size *= source.size;
        ImFontConfig config;
        config.MergeMode = merge;
        config.OversampleH = size < 24 || (!snaps_ && size < 40) ? 2 : 1;
        config.OversampleV = 1;
        config.PixelSnapH = snaps_ && size < 24;
        config.GlyphOffset.y = std::round(source.drop * size);
        return atlas_.AddFontFromFileTTF(path.string().c_str(), snaps_ ? std::round(size) : size, &config, ranges);
    }

    ImFontAtlas& atlas_;
    std::filesystem::path folder_;
    bool snaps_ = true;
    std::list<std::vector<ImWchar>> ranges_; // ImGui looks at them until the atlas is built
};

// ImGui's own fields and buttons take the first font of the atlas.
constexpr std::array roles = {FontRole::text,          FontRole::title,         FontRole::small,
                              FontRole::figures,       FontRole::figures_small, FontRole::figures_tiny,
                              FontRole::figures_large, FontRole::hero};
static_assert(roles.size() == font_role_count);

void load(Loader& loader, FontSet& fonts, bool widgets, SystemFonts& system) {
    for (const FontRole role : roles) {
        const auto i = static_cast<std::size_t>(role);
        const float size = role_font(role).size * fonts.em;
        fonts.by_role[i] = loader.add(role_font(role), size, widgets && is_whole(role) ? nullptr : &fonts.blocks[i]);
        loader.merge(size, fonts.from_system[i], system);
    }
}

// Whether one of the window's own fonts may have it, in a block that was not taken up yet.
bool is_in_new_block(FontRole role, const Blocks& blocks, char32_t c) {
    return may_have(role, c) && !blocks.contains(block_of(c));
}

// What of these characters is new and can be had: in the window's own fonts, or in the system's where those lack it.
bool take(FontSet& fonts, SystemFonts& system) {
    bool found = false;
    for (std::size_t role = 0; role < font_role_count; ++role) {
        std::set<char32_t>& known = fonts.from_system[role];
        Blocks& blocks = fonts.blocks[role];
        const Blocks before = blocks;
        for (const char32_t c : fonts.lacking[role]) {
            if (is_in_new_block(static_cast<FontRole>(role), before, c)) {
                blocks.insert(block_of(c));
                found = true;
            } else if (known.size() < most_from_system && known.insert(c).second && system.with(c) != nullptr) {
                found = true;
            }
        }
        fonts.lacking[role].clear();
    }
    return found;
}

// Whether a font may still have it: one of the window's own in a block that is not in the atlas, or the system's.
bool is_to_be_had(const FontSet& fonts, FontRole role, char32_t c) {
    const auto i = static_cast<std::size_t>(role);
    if (is_in_new_block(role, fonts.blocks[i], c)) return true;
    return fonts.from_system[i].size() < most_from_system && !fonts.from_system[i].contains(c);
}

bool lacks(const FontSet& fonts) {
    return std::ranges::any_of(fonts.lacking, [](const auto& characters) { return !characters.empty(); });
}

void fill(ImFontAtlas& atlas, Fonts& fonts, const std::filesystem::path& folder, int width, SystemFonts& system) {
    atlas.Clear();
    atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
    atlas.TexDesiredWidth = width;
    Loader loader(atlas, folder);
    load(loader, fonts, true, system);
    loader.snap(false);
    for (Fonts::Larger& larger : fonts.stage) {
        larger.em = larger.growth * fonts.em;
        load(loader, larger, false, system);
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
    if (is_to_be_had(fonts, role, character)) fonts.lacking[static_cast<std::size_t>(role)].insert(character);
}

bool is_lacking(const Fonts& fonts) {
    return lacks(fonts) || fonts.wanted_growth || std::ranges::any_of(fonts.stage, lacks);
}

bool take_lacking(Fonts& fonts, SystemFonts& system) {
    bool found = take(fonts, system);
    bool found_larger = false;
    for (Fonts::Larger& larger : fonts.stage) found_larger = take(larger, system) || found_larger;
    // How much the type is to grow was found with the numbers of characters in their place: it is asked for again.
    if (found_larger) fonts.wanted_growth.reset();
    found = found || found_larger;
    if (const auto growth = std::exchange(fonts.wanted_growth, std::nullopt)) {
        if (fonts.stage.size() == most_sizes) fonts.stage.erase(fonts.stage.begin());
        Fonts::Larger& larger = fonts.stage.emplace_back(fonts.stage.back()); // the next drawing is like the last
        larger.growth = *growth;
        found = true;
    }
    return found;
}

void load_fonts(ImFontAtlas& atlas, Fonts& fonts, const std::filesystem::path& folder, float em, SystemFonts& system) {
    fonts.em = em;
    for (int width = 0;;) { // of ImGui's choice, as long as the height has room
        fill(atlas, fonts, folder, width, system);
        if (atlas.TexHeight <= fonts.largest_texture) return;
        if (2 * atlas.TexWidth <= fonts.largest_texture) {
            width = 2 * atlas.TexWidth;
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
