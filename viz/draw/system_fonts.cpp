#include "viz/draw/system_fonts.hpp"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <stb_truetype.h>

#include <algorithm>
#include <span>
#include <utility>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/release.hpp"
#include "viz/base/wide_characters.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t largest_font = std::size_t{64} << 20U; // bytes; Noto's Chinese, Japanese and Korean have 20 MiB

struct Range {
    char32_t first, last;
};
constexpr bool within(std::span<const Range> ranges, char32_t c) {
    return std::ranges::any_of(ranges, [&](Range r) { return r.first <= c && c <= r.last; });
}

// Format characters and fillers, surrogates, private areas, variation selectors: drawn, they would be nothing at all.
constexpr Range unseen[] = {{0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C},
                            {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E},
                            {0x2060, 0x206F}, {0x3164, 0x3164}, {0xD800, 0xF8FF}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
                            {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFF}};
constexpr Range east_asian[] = {{0x1100, 0x11FF}, {0x2E80, 0x33FF}, {0x3400, 0x9FFF}, {0xA960, 0xA97F},
                                {0xAC00, 0xD7FF}, {0xF900, 0xFAFF}, {0xFE30, 0xFE4F}, {0xFF00, 0xFFEF}};

using Config = Owned<FcConfig, FcConfigDestroy>;
using Pattern = Owned<FcPattern, FcPatternDestroy>;
using FontSet = Owned<FcFontSet, FcFontSetDestroy>;

// ImGui's own reader of fonts takes outlines only, and cannot choose among the instances of a variable font.
bool can_be_read(const FcPattern* font) {
    FcBool outline = FcFalse;
    FcChar8* format = nullptr;
    int index = 0;
    if (FcPatternGetBool(font, FC_OUTLINE, 0, &outline) != FcResultMatch || outline == FcFalse) return false;
    if (FcPatternGetInteger(font, FC_INDEX, 0, &index) != FcResultMatch || index > 0xFFFF) return false;
    if (FcPatternGetString(font, FC_FONTFORMAT, 0, &format) != FcResultMatch) return false;
    const std::string_view name = reinterpret_cast<const char*>(format);
    return name == "TrueType" || name == "CFF";
}

bool draws(const SystemFonts::Face& face, char32_t character) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(face.bytes.data());
    stbtt_fontinfo font{};
    const int offset = stbtt_GetFontOffsetForIndex(bytes, face.index);
    return offset >= 0 && stbtt_InitFont(&font, bytes, offset) != 0 &&
           stbtt_FindGlyphIndex(&font, static_cast<int>(character)) != 0;
}

} // namespace

// Fontconfig's list, and the faces that were read.
struct SystemFonts::Listed {
    explicit Listed(std::optional<std::filesystem::path> where) : folder(std::move(where)) {}

    void look() {
        looked = true;
        if (folder) {
            config.reset(FcConfigCreate());
            FcConfigAppFontAddDir(config.get(), reinterpret_cast<const FcChar8*>(folder->c_str()));
        } else if (FcInit() == FcFalse) {
            return;
        }
        const Pattern wanted(FcNameParse(reinterpret_cast<const FcChar8*>("sans-serif:outline=true:color=false")));
        FcConfigSubstitute(config.get(), wanted.get(), FcMatchPattern);
        FcDefaultSubstitute(wanted.get());
        FcResult result = FcResultNoMatch;
        fonts.reset(FcFontSort(config.get(), wanted.get(), FcFalse, nullptr, &result));
    }

    const Face* face_with(char32_t character) {
        for (int i = 0; fonts && i < fonts->nfont; ++i) {
            const FcPattern* font = fonts->fonts[i];
            FcCharSet* has = nullptr;
            if (FcPatternGetCharSet(font, FC_CHARSET, 0, &has) != FcResultMatch || !can_be_read(font)) continue;
            if (FcCharSetHasChar(has, character) == FcFalse) continue;
            const Face* face = read(font);
            if (face != nullptr && draws(*face, character)) return face;
        }
        return nullptr;
    }

    const Face* read(const FcPattern* font) {
        FcChar8* file = nullptr;
        int index = 0;
        if (FcPatternGetString(font, FC_FILE, 0, &file) != FcResultMatch) return nullptr;
        FcPatternGetInteger(font, FC_INDEX, 0, &index);
        const auto [known, is_new] = faces.try_emplace({reinterpret_cast<const char*>(file), index});
        if (is_new) {
            try {
                known->second = {.bytes = read_file(known->first.first, largest_font), .index = index};
            } catch (const Error&) { // a font that cannot be read is none
            }
        }
        return known->second.bytes.empty() ? nullptr : &known->second;
    }

    std::optional<std::filesystem::path> folder;
    bool looked = false;
    Config config;
    FontSet fonts;
    std::map<std::pair<std::string, int>, Face> faces;
};

SystemFonts::SystemFonts() = default;
SystemFonts::SystemFonts(std::optional<std::filesystem::path> folder)
    : listed_(std::make_unique<Listed>(std::move(folder))) {}
SystemFonts SystemFonts::installed() { return SystemFonts(std::nullopt); }
SystemFonts SystemFonts::in_folder(std::filesystem::path folder) {
    return SystemFonts(std::optional(std::move(folder)));
}
SystemFonts::SystemFonts(SystemFonts&&) noexcept = default;
SystemFonts& SystemFonts::operator=(SystemFonts&&) noexcept = default;
SystemFonts::~SystemFonts() = default;

const SystemFonts::Face* SystemFonts::with(char32_t character) {
    const bool is_stand_in = character >= WideCharacters::first_stand_in && character <= WideCharacters::last_stand_in;
    if (!listed_ || character > 0xFFFF || is_stand_in || within(unseen, character)) return nullptr;
    if (!listed_->looked) listed_->look();
    const auto [known, is_new] = found_.try_emplace(character, nullptr);
    if (!is_new) return known->second;
    known->second = listed_->face_with(character);
    if (known->second == nullptr && advice_.empty())
        advice_ = fmt::format(
            "no font of this system has U+{:04X}, so its number is shown (install {}, and open the "
            "window again)",
            static_cast<unsigned>(character), font_package(character));
    return known->second;
}

std::string SystemFonts::take_advice() {
    return advice_.empty() || std::exchange(advised_, true) ? std::string() : advice_;
}

std::string_view font_package(char32_t character) {
    return within(east_asian, character) ? "fonts-noto-cjk" : "fonts-noto-core";
}

} // namespace keyhole::viz
