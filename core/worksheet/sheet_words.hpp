// What a sheet says in words: its heading, what is to be done, and what stands in each column.
#pragma once

#include <string_view>
#include <vector>

#include "core/worksheet/sheet.hpp"

namespace keyhole::worksheet {

std::string_view heading(SheetKind kind);

/// The task, step by step; plain text.
std::vector<std::string_view> tasks(SheetKind kind);

/// How the value in that column of a table is made, a few words; empty where its name says all.
std::string_view how_made(SheetKind kind, std::string_view file, std::string_view column);

} // namespace keyhole::worksheet
