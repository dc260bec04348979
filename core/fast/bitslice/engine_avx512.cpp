// The engine in 512-bit words, whose vpternlog computes any function of three bits. Compiled with -mavx512f; called
// only where the CPU has it.
#include <immintrin.h>

#include "core/fast/bitslice/bulk_kernel.hpp"
#include "core/fast/bitslice/key_kernel.hpp"
#include "core/fast/bitslice/round_three_input.hpp"
#include "core/fast/bitslice/sboxes_three_input.hpp"
#include "core/fast/bitslice/search_kernel.hpp"

namespace keyhole::bitslice {
namespace {

// Shifts are written on this type: g++ 12 warns about its own header behind _mm512_slli_epi64.
using Lanes = unsigned long long __attribute__((vector_size(64)));

struct Word512 {
    static constexpr unsigned bits = 512;
    __m512i v;

    static Word512 load(const std::uint8_t* bytes) { return {_mm512_loadu_si512(bytes)}; }
    void store(std::uint8_t* bytes) const { _mm512_storeu_si512(bytes, v); }
    static Word512 widen(std::uint64_t mask) { return {_mm512_set1_epi64(static_cast<long long>(mask))}; }
    static Word512 widen(Word512 word) { return word; }

    // The bit `i` of each lane's number, 0 to 511.
    static Word512 lane_index_bit(unsigned i) {
        switch (i) {
            case 6: return {_mm512_set_epi64(-1, 0, -1, 0, -1, 0, -1, 0)};
            case 7: return {_mm512_set_epi64(-1, -1, 0, 0, -1, -1, 0, 0)};
            case 8: return {_mm512_set_epi64(-1, -1, -1, -1, 0, 0, 0, 0)};
            default: return widen(lane_patterns[i]);
        }
    }

    friend Word512 operator&(Word512 a, Word512 b) { return {_mm512_and_si512(a.v, b.v)}; }
    friend Word512 operator|(Word512 a, Word512 b) { return {_mm512_or_si512(a.v, b.v)}; }
    friend Word512 operator^(Word512 a, Word512 b) { return {_mm512_xor_si512(a.v, b.v)}; }
    friend Word512 operator~(Word512 a) { return {_mm512_ternarylogic_epi64(a.v, a.v, a.v, 0x0F)}; }
    static Word512 xor3(Word512 a, Word512 b, Word512 c) { return {_mm512_ternarylogic_epi64(a.v, b.v, c.v, 0x96)}; }
    Word512 shift_left(int count) const { return {reinterpret_cast<__m512i>(reinterpret_cast<Lanes>(v) << count)}; }
    Word512 shift_right(int count) const { return {reinterpret_cast<__m512i>(reinterpret_cast<Lanes>(v) >> count)}; }

    bool all() const { return _mm512_cmpneq_epi64_mask(v, _mm512_set1_epi64(-1)) == 0; }
    std::uint64_t lane(unsigned i) const {
        std::uint64_t lanes[8];
        _mm512_storeu_si512(lanes, v);
        return lanes[i];
    }

    template <RightBits Wanted, class Key>
    static void round(const Word512* __restrict right, const Word512* left, Word512* out, Key key) {
        three_input::round<Wanted>(right, left, out, key);
    }

    template <unsigned Box>
    static void select(Word512 x1, Word512 x2, Word512 x3, Word512 x4, Word512 x5, Word512 x6, Word512& y1, Word512& y2,
                       Word512& y3, Word512& y4) {
        three_input::select<Box>(x1, x2, x3, x4, x5, x6, y1, y2, y3, y4);
    }
};

template <int Function>
inline Word512 lut(Word512 a, Word512 b, Word512 c) {
    // Two inputs need no copy and run on all ports.
    if constexpr (Function == 0x3C) return a ^ b;
    if constexpr (Function == 0x5A) return a ^ c;
    if constexpr (Function == 0x66) return b ^ c;
    return {_mm512_ternarylogic_epi64(a.v, b.v, c.v, Function)};
}

} // namespace

const Engine avx512_engine = {Word512::bits,        crypt_batch<Word512>, record_batch<Word512>, search_chunk<Word512>,
                              search_span<Word512>, crypt_keys<Word512>,  select_all<Word512>};

} // namespace keyhole::bitslice
