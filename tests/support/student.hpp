// A DES as somebody writes it for homework, every step of which can be made wrong. What is made of a wrong value is
// computed from it, as a program does, so that all its tables agree with each other from the mistake on.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace keyhole::testing {

struct Student {
    std::uint64_t key = 0x5B5A57676A56676E;
    std::uint64_t block = 0x675A69675E5A6B5A;

    std::function<std::uint64_t(std::uint64_t)> initial, final, choice_1;
    std::function<std::uint64_t(std::uint64_t c, std::uint64_t d)> choice_2;
    std::array<unsigned, 16> shifts{1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1};
    bool writes_shifts = false; // in the column `shift`, instead of what the standard says
    std::function<std::uint64_t(std::uint64_t half, unsigned shift)> turn;
    std::function<unsigned(unsigned round)> subkey_number; // which subkey a round takes
    std::function<std::uint64_t(std::uint64_t left, std::uint64_t right)> expand;
    std::function<std::uint64_t(std::uint64_t expanded, std::uint64_t subkey)> mix;
    std::function<unsigned(unsigned six)> row, column;
    std::function<unsigned(unsigned box)> box; // which box's table is taken
    std::function<std::uint64_t(std::uint64_t)> permute;
    std::function<std::uint64_t(std::uint64_t left, std::uint64_t right, std::uint64_t p_out)> left_out, right_out;
    std::function<std::uint64_t(std::uint64_t left, std::uint64_t right)> end;

    Student();
    /// The rows of a file by its name, the header first: cells of one row are joined by commas.
    std::vector<std::string> table(const std::string& file) const;
    /// Writes the files of these names.
    void write(const std::filesystem::path& folder, const std::vector<const char*>& files) const;
};

} // namespace keyhole::testing
