// What there is to be said of a mode, wherever it is shown. (FIPS 81.)
#pragma once

#include <string>
#include <string_view>

#include "core/modes/modes.hpp"

namespace keyhole {

/// What a flipped bit of ciphertext spoils behind its own place in cfb, cfb8 or cfb1, while it is in the shift
/// register: "the next block", "the next 8 segments of 8 bits".
std::string blocks_in_register(Mode mode);

/// Why a mode that makes a key stream needs no padding, as a clause.
std::string_view no_padding_reason(Mode mode);

/// "What comes out is", or the part of it that cfb8 and cfb1 take.
std::string_view first_bits_are(Mode mode);

/// How cfb or ofb can be misused or attacked, a sentence.
std::string feedback_weakness(Mode mode);

} // namespace keyhole
