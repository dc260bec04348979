// Diffie-Hellman: which parameters and public values are acceptable and why, private keys, the two ways from the
// shared secret to a DES key, and new safe-prime groups. (RFC 2631, RFC 7919 section 5, NIST SP 800-56A section 5.)
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string_view>

#include "core/base/random.hpp"
#include "core/des/des.hpp"
#include "core/dh/groups.hpp"

namespace keyhole::dh {

inline constexpr std::size_t max_prime_bits = 8192;

/// What was found out about p and g. Checks run cheapest first and stop at the first that fails, so that numbers which
/// a hostile peer made up cost bounded time. `fault` is empty when all is well.
struct ParameterReport {
    std::size_t p_bits = 0;
    bool p_odd = false, p_size_ok = false, p_prime = false, g_in_range = false;
    bool safe_prime = false;          // (p - 1) / 2 is prime too
    bool g_generates_squares = false; // p is safe and g generates the subgroup of prime order (p - 1) / 2
    std::string fault;                // "p is even", "g is outside 2..p-2", ...

    bool ok() const { return fault.empty(); }
};

ParameterReport check_parameters(const Number& p, const Number& g);

/// Why a public value y is refused; empty when it is accepted: outside 2..p-2, or outside the subgroup of the squares
/// where g generates that.
std::string public_value_fault(const Number& y, const Number& p, const ParameterReport& parameters);

/// Why a private key that somebody chose is none for this group; empty when it is one: outside 1..p-2, or its public
/// value would be refused.
std::string private_key_fault(const Number& x, const Group& group, const ParameterReport& parameters);

/// A private key: the group's recommended length where it has one (RFC 7919, section 5.2), else anything in 2..q-1 for
/// a safe prime p = 2q + 1 whose g has order q, else in 2..p-2. For the smallest primes this shrinks to what there is.
/// `parameters` is the report on p and g, which must be ok().
Number draw_private_key(const Group& group, const ParameterReport& parameters, Random& random);

/// How the shared secret becomes a DES key: SHA-256 of it, or its lowest 64 bits.
enum class Kdf { sha256, low64 };
inline constexpr std::array every_kdf = {Kdf::sha256, Kdf::low64};
std::string_view name(Kdf kdf);
/// In any case of letters.
std::optional<Kdf> find_kdf(std::string_view name);

/// From the shared secret to the DES key, with everything on the way.
struct Derivation {
    Kdf kdf = Kdf::sha256;
    Bytes secret;                                       // big-endian, as long as p in bytes
    std::optional<std::array<std::uint8_t, 32>> digest; // SHA-256 only
    des::Block raw = 0;                                 // 64 bits before parity
    des::Block key = 0;                                 // with odd parity
};

Derivation derive(const Number& shared, const Number& p, Kdf kdf);

/// Told of every candidate tried; returns false to stop the search.
using Progress = std::function<bool(std::uint64_t candidates)>;

inline constexpr unsigned min_new_bits = 3, max_new_bits = 4096;

/// A new safe prime of exactly `bits` bits and a g of prime order; empty when `progress` stopped it. Throws Error when
/// bits is outside min_new_bits..max_new_bits.
std::optional<Group> new_group(unsigned bits, Random& random, const Progress& progress = {});

} // namespace keyhole::dh
