// Values of a modular exponentiation whose modulus is not known. v[k-1]^2 - v[k] and v[k-1] * b - v[k] are multiples of
// it, so it divides their common divisor; a wrong value shows in two of these differences, its own and the next.
#include <algorithm>

#include "core/verify_power.hpp"

namespace keyhole::verify {
namespace {

class Values {
  public:
    explicit Values(const std::vector<PowerRow>& rows) : rows_(rows), size_(rows.size()) {
        for (const PowerRow& row : rows) largest_ = std::max(largest_, row.value);
    }

    /// The modulus's multiple that all rows but `skipped` have in common; 0 where nothing was ever reduced.
    Number common(std::optional<std::size_t> skipped) const {
        Number out = 0;
        const bool base_unknown = skipped == std::size_t{1};
        std::optional<std::size_t> last_multiply;
        for (std::size_t k = 1; k < size_; ++k) {
            if (skipped && (k == *skipped || k == *skipped + 1)) continue;
            if (rows_[k].multiply && base_unknown) {
                // Two multiplications by the same unknown base: v[j-1] * v[k] = v[k-1] * v[j].
                if (last_multiply) {
                    const std::size_t j = *last_multiply;
                    add(out, value(j - 1) * value(k) - value(k - 1) * value(j));
                }
                last_multiply = k;
            } else {
                add(out, raw(k, rows_[1].value) - value(k));
            }
        }
        return out;
    }

    /// The first row with which the rows up to it have no modulus in common.
    std::size_t first_collapse() const {
        Number divisor = 0;
        for (std::size_t k = 1; k < size_; ++k) {
            add(divisor, raw(k, rows_[1].value) - value(k));
            if (divisor != 0 && divisor <= largest_) return k;
        }
        return size_ - 1;
    }

    /// The largest value apart from that row's.
    Number largest_but(std::size_t skipped) const {
        if (value(skipped) != largest_) return largest_;
        Number out = 0;
        for (std::size_t k = 0; k < size_; ++k) {
            if (k != skipped) out = std::max(out, value(k));
        }
        return out;
    }
    const Number& largest() const { return largest_; }

    /// What row `k` must be, modulo that number; empty when it cannot be told.
    std::optional<Number> expected(std::size_t k, const Number& modulus) const {
        if (k == 0) return Number(1);
        if (k == 1 && rows_[1].multiply) return base_from_others(modulus);
        return reduced(raw(k, rows_[1].value), modulus);
    }

    /// True when row k + 1 follows from `replacement` in row k.
    bool next_agrees(std::size_t k, const Number& replacement, const Number& modulus) const {
        if (k + 1 >= size_) return true;
        const Number& base = k == 1 ? replacement : rows_[1].value;
        const Number next = rows_[k + 1].multiply ? Number(replacement * base) : Number(replacement * replacement);
        return reduced(next, modulus) == value(k + 1);
    }

  private:
    const Number& value(std::size_t k) const { return rows_[k].value; }
    Number raw(std::size_t k, const Number& base) const {
        return rows_[k].multiply ? Number(value(k - 1) * base) : Number(value(k - 1) * value(k - 1));
    }
    static Number reduced(const Number& number, const Number& modulus) {
        return modulus == 0 ? number : Number(number % modulus);
    }
    static void add(Number& divisor, const Number& multiple) {
        if (multiple == 0 || (divisor != 0 && multiple % divisor == 0)) return;
        divisor = gcd(divisor, multiple);
    }
    std::optional<Number> base_from_others(const Number& modulus) const {
        for (std::size_t k = 2; k < size_ && modulus != 0; ++k) {
            Number inverse;
            if (!rows_[k].multiply || k == 2) continue;
            if (mpz_invert(inverse.get_mpz_t(), value(k - 1).get_mpz_t(), modulus.get_mpz_t()) == 0) continue;
            return Number(value(k) * inverse % modulus);
        }
        return std::nullopt;
    }

    const std::vector<PowerRow>& rows_;
    std::size_t size_;
    Number largest_ = 0;
};

} // namespace

std::optional<WrongValue> find_wrong_value(const std::vector<PowerRow>& rows) {
    if (rows.empty()) return std::nullopt;
    const bool all_zero = std::all_of(rows.begin(), rows.end(), [](const PowerRow& row) { return row.value == 0; });
    if (all_zero) return std::nullopt; // the modulus is 1
    const Values values(rows);
    if (rows[0].value != 1) return WrongValue{0, Number(1)};
    if (rows.size() == 1) return std::nullopt;
    const Number all = values.common(std::nullopt);
    if (all == 0 || all > values.largest()) return std::nullopt;

    // Two differences suffice nearly always to collapse the common divisor: the wrong row lies close before.
    constexpr std::size_t rows_before_collapse = 6;
    // The row without which the others agree, and for which they give a value that agrees with the next.
    std::optional<WrongValue> vague;
    const std::size_t collapse = values.first_collapse();
    for (std::size_t k = 1; k <= collapse; ++k) {
        if (k > 1 && k + rows_before_collapse < collapse) continue;
        const Number modulus = values.common(k);
        if (modulus != 0 && modulus <= values.largest_but(k)) continue;
        const auto expected = values.expected(k, modulus);
        if (expected && (*expected == rows[k].value || !values.next_agrees(k, *expected, modulus))) continue;
        if (modulus != 0 && expected) return WrongValue{k, expected};
        if (!vague) vague = WrongValue{k, std::nullopt};
    }
    return vague ? vague : WrongValue{rows.size() - 1, std::nullopt};
}

} // namespace keyhole::verify
