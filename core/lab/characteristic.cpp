#include "core/lab/characteristic.hpp"

#include <algorithm>

#include "core/fast/fast_des_tables.hpp"
#include "core/lab/half_boxes.hpp"

namespace keyhole::lab {
namespace {

constexpr std::size_t between_questions = 1024;

// 04000000 enters S2 and leaves 40080000 with a chance of 1/4; 00000400 is its twin.
const Characteristic three_rounds{{0x40080000, 0x04000000}, {0x40080000, 0, 0x40080000}};
const Characteristic three_rounds_twin{{0x00200008, 0x00000400}, {0x00200008, 0, 0x00200008}};
const Characteristic one_round{{0x20000000, 0}, {0}};
const Characteristic five_rounds{{0x405C0000, 0x04000000}, {0x40080000, 0x04000000, 0, 0x04000000, 0x40080000}};

} // namespace

HalvesDifference Characteristic::after(std::size_t rounds) const {
    HalvesDifference at = input;
    for (std::size_t n = 0; n < rounds; ++n) at = {at.right, at.left ^ outputs[n]};
    return at;
}

std::uint32_t before_permutation(std::uint32_t difference) { return des::fast::before_permutation(difference); }

double chance(std::uint32_t input_difference, std::uint32_t output_difference, const std::array<Ddt, 8>& tables) {
    const std::uint32_t outputs = before_permutation(output_difference);
    double product = 1;
    for (unsigned box = 0; box < 8; ++box) {
        product *= tables[box][enters_box(input_difference, box)][leaves_box(outputs, box)] / 64.0;
    }
    return product;
}

std::uint32_t likeliest_output(std::uint32_t input_difference, const std::array<Ddt, 8>& tables) {
    std::uint32_t outputs = 0;
    for (unsigned box = 0; box < 8; ++box) {
        const auto& row = tables[box][enters_box(input_difference, box)];
        outputs = outputs << 4 | static_cast<std::uint32_t>(std::ranges::max_element(row) - row.begin());
    }
    return des::permutation(outputs);
}

std::array<Ddt, 8> difference_tables(const std::array<des::SBox, 8>& boxes) {
    std::array<Ddt, 8> tables;
    std::ranges::transform(boxes, tables.begin(), difference_table);
    return tables;
}

double chance(const Characteristic& characteristic, const std::array<Ddt, 8>& tables) {
    double product = 1;
    for (std::size_t n = 0; n < characteristic.outputs.size(); ++n)
        product *= chance(characteristic.after(n).right, characteristic.outputs[n], tables);
    return product;
}

std::vector<std::size_t> count_followers(
    const Characteristic& characteristic, const des::Variant& variant, std::size_t& pairs, Random random,
    const std::function<bool(std::size_t, const std::vector<std::size_t>&)>& go_on) {
    des::Variant shortened = variant;
    shortened.rounds = static_cast<unsigned>(characteristic.outputs.size());
    const des::Block input = std::uint64_t{characteristic.input.left} << 32 | characteristic.input.right;
    const des::Block difference = variant.has_ip ? des::final_permutation(input) : input;
    std::vector<std::size_t> followers(characteristic.outputs.size());
    for (std::size_t done = 0; done < pairs; ++done) {
        if (done % between_questions == 0 && go_on && !go_on(done, followers)) {
            pairs = done;
            break;
        }
        const des::KeySchedule schedule = des::key_schedule(random.block(), shortened);
        const des::Block text = random.block();
        const des::BlockTrace one = des::trace(text, schedule, shortened),
                              two = des::trace(text ^ difference, schedule, shortened);
        for (unsigned n = 0; n < shortened.rounds; ++n) {
            if ((one.rounds[n].p_out ^ two.rounds[n].p_out) != characteristic.outputs[n]) break;
            ++followers[n];
        }
    }
    return followers;
}

const std::vector<NamedCharacteristic>& classical_characteristics() {
    static const std::vector<NamedCharacteristic> all = {
        {"one round, certain", "Nothing enters f, so nothing leaves it. The attack on 4 rounds stands on it.",
         one_round},
        {"two rounds, iterative",
         "19600000 enters S1, S2 and S3 and leaves nothing with a chance of 1/234; after two rounds the difference is "
         "what it was, so that it can go on. The attack on all 16 rounds stands on it.",
         {{0x19600000, 0}, {0, 0}}},
        {"three rounds", "04000000 enters S2 twice, with a chance of 1/4 each. The attack on 6 rounds stands on it.",
         three_rounds},
        {"three rounds, the twin",
         "00000400 enters S6 twice, with a chance of 1/4 each. For the other half of 6 rounds.", three_rounds_twin},
        {"five rounds", "Three rounds in the middle and one more at either end. The attack on 8 rounds stands on it.",
         five_rounds},
    };
    return all;
}

std::vector<Characteristic> characteristics_of_attack(unsigned rounds) {
    if (rounds == 4) return {one_round};
    if (rounds == 6) return {three_rounds, three_rounds_twin};
    return {five_rounds};
}

} // namespace keyhole::lab
