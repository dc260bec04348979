#include "core/dh/dh.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/choice.hpp"
#include "core/base/crypto/crypto.hpp"
#include "core/base/words.hpp"
#include "core/des/des_keys.hpp"
#include "core/dh/modexp.hpp"

namespace keyhole::dh {
namespace {

Number half(const Number& p) { return (p - 1) / 2; }

// For a safe prime p = 2q + 1 the subgroup of order q is that of the squares.
bool is_square(const Number& y, const Number& p) { return mpz_legendre(y.get_mpz_t(), p.get_mpz_t()) == 1; }

// A cheap sieve: neither p nor (p - 1) / 2 has a small factor of its own.
bool survives_sieve(const Number& p) {
    constexpr unsigned long small_primes[] = {3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,  47,
                                              53,  59,  61,  67,  71,  73,  79,  83,  89,  97,  101, 103, 107, 109,
                                              113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191};
    const Number q = half(p);
    return std::all_of(std::begin(small_primes), std::end(small_primes), [&](unsigned long prime) {
        return (p == prime || mpz_divisible_ui_p(p.get_mpz_t(), prime) == 0) &&
               (q == prime || mpz_divisible_ui_p(q.get_mpz_t(), prime) == 0);
    });
}

} // namespace

ParameterReport check_parameters(const Number& p, const Number& g) {
    ParameterReport report{.p_bits = bit_length(p), .fault = {}};
    const auto refuse = [&](std::string why) {
        report.fault = std::move(why);
        return report;
    };
    report.p_odd = mpz_odd_p(p.get_mpz_t()) != 0;
    if (!report.p_odd) return refuse("p is even");
    if (p < 5) return refuse("p is below 5");
    if (report.p_bits > max_prime_bits) {
        return refuse(fmt::format("p has {} bits, more than {}", report.p_bits, max_prime_bits));
    }
    report.p_size_ok = true;
    report.g_in_range = g >= 2 && g <= p - 2;
    if (!report.g_in_range) return refuse("g is outside 2..p-2");
    const bool known = find_group(p, g) != nullptr;
    report.p_prime = known || is_prime(p);
    if (!report.p_prime) return refuse("p is not prime");
    report.safe_prime = known || is_prime(half(p));
    report.g_generates_squares = report.safe_prime && is_square(g, p);
    return report;
}

std::string public_value_fault(const Number& y, const Number& p, const ParameterReport& parameters) {
    if (y < 2 || y > p - 2) return "the public value is outside 2..p-2";
    if (parameters.g_generates_squares && !is_square(y, p)) {
        return "the public value is outside the subgroup that g generates";
    }
    return {};
}

std::string private_key_fault(const Number& x, const Group& group, const ParameterReport& parameters) {
    if (x < 1 || x > group.p - 2) return "it is outside 1..p-2";
    const Number y = power_modulo(group.g, x, group.p);
    if (public_value_fault(y, group.p, parameters).empty()) return {};
    return fmt::format("it leads to the public key {}, which every peer refuses", y == 1 ? "1" : "p-1");
}

Number draw_private_key(const Group& group, const ParameterReport& parameters, Random& random) {
    if (group.exponent_bits > 0) {
        const Number top = Number(1) << (group.exponent_bits - 1);
        return random.between(top, 2 * top - 1);
    }
    // An exponent is drawn again while its public value is 1 or p - 1: every peer would refuse that.
    const Number high = parameters.g_generates_squares ? Number(half(group.p) - 1) : Number(group.p - 2);
    while (true) {
        Number x = random.between(1, high);
        const Number y = power(group.g, x, group.p);
        if (y >= 2 && y <= group.p - 2 && (x >= 2 || high < 2)) return x;
    }
}

std::string_view name(Kdf kdf) { return kdf == Kdf::sha256 ? "sha256" : "low64"; }

std::optional<Kdf> find_kdf(std::string_view name) { return find_named(every_kdf, name); }

Derivation derive(const Number& shared, const Number& p, Kdf kdf) {
    Derivation out{.kdf = kdf, .secret = to_bytes(shared, (bit_length(p) + 7) / 8), .digest = std::nullopt};
    if (kdf == Kdf::sha256) {
        out.digest = crypto::sha256(out.secret);
        out.raw = load_block(*out.digest);
    } else {
        out.raw = load_block(to_bytes(Number(shared % (Number(1) << 64)), 8));
    }
    out.key = des::with_odd_parity(out.raw);
    return out;
}

std::optional<Group> new_group(unsigned bits, Random& random, const Progress& progress) {
    if (bits < min_new_bits || bits > max_new_bits) {
        throw bad_input(fmt::format("a new group of {} cannot be made (give {} to {} bits)", counted(bits, "bit"),
                                    min_new_bits, max_new_bits));
    }
    const Number low = Number(1) << (bits - 1);
    for (std::uint64_t tried = 1;; ++tried) {
        if (progress && !progress(tried)) return std::nullopt;
        // Every safe prime but 5 and 7 is 11 modulo 12: step over the rest at once.
        Number p = random.between(low, 2 * low - 1);
        if (bits > 3) p += (11 - Number(p % 12)) % 12;
        if (bit_length(p) != bits || !survives_sieve(p)) continue;
        if (!is_prime(half(p)) || !is_prime(p)) continue;
        for (Number g = 2; g <= p - 2; ++g) {
            if (is_square(g, p)) return Group{"custom", "new", p, g, 0};
        }
    }
}

} // namespace keyhole::dh
