// Everything that holds in one block and between the files that speak of it, in the order in which DES computes
// (FIPS 46-3): the key, chaining, IP, sixteen rounds, IP^-1.
#pragma once

#include "core/verify/block_rows.hpp"
#include "core/verify/cells/rules.hpp"

namespace keyhole::verify {

/// The subkeys that stand in the rounds, of which there are that many, by the number of the round that has each in
/// encryption.
SubkeyList subkeys_of(const BlockRows& rows, bool forwards, unsigned rounds);

/// Throws the WrongCell when a rule of the block is broken. Returns the subkeys on which all rounds agree, as far as
/// they do where no other file tells them. `rules` is passed in only so that its memory is reused.
SubkeyList check_block(const BlockContext& context, const BlockRows& rows, Rules& rules);

} // namespace keyhole::verify
