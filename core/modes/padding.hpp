// What is added to a message so that it fills whole blocks, and taken off again: PKCS#7 (RFC 5652, section 6.3), zeros,
// and one byte 80 before zeros (ISO/IEC 7816-4; the last two are methods 1 and 2 of ISO/IEC 9797-1).
#pragma once

#include <optional>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"

namespace keyhole {

enum class Padding { pkcs7, zero, iso7816, none };
inline constexpr std::array every_padding = {Padding::pkcs7, Padding::zero, Padding::iso7816, Padding::none};

std::string_view name(Padding padding);
/// In any case of letters.
inline std::optional<Padding> find_padding(std::string_view name) { return find_named(every_padding, name); }

/// How many bytes a message of `length` bytes has once it is padded. `zero` adds nothing to whole blocks.
std::size_t padded_size(Padding padding, std::size_t length);

/// pkcs7: 1 to 8 bytes, each telling how many they are. iso7816: a byte 80 and up to seven of 00. zero: up to seven.
Bytes pad(Padding padding, ByteView data);

/// The first of `count` bytes of padding.
std::uint8_t padding_byte(Padding padding, std::size_t count);

/// Empty optional when the data does not end in that padding. `zero` takes every 00 at the end, however many.
std::optional<Bytes> unpad(Padding padding, ByteView data);

inline Bytes pad_pkcs7(ByteView data) { return pad(Padding::pkcs7, data); }
inline std::optional<Bytes> unpad_pkcs7(ByteView data) { return unpad(Padding::pkcs7, data); }

/// What is lost of this message when zeros are its padding: a clause for a person; empty where nothing is.
std::string lost_to_zeros(ByteView message);

/// What nobody can tell after so many zeros were taken off: a clause; empty where there were none.
std::string doubt_after_zeros(std::size_t taken);

} // namespace keyhole
