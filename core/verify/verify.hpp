// `keyhole verify`: checks exported or hand-made CSV files, each row in itself and the rows against each other, and
// names the wrong cell, not what follows from it: the cell in which the violated rules meet (docs/trace-format.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace keyhole::verify {

/// One cell that is not what it should be; or, with `doubt`, cells that contradict each other while the files do not
/// tell which of them is wrong.
struct WrongCell {
    std::string file;
    std::uint64_t line = 0;
    std::string column; // empty: the file ends where `expected` should follow
    std::string value;
    std::string expected; // empty where it cannot be computed
    std::string where;    // "message 1, encrypt, block 1, round 5"
    std::string doubt{};  // empty, or in words what cannot be said

    /// `rounds.csv:6: right_in is 0x.., expected 0x.. (message 1, encrypt, block 1, round 5)`, one line.
    std::string text() const;
};

struct CheckedFile {
    std::string name;
    std::uint64_t rows = 0;
};

struct Report {
    std::vector<CheckedFile> files; // all that are there, when nothing is wrong
    std::optional<WrongCell> wrong;
};

/// Throws Error: io when the folder or a file cannot be read, bad_input when there is no CSV file of ours in it or one
/// is not CSV with the columns that it should have.
Report check_folder(const std::filesystem::path& folder);

} // namespace keyhole::verify
