// The engine in 256-bit words. Compiled with -mavx2; called only where the CPU has it.
#include <immintrin.h>

#include "core/fast/bitslice/bulk_kernel.hpp"
#include "core/fast/bitslice/key_kernel.hpp"
#include "core/fast/bitslice/sboxes_two_input.hpp"
#include "core/fast/bitslice/search_kernel.hpp"

namespace keyhole::bitslice {
namespace {

struct Word256 {
    static constexpr unsigned bits = 256;
    __m256i v;

    static Word256 load(const std::uint8_t* bytes) {
        return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes))};
    }
    void store(std::uint8_t* bytes) const { _mm256_storeu_si256(reinterpret_cast<__m256i*>(bytes), v); }
    static Word256 widen(std::uint64_t mask) { return {_mm256_set1_epi64x(static_cast<long long>(mask))}; }
    static Word256 widen(Word256 word) { return word; }

    // The bit `i` of each lane's number, 0 to 255.
    static Word256 lane_index_bit(unsigned i) {
        if (i < 6) return widen(lane_patterns[i]);
        return i == 6 ? Word256{_mm256_set_epi64x(-1, 0, -1, 0)} : Word256{_mm256_set_epi64x(-1, -1, 0, 0)};
    }

    friend Word256 operator&(Word256 a, Word256 b) { return {_mm256_and_si256(a.v, b.v)}; }
    friend Word256 operator|(Word256 a, Word256 b) { return {_mm256_or_si256(a.v, b.v)}; }
    friend Word256 operator^(Word256 a, Word256 b) { return {_mm256_xor_si256(a.v, b.v)}; }
    friend Word256 operator~(Word256 a) { return {_mm256_xor_si256(a.v, _mm256_set1_epi64x(-1))}; }
    friend Word256 and_not(Word256 a, Word256 b) { return {_mm256_andnot_si256(b.v, a.v)}; }
    static Word256 xor3(Word256 a, Word256 b, Word256 c) { return a ^ c ^ b; } // b is ready last
    Word256 shift_left(int count) const { return {_mm256_slli_epi64(v, count)}; }
    Word256 shift_right(int count) const { return {_mm256_srli_epi64(v, count)}; }

    bool all() const { return _mm256_testc_si256(v, _mm256_set1_epi64x(-1)) != 0; }
    std::uint64_t lane(unsigned i) const {
        std::uint64_t lanes[4];
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(lanes), v);
        return lanes[i];
    }

    template <RightBits Wanted, class Key>
    static void round(const Word256* __restrict right, const Word256* left, Word256* out, Key key) {
        boxes_in_turn<Wanted>(right, left, out, key);
    }

    template <unsigned Box>
    static void select(Word256 x1, Word256 x2, Word256 x3, Word256 x4, Word256 x5, Word256 x6, Word256& y1, Word256& y2,
                       Word256& y3, Word256& y4) {
        two_input::select<Box>(x1, x2, x3, x4, x5, x6, y1, y2, y3, y4);
    }
};

} // namespace

const Engine avx2_engine = {Word256::bits,        crypt_batch<Word256>, record_batch<Word256>, search_chunk<Word256>,
                            search_span<Word256>, crypt_keys<Word256>,  select_all<Word256>};

} // namespace keyhole::bitslice
