// The stage of encrypting and deciphering a message: its chain of blocks as a textbook draws the mode, one column a
// block. Only the columns in sight are computed; a click on a column goes into the block.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step is encrypt or decrypt. A column is "block.2", what stands in it "block.2.P", "block.2.C", "block.2.enters",
/// "block.2.leaves", "block.2.DES" and "block.2.xor"; "block.1.IV" is the IV where it is XORed in.
Picture chain_picture(const StageInput& input);

/// The block that is followed, or was looked at last, or the first.
std::string zoom_of_chain(const StageInput& input);

} // namespace keyhole::viz
