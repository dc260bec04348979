// The checkpoint of a key search: one JSON object that names the search and how far it is. A file may come
// from anywhere: it is believed only if it is well-formed and belongs to this very search.
#pragma once

#include <filesystem>
#include <optional>

#include "core/attack/key_search.hpp"

namespace keyhole::cli {

/// Writes it whole or not at all. Throws Error (io).
void write_checkpoint(const std::filesystem::path& path, const KeySearch& search, const KeySearchState& state);

/// Empty optional when there is no such file. Throws Error: bad_input when it is no checkpoint, or another search's.
std::optional<KeySearchState> read_checkpoint(const std::filesystem::path& path, const KeySearch& search);

} // namespace keyhole::cli
