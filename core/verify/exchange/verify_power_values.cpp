// Values of a modular exponentiation whose modulus is not known. Each row gives a multiple of it: v[k-1]^2 - v[k], or
// v[k-1] * b - v[k] with the base b = v[1]; it divides their common divisor and is larger than every value.
//
// A wrong value was either written down wrongly (the rows after it go on from the right one: two multiples are spoilt)
// or computed wrongly (the rows after it go on from the wrong one: one multiple is spoilt). Every row is tried as the
// culprit in both ways. It is named only where no other row can be the culprit and its right value is certain.
#include "core/verify/exchange/verify_power_values.hpp"

#include <algorithm>

namespace keyhole::verify {
namespace {

void add(Number& divisor, const Number& multiple) {
    if (multiple == 0 || (divisor != 0 && multiple % divisor == 0)) return;
    divisor = gcd(divisor, multiple);
}

Number both(const Number& a, const Number& b) {
    Number out = a;
    add(out, b);
    return out;
}

class Values {
  public:
    explicit Values(const std::vector<PowerRow>& rows) : rows_(rows), size_(rows.size()) {
        for (std::size_t k = 0; k < size_; ++k) {
            if (value(k) > value(largest_)) largest_ = k;
        }
        for (std::size_t k = 0; k < size_; ++k) {
            if (k != largest_ && value(k) > value(second_)) second_ = k;
            if (second_ == largest_) second_ = k;
        }
        std::vector<Number> multiples(size_);
        for (std::size_t k = 1; k < size_; ++k) multiples[k] = raw(k) - value(k);
        before_.resize(size_ + 1);
        after_.resize(size_ + 1);
        for (std::size_t k = 0; k < size_; ++k) before_[k + 1] = both(before_[k], multiples[k]);
        for (std::size_t k = size_; k-- > 0;) after_[k] = both(after_[k + 1], multiples[k]);
    }

    bool agree() const { return fits(before_[size_], value(largest_)); }

    // What row `k` should be if it is the only wrong one. The outer optional is empty where it cannot be that one, the
    // inner one where its right value is not certain.
    std::optional<std::optional<Number>> culprit(std::size_t k) const {
        const Number& largest = largest_but(k);
        const Number slip_of_pen = k == 1 ? common_without_base() : common_with_next_from(k);
        const Number slip_in_computing = both(before_[k], from(k + 1));
        std::optional<std::optional<Number>> out;
        for (const Number& modulus : {slip_of_pen, slip_in_computing}) {
            if (!fits(modulus, largest)) continue;
            const auto wanted = k == 1 ? base_from_others(modulus, largest) : expected(k, modulus, largest);
            out = !out || *out == wanted ? std::optional(wanted) : std::optional(std::optional<Number>());
        }
        return out;
    }

  private:
    const Number& value(std::size_t k) const { return rows_[k].value; }
    Number raw(std::size_t k) const { return value(k - 1) * (rows_[k].multiply ? value(1) : value(k - 1)); }
    const Number& from(std::size_t k) const { return after_[std::min(k, size_)]; }
    const Number& largest_but(std::size_t k) const { return value(k == largest_ ? second_ : largest_); }

    static bool fits(const Number& modulus, const Number& largest) { return modulus == 0 || modulus > largest; }

    // All rows but k and the next, and that the next follows from the right value of k.
    Number common_with_next_from(std::size_t k) const {
        Number out = both(before_[k], from(k + 2));
        if (k + 1 < size_) {
            const Number right = raw(k);
            add(out, right * (rows_[k + 1].multiply ? value(1) : right) - value(k + 1));
        }
        return out;
    }

    // What holds whatever the base: squares, and for two multiplications v[j-1] * v[k] = v[k-1] * v[j]; v[2] = b^2.
    Number common_without_base() const {
        Number out = 0;
        std::optional<std::size_t> last;
        for (std::size_t k = 3; k < size_; ++k) {
            if (!rows_[k].multiply) {
                add(out, raw(k) - value(k));
                continue;
            }
            add(out, value(2) * value(k - 1) * value(k - 1) - value(k) * value(k));
            if (last) add(out, value(*last - 1) * value(k) - value(k - 1) * value(*last));
            last = k;
        }
        return out;
    }

    // A value is certain when every possible modulus, a divisor of the common divisor above `largest`, gives the same
    // one.
    std::optional<Number> expected(std::size_t k, const Number& modulus, const Number& largest) const {
        const Number right = raw(k);
        if (right <= largest) return right;
        if (modulus == 0 || modulus > 2 * largest) return std::nullopt;
        return Number(right % modulus);
    }

    std::optional<Number> base_from_others(const Number& modulus, const Number& largest) const {
        if (modulus == 0 || modulus > 2 * largest) return std::nullopt;
        for (std::size_t k = 3; k < size_; ++k) {
            Number inverse;
            if (!rows_[k].multiply) continue;
            if (mpz_invert(inverse.get_mpz_t(), value(k - 1).get_mpz_t(), modulus.get_mpz_t()) == 0) continue;
            const Number base = value(k) * inverse % modulus;
            if (base * base % modulus != value(2)) return std::nullopt;
            return base;
        }
        return std::nullopt;
    }

    const std::vector<PowerRow>& rows_;
    std::size_t size_, largest_ = 0, second_ = 0;
    std::vector<Number> before_, after_; // common divisors of the rows before k, and of those from k on
};

} // namespace

std::optional<Disagreement> find_disagreement(const std::vector<PowerRow>& rows) {
    if (rows.empty()) return std::nullopt;
    const bool all_zero = std::all_of(rows.begin(), rows.end(), [](const PowerRow& row) { return row.value == 0; });
    if (all_zero) return std::nullopt; // the modulus is 1
    if (rows[0].value != 1) return Disagreement{{0}, Number(1)};
    if (rows.size() == 1) return std::nullopt;
    const Values values(rows);
    if (values.agree()) return std::nullopt;
    Disagreement out;
    for (std::size_t k = 1; k < rows.size(); ++k) {
        const auto right = values.culprit(k);
        if (!right) continue;
        out.rows.push_back(k);
        out.expected = out.rows.size() == 1 ? *right : std::nullopt;
    }
    return out;
}

} // namespace keyhole::verify
