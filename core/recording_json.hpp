// A recording as a JSON document, `keyhole-recording/1` (docs/trace-format.md), and back. What is read is hostile until
// check_recording has computed it again.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/recording.hpp"

namespace keyhole {

/// Longer files are refused unread.
inline constexpr std::size_t max_recording_bytes = std::size_t{256} << 20;

/// Indented JSON with a newline at its end.
std::string to_json(const Recording& recording);

/// The recording, checked against itself. Throws Error (bad_input), one line that names what is wrong.
Recording recording_from_json(std::string_view text);

/// The whole file or no change. Throws Error (io).
void save_recording(const Recording& recording, const std::filesystem::path& path);

/// Throws Error: io when the file cannot be read, bad_input when it is no recording or disagrees with itself.
Recording load_recording(const std::filesystem::path& path);

} // namespace keyhole
