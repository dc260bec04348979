// The long run: how often each attack finds the key, over 100 keys. Nothing else runs it: `keyhole_tests "[.long]"`
// prints the rates, in some minutes with AVX-512. docs/lab.md claims none.
#include <fmt/format.h>

#include "core/lab/attack/differential.hpp"
#include "core/lab/attack/linear.hpp"
#include "core/lab/attack/oracle.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

constexpr unsigned keys = 100;

// `attack(key, random)`: the key that it finds.
template <class Attack>
void tell_rate(const std::string& what, Attack attack) {
    unsigned found = 0;
    for (unsigned i = 0; i < keys; ++i) {
        const Random random = Random::seeded(fmt::format("{} {}", what, i));
        const des::Block key = lab::draw_key(random.fork("key"));
        const std::optional<des::Block> answer = attack(key, random.fork("texts"));
        found += answer == key ? 1 : 0;
        CHECK((!answer || *answer == key)); // a wrong key is worse than none
    }
    WARN(fmt::format("{}: {} of {} keys", what, found, keys));
}

} // namespace

TEST_CASE("How often the attacks find the key", "[.long][lab]") {
    const bitslice::Level level = bitslice::chosen_level();
    for (const unsigned rounds : {4U, 6U, 8U}) {
        const std::size_t pairs = lab::usual_pairs(rounds), texts = lab::usual_texts(rounds);
        tell_rate(fmt::format("differential, {} rounds, {} pairs", rounds, pairs), [&](des::Block key, Random random) {
            const auto chosen = lab::choose_texts(rounds, pairs, std::move(random));
            return lab::differential_attack(lab::encipher(chosen, key, rounds, level), rounds, {.level = level}).key;
        });
        tell_rate(fmt::format("linear, {} rounds, {} texts", rounds, texts), [&](des::Block key, Random random) {
            const auto known = lab::random_texts(texts, std::move(random));
            return lab::linear_attack(lab::encipher(known, key, rounds, level), rounds, {.level = level}).key;
        });
    }
}
