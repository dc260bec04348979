// What a check of files finds, and the exception with which every part of it ends: the first wrong cell is the answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace keyhole::verify {

/// Longer values are cut.
inline constexpr std::size_t longest_quoted = 80;

/// One cell that is not what it should be; or, with `doubt`, cells that contradict each other while the files do not
/// tell which of them is wrong.
struct WrongCell {
    std::string file;
    std::uint64_t line = 0; // 0: none, in a doubt about a whole file
    std::string column;     // empty: the file ends where `expected` should follow
    std::string value;
    std::string expected; // empty where it cannot be computed
    std::string where;    // "message 1, encrypt, block 1, round 5"
    std::string cause{};  // empty, or how the value came about where that can be told
    std::string doubt{};  // empty, or in words what cannot be said

    /// `rounds.csv:6: right_in is 0x.., expected 0x.. (message 1, encrypt, block 1, round 5): CAUSE`, one line.
    std::string text() const;
};

/// Cells that contradict each other, in words; `line` is 0 where it is about a whole file.
WrongCell doubt_about(const std::string& file, std::uint64_t line, std::string words);

struct CheckedFile {
    std::string name;
    std::uint64_t rows = 0;
    std::uint64_t unknown = 0;          // of the rows: those about which nothing else tells what they should be
    std::string note{};                 // what it was taken for; empty where that is no question
    std::vector<std::string> without{}; // columns that it could have and has not
    std::vector<std::string> ignored{}; // columns that it has and that mean nothing here
};

} // namespace keyhole::verify
