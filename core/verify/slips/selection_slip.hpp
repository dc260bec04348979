// What goes wrong where bits are selected by a table (IP, IP^-1, E, P, PC-1, PC-2; FIPS 46-3).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace keyhole::verify {

/// The explanations that fit a wrong value, each in words.
using Causes = std::vector<std::string>;

void add_once(Causes& causes, std::string words);

/// "A, or B" of all; empty where there is none.
std::string joined(const Causes& causes);

/// The lowest `width` bits in the opposite order.
std::uint64_t mirrored(std::uint64_t value, unsigned width);

/// A table as a function, how many bits go in and come out, and its name.
struct SelectionTable {
    const char* name;
    unsigned in, out;
    std::function<std::uint64_t(std::uint64_t)> select;
};

/// `wrong` came out where select(input) should: left out, or the bits counted from the other end.
Causes selection_slips(const SelectionTable& table, std::uint64_t input, std::uint64_t wrong);

} // namespace keyhole::verify
