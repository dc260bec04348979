// One function a kind of sheet: what is given, which tables, and how each cell is computed from others. The numbers
// come from the same functions as those of a trace.
#pragma once

#include "core/worksheet/sheet_builder.hpp"
#include "core/worksheet/sheet_numbers.hpp"

namespace keyhole::worksheet {

/// Two rounds' S-boxes: row, column and output of sixteen inputs.
void build_sbox(SheetBuilder& build, SheetNumbers& numbers);

/// One round with its eight boxes.
void build_round(SheetBuilder& build, SheetNumbers& numbers);

/// Sixteen subkeys. C0 is given: by it one sees whose table it is.
void build_schedule(SheetBuilder& build, SheetNumbers& numbers);

/// A block through all sixteen rounds, with the subkeys given.
void build_block(SheetBuilder& build, SheetNumbers& numbers);

/// Square and multiply. The first two rows are given, for the same reason.
void build_modexp(SheetBuilder& build, SheetNumbers& numbers);

/// Public keys, shared secrets and the DES key of two private keys, with low64.
void build_handshake(SheetBuilder& build, SheetNumbers& numbers);

/// A text encoded, padded, chained (CBC) and permuted; what the sixteen rounds give is given.
void build_message(SheetBuilder& build, SheetNumbers& numbers);

} // namespace keyhole::worksheet
