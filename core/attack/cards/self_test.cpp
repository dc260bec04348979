#include "core/attack/cards/self_test.hpp"

#include <algorithm>
#include <random>

#include "core/base/error.hpp"
#include "core/des/des_keys.hpp"

namespace keyhole::cards {
namespace {

constexpr unsigned trials = 128;
constexpr std::uint32_t few_items = 8, more_items = 1000;

// A key's bits as a layout has them.
struct Place {
    std::uint64_t place = 0;
    std::uint32_t walk = 0;
    unsigned lane = 0;
    std::uint64_t known = 0; // of C0 D0, what is none of these
};

Place place_of(std::uint64_t cd, const KernelLayout& layout) {
    Place place;
    for (unsigned bit = 0; bit < 56; ++bit) {
        const std::uint64_t one = cd >> (55 - bit) & 1;
        const KeyBit& from = layout.bits[bit];
        switch (from.from) {
            case KeyBit::From::known: place.known |= one << (55 - bit); break;
            case KeyBit::From::lane: place.lane |= static_cast<unsigned>(one << from.number); break;
            case KeyBit::From::walk: place.walk |= static_cast<std::uint32_t>(one << from.number); break;
            case KeyBit::From::place: place.place |= one << from.number; break;
        }
    }
    return place;
}

} // namespace

void self_test(CardProgram& program, const KernelLayout& layout, const std::function<bool()>& stopped) {
    std::mt19937_64 random(20260); // any numbers do, and the same ones can be tried again
    for (unsigned trial = 0; trial < trials && !stopped(); ++trial) {
        std::uint64_t cd = random() >> 8;
        for (unsigned bit = 0; bit < 56; ++bit) { // every lane in its turn
            const KeyBit& from = layout.bits[bit];
            if (from.from != KeyBit::From::lane) continue;
            const std::uint64_t one = std::uint64_t{1} << (55 - bit);
            cd = (trial >> from.number & 1) != 0 ? cd | one : cd & ~one;
        }
        const Place planted = place_of(cd, layout);
        const std::uint64_t plaintext = random();
        const unsigned target = trial / 32 % layout.targets;
        std::array<des::Block, 2> targets{random(), random()};
        targets[target] =
            des::initial_permutation(des::crypt(plaintext, des::key_schedule(des::undo_permuted_choice_1(cd))));
        const KernelData data(planted.known, des::initial_permutation(plaintext),
                              std::span(targets).first(layout.targets));
        const std::uint32_t items = trial % 16 == 0 ? more_items : few_items;
        const std::uint32_t item = static_cast<std::uint32_t>(std::min<std::uint64_t>(random() % items, planted.place));
        const CardProgram::Answer answer = program.launch(data, planted.place - item, items);
        const bool seen = std::any_of(answer.candidates.begin(), answer.candidates.end(), [&](const Candidate& c) {
            return c.item == item && c.walk == planted.walk && (c.lanes >> planted.lane & 1) != 0 && c.target == target;
        });
        if (!seen) throw io_error("it does not find a key that is there");
    }
}

} // namespace keyhole::cards
