#include "core/lab/attack/differential_pairs.hpp"

#include <bit>

#include "core/lab/half_boxes.hpp"

namespace keyhole::lab {
namespace {

// `explaining[box][input difference][output difference]`: the inputs of the box, as a set.
using Explaining = std::array<std::array<std::array<std::uint64_t, 16>, 64>, 8>;

const Explaining& explaining() {
    static const Explaining sets = [] {
        Explaining made{};
        for (unsigned box = 0; box < 8; ++box) {
            for (unsigned in = 0; in < 64; ++in) {
                for (unsigned x = 0; x < 64; ++x) {
                    const unsigned out =
                        des::output_of(des::s_boxes[box], x) ^ des::output_of(des::s_boxes[box], x ^ in);
                    made[box][in][out] |= std::uint64_t{1} << x;
                }
            }
        }
        return made;
    }();
    return sets;
}

// The set with every member added (XOR) to `six`: what entered the box, less the text, is the subkey.
Subkeys moved(std::uint64_t set, unsigned six) {
    Subkeys keys = 0;
    for (; set != 0; set &= set - 1) keys |= Subkeys{1} << (static_cast<unsigned>(std::countr_zero(set)) ^ six);
    return keys;
}

} // namespace

PairJudge::PairJudge(const Characteristic& characteristic)
    : characteristic_(characteristic), chance_(lab::chance(characteristic, difference_tables(des::s_boxes))) {
    const HalvesDifference after = characteristic.after(characteristic.outputs.size());
    left_after_ = after.left;
    for (unsigned box = 0; box < 8; ++box) {
        if (enters_box(after.right, box) == 0) boxes_.push_back(box);
    }
}

des::Block PairJudge::plaintext_difference() const {
    return des::final_permutation(std::uint64_t{characteristic_.input.left} << 32 | characteristic_.input.right);
}

// f' of the last round is R_n' + L' after the characteristic + f' of the round behind it, and that is 0 for `boxes_`.
std::optional<std::array<Subkeys, 8>> PairJudge::judge(const KnownPair& one, const KnownPair& two) const {
    const des::Block first = des::initial_permutation(one.ciphertext),
                     second = des::initial_permutation(two.ciphertext);
    const auto entered = static_cast<std::uint32_t>(first), entered_too = static_cast<std::uint32_t>(second);
    const std::uint32_t outputs = before_permutation(static_cast<std::uint32_t>((first ^ second) >> 32) ^ left_after_);
    std::array<Subkeys, 8> keys{};
    for (const unsigned box : boxes_) {
        const unsigned six = enters_box(entered, box), in = six ^ enters_box(entered_too, box);
        const std::uint64_t inputs = explaining()[box][in][leaves_box(outputs, box)];
        if (inputs == 0) return std::nullopt;
        keys[box] = moved(inputs, six);
    }
    return keys;
}

} // namespace keyhole::lab
