// The engine in 64-bit words: runs everywhere.
#include "core/fast/bitslice/bulk_kernel.hpp"
#include "core/fast/bitslice/key_kernel.hpp"
#include "core/fast/bitslice/sboxes_two_input.hpp"
#include "core/fast/bitslice/search_kernel.hpp"

namespace keyhole::bitslice {
namespace {

struct Word64 {
    static constexpr unsigned bits = 64;
    std::uint64_t v;

    static Word64 load(const std::uint8_t* bytes) {
        Word64 word;
        __builtin_memcpy(&word.v, bytes, sizeof word.v);
        if constexpr (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) word.v = __builtin_bswap64(word.v);
        return word;
    }
    void store(std::uint8_t* bytes) const {
        const std::uint64_t value = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap64(v) : v;
        __builtin_memcpy(bytes, &value, sizeof value);
    }
    static Word64 widen(std::uint64_t mask) { return {mask}; }
    static Word64 widen(Word64 word) { return word; }

    // The bit `i` of each lane's number, 0 to 63.
    static Word64 lane_index_bit(unsigned i) { return {lane_patterns[i]}; }

    friend Word64 operator&(Word64 a, Word64 b) { return {a.v & b.v}; }
    friend Word64 operator|(Word64 a, Word64 b) { return {a.v | b.v}; }
    friend Word64 operator^(Word64 a, Word64 b) { return {a.v ^ b.v}; }
    friend Word64 operator~(Word64 a) { return {~a.v}; }
    friend Word64 and_not(Word64 a, Word64 b) { return {a.v & ~b.v}; }
    static Word64 xor3(Word64 a, Word64 b, Word64 c) { return {a.v ^ b.v ^ c.v}; }
    Word64 shift_left(int count) const { return {v << count}; }
    Word64 shift_right(int count) const { return {v >> count}; }

    bool all() const { return v == ~std::uint64_t{0}; }
    std::uint64_t lane(unsigned) const { return v; }

    template <RightBits Wanted, class Key>
    static void round(const Word64* __restrict right, const Word64* left, Word64* out, Key key) {
        boxes_in_turn<Wanted>(right, left, out, key);
    }

    template <unsigned Box>
    static void select(Word64 x1, Word64 x2, Word64 x3, Word64 x4, Word64 x5, Word64 x6, Word64& y1, Word64& y2,
                       Word64& y3, Word64& y4) {
        two_input::select<Box>(x1, x2, x3, x4, x5, x6, y1, y2, y3, y4);
    }
};

} // namespace

const Engine portable_engine = {Word64::bits,        crypt_batch<Word64>, record_batch<Word64>, search_chunk<Word64>,
                                search_span<Word64>, crypt_keys<Word64>,  select_all<Word64>};

} // namespace keyhole::bitslice
