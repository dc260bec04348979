#include "core/modes/mode_words.hpp"

#include <fmt/format.h>

namespace keyhole {

std::string blocks_in_register(Mode mode) {
    if (segment_bits(mode) == 64) return "the next block";
    return "the next " + counted_blocks(mode, 64 / segment_bits(mode));
}

std::string_view no_padding_reason(Mode mode) {
    switch (mode) {
        case Mode::cfb8: return "it takes the text a byte at a time";
        case Mode::cfb1: return "it takes the text a bit at a time, of each byte the highest first";
        default: return "of the last block of key stream only as many bytes are used as the text still has";
    }
}

std::string_view first_bits_are(Mode mode) {
    switch (mode) {
        case Mode::cfb8: return "The first 8 bits of what comes out are";
        case Mode::cfb1: return "The first bit of what comes out is";
        default: return "What comes out is";
    }
}

std::string feedback_weakness(Mode mode) {
    if (mode == Mode::ofb) {
        return "The key stream depends on key and IV alone: whoever flips a bit of ciphertext flips that bit of the "
               "text, and the same IV under the same key a second time lays both texts open.";
    }
    return fmt::format(
        "The same IV twice under one key shows where two texts begin alike, and a flipped bit of ciphertext "
        "spoils the text of {} too.",
        blocks_in_register(mode));
}

} // namespace keyhole
