// Characters beyond U+FFFF in the text fields. Debian builds ImGui with characters of 16 bits, which makes U+FFFD of an
// emoji, and U+FFFD would be enciphered and sent; those of the private areas it leaves out. Within a field a stand-in
// takes their place, so that the text comes out as it went in.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole::viz {

class WideCharacters {
  public:
    /// The block of the Yi syllables, for ImGui takes no private area: rarely used, and no font of the window has it.
    /// Its own characters have stand-ins, too.
    static constexpr char32_t first_stand_in = 0xA000, last_stand_in = 0xA48F;

    /// What a field holds for the text; nothing where all stand-ins are taken by other characters. Bytes that are no
    /// UTF-8 stay as they are.
    std::optional<std::string> into_field(std::string_view text);
    /// The text that the field holds.
    std::string out_of_field(std::string_view field) const;

  private:
    std::vector<char32_t> meant_; // by stand-in
    std::map<char32_t, char32_t> stand_in_;
};

/// "U+1F600, U+1F511": the characters beyond U+FFFF in a text, each once; empty where there are none.
std::string wide_characters_in(std::string_view text);

} // namespace keyhole::viz
