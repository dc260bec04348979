// Fonts of the system for characters that the window's own lack: Chinese, Arabic and all the others. Fontconfig knows
// which there are; nothing comes over the network.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole::viz {

class SystemFonts {
  public:
    /// One font of a file, read whole.
    struct Face {
        std::string bytes;
        int index = 0; // in a collection of fonts
    };

    /// None: every character that the window's fonts lack is written as its number.
    SystemFonts();
    /// Those that fontconfig finds for words without serifs, in its order; only looked for when the first is needed.
    static SystemFonts installed();
    /// Those of one folder, which must be there.
    static SystemFonts in_folder(std::filesystem::path folder);
    SystemFonts(SystemFonts&&) noexcept;
    SystemFonts& operator=(SystemFonts&&) noexcept;
    ~SystemFonts();

    /// A font that has the character and that ImGui can draw; it stays as long as this object. Nothing where there is
    /// none, and for characters that nobody would see: marks of direction, joiners, private areas.
    const Face* with(char32_t character);
    /// Which package would help with the characters that had no font so far. Said once, else empty.
    std::string take_advice();

  private:
    struct Listed;
    explicit SystemFonts(std::optional<std::filesystem::path> folder);

    std::unique_ptr<Listed> listed_;
    std::map<char32_t, const Face*> found_;
    std::string advice_;
    bool advised_ = false;
};

/// The Debian package that has a font for the character.
std::string_view font_package(char32_t character);

} // namespace keyhole::viz
