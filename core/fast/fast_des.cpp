#include "core/fast/fast_des.hpp"

#include <cassert>

#include "core/fast/fast_des_rounds.hpp"

namespace keyhole::des::fast {
namespace {

// Rows become columns of the 8 x 8 bits: swaps of single bits, then of 2 x 2, then of 4 x 4.
inline std::uint64_t transposed(std::uint64_t rows) {
    const auto swap = [&](unsigned count, std::uint64_t mask) {
        const std::uint64_t difference = (rows ^ rows >> count) & mask;
        rows ^= difference ^ difference << count;
    };
    swap(7, 0x00AA00AA00AA00AA);
    swap(14, 0x0000CCCC0000CCCC);
    swap(28, 0x00000000F0F0F0F0);
    return rows;
}

// While a block of a chain is in its rounds, the one before leaves and the one after comes in: work that waits for
// nothing, put where the processor would be idle. After the rounds it would find its queues full of what waits.
struct Neighbours {
    const State& before;
    std::uint8_t* out;      // where the block before goes; null: there is none
    const std::uint8_t* in; // null: there is no block after
    State& after;

    void mixed(std::size_t, unsigned round, std::uint64_t) const {
        if (round == 5 && out != nullptr) store_big_endian(leaving(before), out);
        if (round == 11 && in != nullptr) after = entering(in);
    }
};

template <Direction direction>
Block crypt_one(Block block, const Schedule& schedule) {
    const auto [end] = sixteen_rounds<direction>(std::array{expanded(apply_ip(block))}, schedule, Silent{});
    return leaving({end.right, end.left});
}

template <Direction direction>
void crypt_all(ByteView in, const Schedule& schedule, std::span<std::uint8_t> out) {
    std::size_t at = 0;
    for (; at + 16 <= in.size(); at += 16) {
        const std::array two{entering(&in[at]), entering(&in[at + 8])};
        const auto [one, other] = sixteen_rounds<direction>(two, schedule, Silent{});
        store_big_endian(leaving({one.right, one.left}), &out[at]);
        store_big_endian(leaving({other.right, other.left}), &out[at + 8]);
    }
    if (at < in.size()) store_big_endian(crypt_one<direction>(load_big_endian(&in[at]), schedule), &out[at]);
}

} // namespace

Schedule to_fast(const KeySchedule& schedule) {
    Schedule out;
    for (unsigned i = 0; i < 16; ++i) out.subkeys[i] = spread_groups(schedule.rounds[i].subkey);
    return out;
}

Schedule key_schedule(Block key) {
    // PC-1 reads the columns of the key's 8 x 8 bits from the last row up: columns 1, 2, 3 and half of 4 give C; 7, 6,
    // 5 and the other half of 4 give D.
    const std::uint64_t columns = transposed(__builtin_bswap64(key));
    auto c = static_cast<std::uint32_t>(columns >> 36);
    auto d = static_cast<std::uint32_t>((columns & 0xFF00) << 12 | (columns >> 4 & 0xFF000) | (columns >> 20 & 0xFF0) |
                                        (columns >> 32 & 0xF));
    Schedule out;
#pragma GCC unroll 16
    for (unsigned i = 0; i < 16; ++i) {
        const unsigned shift = shift_table[i];
        c = (c << shift | c >> (28 - shift)) & 0x0FFFFFFF;
        d = (d << shift | d >> (28 - shift)) & 0x0FFFFFFF;
        const auto share = [](unsigned table, std::uint32_t half, unsigned place) {
            return pc2_by_seven[table][half >> place & 0x7F];
        };
        out.subkeys[i] = ((share(0, c, 21) | share(1, c, 14)) | (share(2, c, 7) | share(3, c, 0))) |
                         ((share(4, d, 21) | share(5, d, 14)) | (share(6, d, 7) | share(7, d, 0)));
    }
    return out;
}

Block crypt(Block block, const Schedule& schedule, Direction direction) {
    return direction == Direction::encrypt ? crypt_one<Direction::encrypt>(block, schedule)
                                           : crypt_one<Direction::decrypt>(block, schedule);
}

void crypt_blocks(const Schedule& schedule, Direction direction, ByteView in, std::span<std::uint8_t> out) {
    assert(in.size() % 8 == 0 && out.size() == in.size());
    direction == Direction::encrypt ? crypt_all<Direction::encrypt>(in, schedule, out)
                                    : crypt_all<Direction::decrypt>(in, schedule, out);
}

void cbc_encrypt(const Schedule& schedule, Block iv, ByteView in, std::span<std::uint8_t> out) {
    assert(in.size() % 8 == 0 && out.size() == in.size());
    if (in.empty()) return;
    // FP of one block and IP of the next undo each other: what is chained is the preoutput, and only it is waited for.
    State chain = expanded(apply_ip(iv)), input = entering(in.data());
    for (std::size_t at = 0; at < in.size(); at += 8) {
        State next{};
        const Neighbours neighbours{.before = chain,
                                    .out = at > 0 ? out.data() + at - 8 : nullptr,
                                    .in = at + 8 < in.size() ? in.data() + at + 8 : nullptr,
                                    .after = next};
        const std::array mixed{State{input.left ^ chain.left, input.right ^ chain.right}};
        const auto [end] = sixteen_rounds<Direction::encrypt>(mixed, schedule, neighbours);
        chain = {end.right, end.left}; // R16 L16
        input = next;
    }
    store_big_endian(leaving(chain), out.data() + in.size() - 8);
}

} // namespace keyhole::des::fast
