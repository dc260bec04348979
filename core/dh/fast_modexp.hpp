// Recorded exponentiation for speed: the steps of core/dh/modexp.hpp, one value after the other in one piece of memory,
// kept in Montgomery's form (value times 2^(64 n) modulo m) and converted when somebody looks. The classroom's loop
// there is the reference. (Montgomery, "Modular multiplication without trial division", 1985; HAC, algorithms 14.32
// and 14.36.)
#pragma once

#include <memory>
#include <vector>

#include "core/dh/modexp.hpp"

namespace keyhole {

/// Multiplication modulo m on numbers of as many limbs as m has. Where m is odd they are in Montgomery's form, which
/// needs no division; where it is even they are plain and divided.
class ModularArithmetic {
  public:
    /// `modulus` is 1 or more.
    explicit ModularArithmetic(const Number& modulus);

    std::size_t limbs() const { return modulus_.size(); }

    /// `value` below the modulus into this form at `out`, and back.
    void enter(const Number& value, mp_limb_t* out) const;
    Number leave(const mp_limb_t* value) const;

    /// `out` is apart from `a` and `b`, which may be the same; all have limbs() limbs.
    void multiply(mp_limb_t* out, const mp_limb_t* a, const mp_limb_t* b);

  private:
    void reduce(mp_limb_t* out, mp_limb_t* product) const;

    std::vector<mp_limb_t> modulus_, product_, quotient_;
    mp_limb_t negated_inverse_ = 0; // -1/m modulo 2^64; 0 where m is even
};

/// All running values of base^exponent mod modulus, as trace_power has them.
class PowerRecord {
  public:
    /// The modulus is 1 or more.
    PowerRecord(Number base, Number exponent, Number modulus);

    const Number& base() const { return base_; }
    const Number& exponent() const { return exponent_; }
    const Number& modulus() const { return modulus_; }

    /// As many as the exponent has bits.
    std::size_t step_count() const { return bits_; }
    /// What exponent bit `number` did (1 to step_count(), 1 the top bit).
    PowerStep step(std::size_t number) const;
    /// The running value after that step; 1 mod modulus after step 0.
    Number value_after(std::size_t number) const;
    Number result() const { return value_after(bits_); }

  private:
    std::size_t values_before(std::size_t number) const;
    Number value(std::size_t index) const { return arithmetic_.leave(values_.get() + index * arithmetic_.limbs()); }

    Number base_, exponent_, modulus_;
    std::size_t bits_;
    ModularArithmetic arithmetic_;
    std::unique_ptr<mp_limb_t[]> values_; // 1, then for each bit the square and, where it is 1, the product
};

} // namespace keyhole
