// A recording as a JSON document, `keyhole-recording/1` (docs/trace-format.md), and back. Nothing that was read is
// believed before check_recording has computed it again.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/recording/recording.hpp"

namespace keyhole {

/// Longer files are refused unread (open_recording of netsim/capture).
inline constexpr std::size_t max_recording_bytes = std::size_t{256} << 20;

/// Indented JSON with a newline at its end.
std::string to_json(const Recording& recording);

/// The recording, checked against itself. Throws Error (bad_input), one line that names what is wrong.
Recording recording_from_json(std::string_view text);

/// Told how much is done of all there is to do; returns false to stop.
using RecordingProgress = std::function<bool(std::uint64_t done, std::uint64_t all)>;

/// The same for long texts. Empty when `progress` stopped it.
std::optional<Recording> recording_from_json(std::string_view text, const RecordingProgress& progress);

/// The whole file or no change; only its owner may read it, for it holds private keys. Throws Error (io).
void save_recording(const Recording& recording, const std::filesystem::path& path);

/// The same for long files. Empty, and nothing written, when `progress` stopped it.
std::optional<std::uintmax_t> save_recording(const Recording& recording, const std::filesystem::path& path,
                                             const RecordingProgress& progress); // the file's size in bytes

} // namespace keyhole
