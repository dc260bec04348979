#include "tests/support/traces.hpp"

#include "core/base/number_word.hpp"
#include "netsim/protocol/loopback.hpp"
#include "tests/support/random_bytes.hpp"

namespace keyhole::testing {
namespace {

Number number(unsigned bits, Random& random) {
    Number out = 1;
    for (unsigned i = 1; i < bits; ++i) out = out << 1 | number_of(draw(random) % 2);
    return out;
}

// A prime p of which (p - 1) / 2 is none.
Group unsafe_group(Random& random) {
    Group out{.name = "custom", .source = {}, .p = number(40, random), .g = 3};
    Number half;
    do {
        mpz_nextprime(out.p.get_mpz_t(), out.p.get_mpz_t());
        half = (out.p - 1) / 2;
    } while (mpz_probab_prime_p(half.get_mpz_t(), 30) != 0);
    return out;
}

std::string text(Random& random) {
    const char* const words[] = {"Grüße", "a,b", "\"so\"", "x", "seven 7", "=1+2"};
    return words[draw(random) % std::size(words)];
}

} // namespace

std::uint64_t draw(Random& random) { return load_block(random_bytes(random, 8)); }

std::vector<Recording> random_exchanges(Random& random) {
    struct Kind {
        Group group;
        Mode mode;
        dh::Kdf kdf;
    };
    const Kind kinds[] = {{*find_group("toy23"), Mode::cbc, dh::Kdf::sha256},
                          {*find_group("modp768"), Mode::ctr, dh::Kdf::low64},
                          {*dh::new_group(48, random), Mode::ecb, dh::Kdf::sha256},
                          {unsafe_group(random), Mode::ctr, dh::Kdf::low64},
                          {*find_group("toy23"), Mode::ecb, dh::Kdf::low64}};
    std::vector<Recording> out;
    for (const Kind& kind : kinds) {
        const bool large = kind.group.p > 1000; // the traces of short private keys are short
        out.push_back(run_exchange({.group = kind.group,
                                    .kdf = kind.kdf,
                                    .mode = kind.mode,
                                    .random = Random::seeded(std::to_string(draw(random))),
                                    .says = {{Role::client, text(random)},
                                             {Role::server, ""},
                                             {Role::server, text(random)},
                                             {Role::client, text(random)}},
                                    .server_private = large ? std::optional(number(12, random)) : std::nullopt,
                                    .client_private = large ? std::optional(number(13, random)) : std::nullopt}));
    }
    return out;
}

Recording random_message(Mode mode, Direction direction, Random& random) {
    const bool shorter = makes_key_stream(mode) && segment_bits(mode) == 64;
    const std::size_t size = segment_bits(mode) < 64 ? (mode == Mode::cfb1 ? 1 : 5) : shorter ? 21 : 24;
    return record_des({draw(random), mode, Padding::none}, direction, draw(random), random_bytes(random, size));
}

Recording random_power(unsigned bits, Random& random) {
    return record_power({number(bits, random), number(bits, random), number(bits, random) << 1 | 1});
}

} // namespace keyhole::testing
