// exchange.csv where it tells too little, or too much that does not fit, for the exchange to be rebuilt: tables written
// by hand. Each row is held against what the others say: an input against its other rows, a public key or a secret
// against what its inputs come to.
#pragma once

#include <cstdint>

#include "core/verify/cells/table.hpp"
#include "core/verify/exchange/verify_exchange_facts.hpp"

namespace keyhole::verify {

// The columns of exchange.csv, in their order.
enum ExchangeColumn : std::size_t { step_at, address_at, party_at, name_at, value_at };

/// From the table's first row to its end. Returns how many of the rows nothing else tells anything about. Throws
/// WrongCell.
std::uint64_t check_rows(Table& table, const ExchangeFacts& facts);

} // namespace keyhole::verify
