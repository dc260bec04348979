#include "core/dh/fast_modexp.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace keyhole {
namespace {

static_assert(GMP_NAIL_BITS == 0);

std::vector<mp_limb_t> limbs_of(const Number& number) {
    const mp_limb_t* const limbs = mpz_limbs_read(number.get_mpz_t());
    return {limbs, limbs + mpz_size(number.get_mpz_t())};
}

Number number_of(const mp_limb_t* limbs, std::size_t count) {
    Number out;
    mpz_import(out.get_mpz_t(), count, -1, sizeof(mp_limb_t), 0, 0, limbs);
    return out;
}

// -1/odd modulo 2^64: an odd number is its own inverse modulo 8, and each step doubles the bits that are right.
mp_limb_t negated_inverse(mp_limb_t odd) {
    mp_limb_t inverse = odd;
    for (unsigned bits = 3; bits < GMP_LIMB_BITS; bits *= 2) inverse *= 2 - odd * inverse;
    return 0 - inverse;
}

} // namespace

ModularArithmetic::ModularArithmetic(const Number& modulus)
    : modulus_(limbs_of(modulus)), product_(2 * modulus_.size()), quotient_(modulus_.size() + 1) {
    assert(modulus >= 1);
    if (modulus_[0] % 2 == 1) negated_inverse_ = negated_inverse(modulus_[0]);
}

void ModularArithmetic::enter(const Number& value, mp_limb_t* out) const {
    Number form = value;
    if (negated_inverse_ != 0) form = (form << (limbs() * GMP_LIMB_BITS)) % number_of(modulus_.data(), limbs());
    const std::vector<mp_limb_t> read = limbs_of(form);
    std::fill(std::copy(read.begin(), read.end(), out), out + limbs(), 0);
}

Number ModularArithmetic::leave(const mp_limb_t* value) const {
    if (negated_inverse_ == 0) return number_of(value, limbs());
    std::vector<mp_limb_t> product(2 * limbs()), out(limbs());
    std::copy(value, value + limbs(), product.begin());
    reduce(out.data(), product.data());
    return number_of(out.data(), limbs());
}

// product / 2^(64 n) modulo m: multiples of m make one low limb after the other zero; what is carried out of each is
// kept in its place and added at the end.
void ModularArithmetic::reduce(mp_limb_t* out, mp_limb_t* product) const {
    const auto n = static_cast<mp_size_t>(limbs());
    const mp_limb_t* const m = modulus_.data();
    for (mp_size_t i = 0; i < n; ++i) {
        product[i] = mpn_addmul_1(product + i, m, n, product[i] * negated_inverse_);
    }
    const mp_limb_t carry = mpn_add_n(out, product + n, product, n);
    if (carry != 0 || mpn_cmp(out, m, n) >= 0) mpn_sub_n(out, out, m, n);
}

void ModularArithmetic::multiply(mp_limb_t* out, const mp_limb_t* a, const mp_limb_t* b) {
    const auto n = static_cast<mp_size_t>(limbs());
    mpn_mul(product_.data(), a, n, b, n); // squares where a is b
    if (negated_inverse_ != 0) return reduce(out, product_.data());
    mpn_tdiv_qr(quotient_.data(), out, 0, product_.data(), 2 * n, modulus_.data(), n);
}

PowerRecord::PowerRecord(Number base, Number exponent, Number modulus)
    : base_(std::move(base)),
      exponent_(std::move(exponent)),
      modulus_(std::move(modulus)),
      bits_(bit_length(exponent_)),
      arithmetic_(modulus_) {
    const std::size_t n = arithmetic_.limbs();
    values_.reset(new mp_limb_t[n * (1 + values_before(bits_ + 1))]); // not cleared: every limb is written below
    std::vector<mp_limb_t> factor(n);
    arithmetic_.enter(base_ % modulus_, factor.data());
    mp_limb_t* at = values_.get();
    arithmetic_.enter(1 % modulus_, at);
    for (std::size_t i = bits_; i-- > 0;) {
        arithmetic_.multiply(at + n, at, at);
        at += n;
        if (mpz_tstbit(exponent_.get_mpz_t(), i) == 0) continue;
        arithmetic_.multiply(at + n, at, factor.data());
        at += n;
    }
}

// How many squares and products the steps before that one have.
std::size_t PowerRecord::values_before(std::size_t number) const {
    const Number above = exponent_ >> (bits_ + 1 - number);
    return number - 1 + mpz_popcount(above.get_mpz_t());
}

PowerStep PowerRecord::step(std::size_t number) const {
    assert(number >= 1 && number <= bits_);
    const std::size_t first = 1 + values_before(number);
    PowerStep out{.bit = static_cast<unsigned>(mpz_tstbit(exponent_.get_mpz_t(), bits_ - number)),
                  .squared = value(first),
                  .multiplied = {}};
    if (out.bit == 1) out.multiplied = value(first + 1);
    return out;
}

Number PowerRecord::value_after(std::size_t number) const { return value(values_before(number + 1)); }

} // namespace keyhole
