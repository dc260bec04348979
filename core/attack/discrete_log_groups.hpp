// The groups that the searches of core/attack/discrete_log_search.hpp work in: whatever can multiply modulo p. Where p
// fits a machine word its elements are in Montgomery's form, else they are GMP's numbers.
#pragma once

#include "core/base/number_word.hpp"

namespace keyhole::dlog {

__extension__ using Wide = unsigned __int128;

/// Modulo an odd p below 2^64, in Montgomery's form: x stands for x 2^64 mod p. (HAC, algorithm 14.32, one limb.)
class WordGroup {
  public:
    using Element = std::uint64_t;
    // Walks that are computed side by side, so that none waits for the multiplication of another.
    static constexpr std::size_t lanes = 8;

    explicit WordGroup(const Number& p) : p_(low_word(p)), inverse_(p_) {
        for (unsigned bits = 3; bits < 64; bits *= 2) inverse_ *= 2 - p_ * inverse_;
    }
    Element element(const Number& value) const { return low_word((value << 64) % number_of(p_)); }
    Element multiply(Element a, Element b) const {
        const Wide product = Wide{a} * b;
        const auto low = static_cast<std::uint64_t>(product), high = static_cast<std::uint64_t>(product >> 64);
        const std::uint64_t factor = low * inverse_;
        const auto taken = static_cast<std::uint64_t>(Wide{factor} * p_ >> 64);
        return high - taken + (high < taken ? p_ : 0);
    }
    static std::uint64_t key(Element a) { return a; }

  private:
    std::uint64_t p_, inverse_;
};

/// Modulo any p.
class NumberGroup {
  public:
    using Element = Number;
    static constexpr std::size_t lanes = 1;

    explicit NumberGroup(const Number& p) : p_(p) {}
    Element element(const Number& value) const { return value % p_; }
    Element multiply(const Element& a, const Element& b) const { return a * b % p_; }
    static std::uint64_t key(const Element& a) { return low_word(a); }

  private:
    Number p_;
};

/// What `work` gives for the group of p's size.
template <class Work>
auto with_group(const Number& p, const Work& work) {
    return p > 2 && bit_length(p) <= 64 ? work(WordGroup(p)) : work(NumberGroup(p));
}

} // namespace keyhole::dlog
