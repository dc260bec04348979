// exchange.csv is checked against itself. The inputs (p, g, private keys, texts, IVs) stand in several rows each: the
// value that most rows have is taken, the whole exchange is computed from these, and every row is compared with it.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "core/csv/csv_power.hpp"
#include "core/recording/recording.hpp"
#include "core/verify/cells/wrong_cell.hpp"
#include "core/verify/exchange/known_pass.hpp"

namespace keyhole::verify {

struct Exchange {
    CheckedFile file;
    std::optional<Recording> recording; // empty where a hand-made file says too little
};

/// Throws WrongCell.
Exchange check_exchange(const std::filesystem::path& path, const des::Variant& variant);

/// What it says about the other files; empty where it says too little.
std::vector<KnownPass> known_passes(const Exchange& exchange);
std::vector<csv::Operation> known_operations(const Exchange& exchange);

} // namespace keyhole::verify
