// `keyhole verify`: checks exported or hand-made CSV files, each row in itself and the rows against each other, and
// names the one wrong cell rather than all that follows from it (docs/trace-format.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/des/variant.hpp"
#include "core/verify/cells/wrong_cell.hpp"

namespace keyhole::verify {

struct Report {
    std::vector<CheckedFile> files;    // all that are there, when nothing is wrong
    std::vector<std::string> not_read; // tables in the folder that have none of the names of an export
    std::optional<WrongCell> wrong;
    des::Variant variant; // by which the tables were checked: that of the folder's variant.txt, else DES
};

/// A folder with files of the names of an export, or one file alone, of any name. Throws Error: io when it cannot be
/// read, bad_input when it holds none of the tables that Keyhole writes or one is not CSV with the columns that it
/// should have.
Report check(const std::filesystem::path& path);

} // namespace keyhole::verify
