#include "core/modes/padding.hpp"

#include <fmt/format.h>

#include "core/base/words.hpp"

namespace keyhole {
namespace {

std::size_t without_zeros(ByteView data) {
    std::size_t size = data.size();
    while (size > 0 && data[size - 1] == 0) --size;
    return size;
}

// How many bytes stand before the padding.
std::optional<std::size_t> unpadded_size(Padding padding, ByteView data) {
    const std::size_t size = data.size();
    if (padding == Padding::none) return size;
    if (padding == Padding::zero) return without_zeros(data);
    if (size == 0 || size % 8 != 0) return std::nullopt;
    const ByteView block = data.last(8);
    if (padding == Padding::iso7816) {
        const std::size_t marker = without_zeros(block);
        return marker > 0 && block[marker - 1] == 0x80 ? std::optional(size - 8 + marker - 1) : std::nullopt;
    }
    const std::size_t count = block[7];
    if (count < 1 || count > 8) return std::nullopt;
    const bool alike = std::ranges::all_of(block.last(count), [&](std::uint8_t byte) { return byte == count; });
    return alike ? std::optional(size - count) : std::nullopt;
}

} // namespace

std::string_view name(Padding padding) {
    switch (padding) {
        case Padding::pkcs7: return "pkcs7";
        case Padding::zero: return "zero";
        case Padding::iso7816: return "iso7816";
        case Padding::none: break;
    }
    return "none";
}

std::size_t padded_size(Padding padding, std::size_t length) {
    if (padding == Padding::none) return length;
    return padding == Padding::zero ? (length + 7) / 8 * 8 : length / 8 * 8 + 8;
}

Bytes pad(Padding padding, ByteView data) {
    Bytes out(data.begin(), data.end());
    const std::size_t size = padded_size(padding, data.size()), added = size - data.size();
    out.resize(size, padding == Padding::pkcs7 ? padding_byte(padding, added) : std::uint8_t{0});
    if (added > 0) out[data.size()] = padding_byte(padding, added);
    return out;
}

std::optional<Bytes> unpad(Padding padding, ByteView data) {
    const auto size = unpadded_size(padding, data);
    if (!size) return std::nullopt;
    const ByteView message = data.first(*size);
    return Bytes(message.begin(), message.end());
}

std::uint8_t padding_byte(Padding padding, std::size_t count) {
    return padding == Padding::pkcs7 ? static_cast<std::uint8_t>(count) : padding == Padding::iso7816 ? 0x80 : 0;
}

std::string lost_to_zeros(ByteView message) {
    const std::size_t own = message.size() - without_zeros(message);
    if (own == 0) return {};
    return fmt::format(
        "the message itself ends in {}, which the receiver takes off with the padding: nothing tells "
        "them apart",
        counted(own, "zero byte"));
}

std::string doubt_after_zeros(std::size_t taken) {
    if (taken == 0) return {};
    return fmt::format("{} {} taken off, and {}", counted(taken, "zero byte"), singular_or(taken, "was", "were"),
                       taken < 8 ? "nothing tells whether that was padding or the message's own end"
                                 : "padding adds seven at most: the others are the message's own end");
}

} // namespace keyhole
