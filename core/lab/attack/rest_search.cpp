#include "core/lab/attack/rest_search.hpp"

#include <algorithm>
#include <bit>

#include "core/des/des_keys.hpp"
#include "core/des/variant.hpp"
#include "core/fast/bitslice/engine.hpp"

namespace keyhole::lab {
namespace {

constexpr unsigned bits_of_a_span = 20; // some milliseconds

// What the engine reports of one span is proven here.
struct Prover {
    const bitslice::KeySpan& span;
    unsigned rounds;
    std::span<const KnownPair> texts;
    std::optional<des::Block> found;

    void candidate(std::uint32_t index) {
        std::uint64_t cd = span.key;
        for (unsigned i = 0; i < span.variable; ++i) cd ^= (index >> i & 1) != 0 ? span.vector[i] : 0;
        const des::Block key = des::with_odd_parity(des::undo_permuted_choice_1(cd));
        if (!found && proves(key, rounds, texts)) found = key;
    }
};

} // namespace

bool proves(des::Block key, unsigned rounds, std::span<const KnownPair> texts) {
    const des::Variant variant{.rounds = rounds};
    const des::KeySchedule schedule = des::key_schedule(key, variant);
    return std::ranges::all_of(texts.first(std::min(texts.size(), texts_of_proof)), [&](const KnownPair& text) {
        return des::crypt(text.plaintext, schedule, variant) == text.ciphertext;
    });
}

std::optional<des::Block> RestSearch::find(const KeyEquations& known) {
    const std::vector<std::uint64_t> vectors = known.freedom();
    const auto unknown = static_cast<unsigned>(vectors.size());
    bitslice::KeySpan span;
    span.key = known.solution();
    span.variable = std::min(unknown, bits_of_a_span);
    span.vector = vectors.data();
    span.rounds = rounds_;
    span.input = des::initial_permutation(texts_.front().plaintext);
    span.target = des::initial_permutation(texts_.front().ciphertext);
    Prover prover{span, rounds_, texts_, {}};
    span.context = &prover;
    span.candidate = [](void* context, std::uint32_t index) { static_cast<Prover*>(context)->candidate(index); };
    const std::uint64_t spans = std::uint64_t{1} << (unknown - span.variable);
    for (std::uint64_t n = 1; n <= spans; ++n) {
        if (stopped_ = stopped_ || (go_on_ && !go_on_(tried_)); stopped_) return std::nullopt;
        bitslice::engine(level_).search_span(span);
        tried_ += std::uint64_t{1} << span.variable;
        if (prover.found) return prover.found;
        // From one span to the next in Gray code.
        if (n < spans) span.key ^= vectors[span.variable + static_cast<unsigned>(std::countr_zero(n))];
    }
    return std::nullopt;
}

} // namespace keyhole::lab
