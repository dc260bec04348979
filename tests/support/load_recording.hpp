// The recording in a file, for tests that only want that.
#pragma once

#include "netsim/capture/open_recording.hpp"

namespace keyhole::testing {

inline Recording load_recording(const std::filesystem::path& path) {
    return open_recording(path, std::nullopt)->recording;
}

} // namespace keyhole::testing
