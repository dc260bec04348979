// A file with an exchange in it, whatever its kind: a recording, the lines of a conversation, or a capture.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/recording/recording_json.hpp"
#include "netsim/capture/conversation.hpp"

namespace keyhole {

/// `stream` counts the conversations of keyhole/1 in the file from 1; without it the first one is opened. What a person
/// should know of it (what is missing, what else there is) comes as remarks, a sentence each without a full stop.
/// Throws Error: io when the file cannot be read, bad_input when it is none of the three, disagrees with itself or has
/// no such stream. Empty when `progress` stopped it.
std::optional<Overheard> open_recording(const std::filesystem::path& path, std::optional<std::size_t> stream,
                                        const RecordingProgress& progress = {});

} // namespace keyhole
