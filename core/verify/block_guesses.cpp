#include "core/verify/block_guesses.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <tuple>
#include <vector>

#include "core/des/des_keys.hpp"
#include "core/fast/fast_des.hpp"

namespace keyhole::verify {
namespace {

int known_digits_apart(const std::optional<std::uint64_t>& a, const std::optional<std::uint64_t>& b) {
    return a && b ? digits_apart(*a, *b) : 0;
}

template <class F>
std::optional<std::uint64_t> both(const std::optional<std::uint64_t>& a, const std::optional<std::uint64_t>& b, F f) {
    return a && b ? std::optional<std::uint64_t>(f(*a, *b)) : std::nullopt;
}

// A row is a bit in cfb1, a byte in cfb8, and a whole block elsewhere but at the end.
bool is_no_segment(Mode mode, const BlockRow& row, bool is_last) {
    if (segment_bits(mode) == 64) return row.input_bytes < 8 && !is_last;
    return row.input_bytes != 1 || (row.input && *row.input >> segment_bits(mode) != 0);
}

bool makes_output_in_any(const BlockRow& row, const des::Variant& variant) {
    return makes_output(row, Direction::encrypt, variant) || makes_output(row, Direction::decrypt, variant);
}

// What may have entered and left the block where the cells that say it disagree: one of them is wrong.
std::vector<BlockRow> readings(const BlockRow& row) {
    std::vector<BlockRow> out{row};
    const auto other = [&](std::optional<des::Block> BlockRow::*cell, const std::optional<des::Block>& inside) {
        if (!(row.*cell) || !inside) return;
        const des::Block read = row.has_ip ? des::final_permutation(*inside) : *inside;
        if (read == *(row.*cell)) return;
        out.push_back(out.front());
        out.back().*cell = read;
    };
    other(&BlockRow::chained, row.after_ip);
    other(&BlockRow::output, row.preoutput);
    return out;
}

// Where the key makes what leaves of what enters in one of a block's readings, that reading alone is left.
std::vector<BlockRow> settled(std::span<const BlockRow> blocks, const des::Variant& variant) {
    std::vector<BlockRow> out(blocks.begin(), blocks.end());
    for (BlockRow& row : out) {
        const std::vector<BlockRow> all = readings(row);
        if (all.size() == 1) continue;
        const auto proved =
            std::ranges::find_if(all, [&](const BlockRow& reading) { return makes_output_in_any(reading, variant); });
        if (proved == all.end()) continue;
        row = *proved;
        row.after_ip.reset();
        row.preoutput.reset();
    }
    return out;
}

// What somebody who meant this mode may have let enter a block instead: the IV again or the plaintext before in cbc,
// the same counter or register again in the others.
std::vector<std::optional<std::uint64_t>> usual_slips(Mode mode, const BlockRow& first, const BlockRow& previous,
                                                      const BlockRow& row) {
    if (makes_key_stream(mode)) return {previous.entering()};
    const auto iv = both(first.entering(), first.input, std::bit_xor());
    return {both(iv, row.input, std::bit_xor()), both(previous.input, row.input, std::bit_xor())};
}

// How many digits of what enters a block contradict the block before it. A usual slip counts for a few.
int digits_against_chain(Mode mode, const BlockRow& first, const BlockRow& previous, const BlockRow& row) {
    constexpr int slip = 4;
    int least = 16;
    for (const BlockRow& here : readings(row)) {
        for (const BlockRow& before : readings(previous)) {
            const auto expected = makes_key_stream(mode) ? next_entering(mode, before)
                                                         : both(before.leaving(), row.input, std::bit_xor());
            least = std::min(least, known_digits_apart(here.entering(), expected));
        }
        for (const auto& slipped : usual_slips(mode, first, previous, row))
            if (slipped && here.entering() == slipped) least = std::min(least, slip);
    }
    return least;
}

int digits_against_copy(const BlockRow& row) {
    int least = 16;
    for (const BlockRow& here : readings(row)) least = std::min(least, known_digits_apart(here.entering(), row.input));
    return least;
}

// In a key stream the cipher always enciphers. Where the key makes a block in one direction only, that says which.
bool goes_the_other_way(Mode mode, const BlockRow& row, const des::Variant& variant) {
    const bool forwards = makes_key_stream(mode) || row.direction == Direction::encrypt;
    const auto made = [&](Direction direction) { return makes_output(row, direction, variant); };
    return forwards ? !made(Direction::encrypt) && made(Direction::decrypt)
                    : !made(Direction::decrypt) && made(Direction::encrypt);
}

// How many digits contradict a mode. The first block's IV or counter is unknown; it counts for two digits, so that
// one wrong digit in a lone block of ecb is not taken for an IV of mostly zeros.
// `blocks` are settled. What is written as a copy may be one although the key makes the output of something else: a
// permutation was left out.
int digits_against(Mode mode, std::span<const BlockRow> blocks, std::span<const BlockRow> written) {
    constexpr int unknown_iv = 2, proved_other = 3, no_block = 16;
    constexpr unsigned no_lost_zeros =
        4; // bytes: what is shorter has not lost its zeros to a spreadsheet, it is no block
    const bool copies = mode == Mode::ecb || (mode == Mode::cbc && blocks[0].direction == Direction::decrypt);
    int out = mode == Mode::ecb ? 0 : unknown_iv;
    for (std::size_t i = 0; i < blocks.size() && out < 1 << 20; ++i) {
        const BlockRow& row = blocks[i];
        if (copies) {
            out += std::min(digits_against_copy(row), proved_other + digits_against_copy(written[i]));
        } else if (i > 0) {
            out += digits_against_chain(mode, blocks[0], blocks[i - 1], row);
        }
        if (makes_key_stream(mode)) out += is_no_segment(mode, row, i + 1 == blocks.size()) ? 1 : 0;
        if (!makes_key_stream(mode)) out += row.input && row.input_bytes <= no_lost_zeros ? no_block : 0;
    }
    return out;
}

} // namespace

int digits_apart(std::uint64_t a, std::uint64_t b) {
    int out = 0;
    for (std::uint64_t rest = a ^ b; rest != 0; rest >>= 4) out += (rest & 15) != 0;
    return out;
}

Mode likeliest_mode(std::span<const BlockRow> blocks, const des::Variant& variant) {
    // In this order: where a lone block could be of several, ctr says least about it.
    constexpr Mode all[] = {Mode::cbc, Mode::ecb, Mode::ctr, Mode::cfb, Mode::ofb, Mode::cfb8, Mode::cfb1};
    constexpr int other_way = 16;
    const std::vector<BlockRow> rows = settled(blocks, variant);
    std::array<int, std::size(all)> against{};
    std::ranges::transform(all, against.begin(), [&](Mode mode) {
        return digits_against(mode, rows, blocks) + (goes_the_other_way(mode, blocks[0], variant) ? other_way : 0);
    });
    return all[std::ranges::min_element(against) - against.begin()];
}

bool makes_output(const BlockRow& row, Direction direction, const des::Variant& variant) {
    const auto in = row.entering(), out = row.leaving();
    if (!row.key || !in || !out) return false;
    if (variant.is_des()) return des::fast::crypt(*in, des::fast::key_schedule(*row.key), direction) == *out;
    return des::crypt(*in, des::key_schedule(*row.key, variant), variant, direction) == *out;
}

std::optional<des::Block> commonest_key(std::span<const BlockRow> blocks, Direction direction,
                                        const des::Variant& variant) {
    struct Votes {
        std::size_t blocks = 0, outputs = 0;
    };
    std::map<des::Block, Votes> votes;
    for (const BlockRow& row : blocks) {
        if (row.key) ++votes[*row.key].blocks;
    }
    if (votes.empty()) return std::nullopt;
    if (votes.size() == 1) return votes.begin()->first;
    for (const BlockRow& row : blocks) votes[*row.key].outputs += makes_output(row, direction, variant) ? 1 : 0;
    const auto rank = [](const auto& entry) {
        return std::tuple(entry.second.blocks, entry.second.outputs, des::with_odd_parity(entry.first) == entry.first);
    };
    return std::max_element(votes.begin(), votes.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); })
        ->first;
}

} // namespace keyhole::verify
