// Which key bits are told apart in a word, which by the walk, and which by the work item.
#include <algorithm>

#include "core/attack/cards/kernel.hpp"
#include "core/fast/bitslice/rounds.hpp"

namespace keyhole::cards {
namespace {

constexpr unsigned word_bits = 5; // 32 keys a word
constexpr unsigned most_walked = 8;

} // namespace

KernelLayout::KernelLayout(const KeySearch& search) : targets(search.decides_complements() ? 2 : 1) {
    using From = KeyBit::From;
    const auto& positions = search.positions();
    const unsigned in_chunk = search.chunk_bits();
    lane_bits = std::min(word_bits, in_chunk);
    for (unsigned i = 0; i < in_chunk; ++i) {
        KeyBit& bit = bits[positions[i]];
        if (i < lane_bits) {
            bit = {From::lane, i};
        } else if (bitslice::tables.slot[1][positions[i]] < 0 && walk_bits < most_walked) {
            bit = {From::walk, walk_bits++};
            walked.push_back(static_cast<std::uint8_t>(i));
        } else {
            bit = {From::place, item_bits++};
            items.push_back(static_cast<std::uint8_t>(i));
        }
    }
    for (unsigned i = in_chunk; i < positions.size(); ++i) bits[positions[i]] = {From::place, item_bits + i - in_chunk};
}

std::uint32_t KernelLayout::index(std::uint32_t item, std::uint32_t walk, unsigned lane) const {
    std::uint32_t index = lane & ((1U << lane_bits) - 1);
    for (unsigned i = 0; i < walk_bits; ++i) index |= (walk >> i & 1) << walked[i];
    for (unsigned i = 0; i < item_bits; ++i) index |= (item >> i & 1) << items[i];
    return index;
}

KernelData::KernelData(std::uint64_t known_bits, des::Block input, std::span<const des::Block> targets) {
    const auto all = [](std::uint64_t value, unsigned bit) {
        return static_cast<std::uint32_t>(0U - static_cast<unsigned>(value >> bit & 1));
    };
    for (unsigned bit = 0; bit < 56; ++bit) known[bit] = all(known_bits, 55 - bit);
    for (unsigned j = 0; j < 32; ++j) {
        l0[j] = all(input, 63 - j);
        r0[j] = all(input, 31 - j);
        for (std::size_t t = 0; t < targets.size(); ++t) {
            r16[t][j] = all(targets[t], 63 - j);
            l16[t][j] = all(targets[t], 31 - j);
        }
    }
}

KernelData::KernelData(const KeySearch& search)
    : KernelData(search.known_bits(), search.input(),
                 search.decides_complements() ? std::vector{search.target(0), search.target(1)}
                                              : std::vector{search.target(0)}) {}

} // namespace keyhole::cards
