// A page in a browser cannot read the system's fonts: what its own lack is written as a number.
#include "viz/draw/system_fonts.hpp"

namespace keyhole::viz {

struct SystemFonts::Listed {};

SystemFonts::SystemFonts() = default;
SystemFonts SystemFonts::installed() { return {}; }
SystemFonts SystemFonts::in_folder(std::filesystem::path /*folder*/) { return {}; }
SystemFonts::SystemFonts(SystemFonts&&) noexcept = default;
SystemFonts& SystemFonts::operator=(SystemFonts&&) noexcept = default;
SystemFonts::~SystemFonts() = default;

const SystemFonts::Face* SystemFonts::with(char32_t /*character*/) { return nullptr; }

std::string SystemFonts::take_advice() { return {}; }

std::string_view font_package(char32_t /*character*/) { return {}; }

} // namespace keyhole::viz
