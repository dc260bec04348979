// A word of keys: bit by bit, a key in each lane, with the subkeys of any round at no cost.
#pragma once

#include "core/fast/bitslice/rounds.hpp"

namespace keyhole::bitslice {

constexpr std::uint64_t all_or_none(std::uint64_t bit) { return std::uint64_t{0} - bit; }

template <class Word>
class KeyLanes {
  public:
    /// The slots of a round's subkey.
    struct Subkey {
        const Word* cd;

        const Word& operator()(unsigned slot) const { return cd[place(tables.taken[slot])]; }
    };

    /// Key bit `bit` of C0 D0 in all lanes.
    void set(unsigned bit, const Word& value) { key_[place(bit)] = key_[place(bit) + 28] = value; }

    const Word& get(unsigned bit) const { return key_[place(bit)]; }

    /// All 56 bits, the same in each lane.
    void set_all(std::uint64_t key) {
        for (unsigned bit = 0; bit < 56; ++bit) set(bit, Word::widen(all_or_none(key >> (55 - bit) & 1)));
    }

    void flip(unsigned bit) { set(bit, ~get(bit)); }

    Subkey subkey(unsigned round) const { return {key_ + tables.rotation[round]}; }

  private:
    static constexpr unsigned place(unsigned bit) { return bit < 28 ? bit : bit + 28; }

    Word key_[112]; // C C D D: each twice, so that a rotation is another beginning
};

} // namespace keyhole::bitslice
