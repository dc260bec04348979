// Numbers in sentences, written in one way everywhere: "1 byte", "37 501 blocks".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keyhole {

/// Decimal; from five digits on in groups of three: "2048", "37 501".
std::string grouped_decimal(std::uint64_t number);

/// "1 byte", "0 bytes", "37 501 bytes".
std::string counted(std::uint64_t count, std::string_view thing);

/// The verb's form after a counted thing: "1 block goes", "2 blocks go".
std::string_view singular_or(std::uint64_t count, std::string_view singular, std::string_view plural);

} // namespace keyhole
