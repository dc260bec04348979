// What verify says of a folder, as a test compares it.
#pragma once

#include <filesystem>
#include <string>

#include "core/verify/verify.hpp"
#include "tests/support/recordings.hpp"

namespace keyhole::testing {

/// "verified", or the wrong cell in words.
inline std::string verdict(const std::filesystem::path& folder) {
    const auto report = verify::check(folder);
    return report.wrong ? report.wrong->text() : "verified";
}

/// The verdict on a folder with that one file.
inline std::string alone(const std::string& name, const std::string& text) {
    const TemporaryFolder folder;
    write_text(folder.path() / name, text);
    return verdict(folder.path());
}

} // namespace keyhole::testing
