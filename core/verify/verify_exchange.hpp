// exchange.csv: its rows are told again from what it holds itself. The inputs (p, g, private keys, texts, IVs) stand in
// several rows each; the value that most of them have is taken, the exchange is computed anew and compared row by row.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "core/csv/csv_power.hpp"
#include "core/recording/recording.hpp"
#include "core/verify/cells/wrong_cell.hpp"
#include "core/verify/verify_blocks.hpp"

namespace keyhole::verify {

struct Exchange {
    CheckedFile file;
    std::optional<Recording> recording; // what the file tells; empty when a hand-made one tells too little
};

/// Throws WrongCell.
Exchange check_exchange(const std::filesystem::path& path);

/// What it says of the other files; empty where it tells too little.
std::vector<KnownPass> known_passes(const Exchange& exchange);
std::vector<csv::Operation> known_operations(const Exchange& exchange);

} // namespace keyhole::verify
