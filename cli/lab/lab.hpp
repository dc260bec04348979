// The commands of `keyhole lab`, and what several of them share; each adds its subcommand, with options, help and an
// example, and runs it.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "core/base/random.hpp"
#include "core/des/variant.hpp"

namespace keyhole::cli {

void add_lab_tables(CLI::App& lab);                    // lab_tables.cpp: ddt, lat
void add_lab_criteria(CLI::App& lab, int& status);     // lab_criteria.cpp
void add_lab_avalanche(CLI::App& lab, int& status);    // lab_avalanche.cpp
void add_lab_differential(CLI::App& lab, int& status); // lab_differential.cpp
void add_lab_linear(CLI::App& lab, int& status);       // lab_linear.cpp
void add_lab_meet(CLI::App& lab, int& status);         // lab_meet.cpp
void add_lab_cone(CLI::App& lab);                      // lab_cone.cpp

/// The variant that was given, said on stderr where it is not DES. Throws Error as variant_of does.
des::Variant variant_aloud(const std::optional<std::string>& list);

/// What `seed` makes; else the system's randomness behind a seed of its own, which stderr names.
Random lab_random(const std::optional<std::string>& seed);

} // namespace keyhole::cli
