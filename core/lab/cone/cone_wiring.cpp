#include "core/lab/cone/cone_wiring.hpp"

#include "core/des/des_tables.hpp"

namespace keyhole::lab {
namespace {

using Value = ConeBit::Value;

constexpr std::uint64_t half_bit(unsigned place) { return std::uint64_t{1} << (64 - place); } // 1 to 64
constexpr std::uint64_t right_bit(unsigned place) { return half_bit(32 + place); }

// The box (1 to 8) that gives a bit of f, and where its four outputs go.
unsigned box_of(unsigned f_bit, const des::Variant& variant) {
    return ((variant.has_p ? des::p_table[f_bit - 1] : f_bit) + 3U) / 4;
}

std::uint64_t outputs_of(unsigned box, const des::Variant& variant) {
    std::uint64_t bits = 0;
    for (unsigned place = 1; place <= 32; ++place) bits |= box_of(place, variant) == box ? right_bit(place) : 0;
    return bits;
}

std::uint64_t inputs_of(unsigned box) {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 6; ++i) bits |= right_bit(des::e_table[6 * (box - 1) + i]);
    return bits;
}

// Which key bit each bit of the subkeys is: the schedule moves bits and does nothing else with them.
class SubkeyBits {
  public:
    SubkeyBits(const des::Variant& variant, Direction direction) {
        for (unsigned place = 1; place <= 64; ++place) {
            const des::KeySchedule schedule = des::key_schedule(half_bit(place), variant);
            for (unsigned round = 1; round <= variant.rounds; ++round) {
                const std::uint64_t subkey = schedule.rounds[des::subkey_number(round, direction, variant) - 1].subkey;
                for (unsigned slot = 0; slot < 48; ++slot)
                    if ((subkey >> (47 - slot) & 1) != 0) bits_[round][slot] = half_bit(place);
            }
        }
    }
    std::uint64_t bit(unsigned round, unsigned slot) const { return bits_[round][slot]; }
    std::uint64_t of_box(unsigned round, unsigned box) const {
        std::uint64_t bits = 0;
        for (unsigned i = 0; i < 6; ++i) bits |= bit(round, 6 * (box - 1) + i);
        return bits;
    }

  private:
    std::array<std::array<std::uint64_t, 48>, 17> bits_{};
};

} // namespace

ConeBit as_halves(const ConeBit& bit, const des::Variant& variant) {
    unsigned place = bit.bit;
    switch (bit.value) {
        case Value::after_ip: return {Value::halves, 0, 0, place};
        case Value::output:
            if (variant.has_ip) place = des::fp_table[place - 1];
            [[fallthrough]];
        case Value::preoutput: // R_n L_n
            if (variant.final_swap) place = place <= 32 ? place + 32 : place - 32;
            return {Value::halves, variant.rounds, 0, place};
        default: return bit;
    }
}

unsigned bits_of(ConeBit::Value value) {
    switch (value) {
        case Value::expanded:
        case Value::mixed: return 48;
        case Value::sbox: return 4;
        case Value::p_out: return 32;
        default: return 64;
    }
}

Wiring::Wiring(const ConeBit& bit, const des::Variant& variant, Direction direction) {
    const SubkeyBits subkeys(variant, direction);
    const unsigned first = before(bit);
    // The bit's own round.
    unsigned box = bit.box;
    switch (bit.value) {
        case Value::expanded:
        case Value::mixed:
            back_[first] = right_bit(des::e_table[bit.bit - 1]);
            if (bit.value == Value::mixed) keys_[first] = subkeys.bit(bit.round, bit.bit - 1);
            forward_[bit.round] = outputs_of((bit.bit + 5) / 6, variant);
            break;
        case Value::p_out: box = box_of(bit.bit, variant); [[fallthrough]];
        case Value::sbox:
            back_[first] = inputs_of(box);
            keys_[first] = subkeys.of_box(bit.round, box);
            for (unsigned place = 1; place <= 32; ++place) {
                const unsigned from = variant.has_p ? des::p_table[place - 1] : place;
                const bool is = bit.value == Value::p_out ? place == bit.bit : from == 4 * (box - 1) + bit.bit;
                forward_[bit.round] |= is ? right_bit(place) : 0;
            }
            break;
        default: back_[first] = forward_[first] = half_bit(bit.bit); break;
    }
    for (unsigned n = first; n > 0; --n) {
        const std::uint64_t now = back_[n];
        std::uint64_t earlier = now >> 32 | now << 32; // L_n = R_(n-1), and R_n has L_(n-1) in it
        std::uint64_t keys = keys_[n];
        for (unsigned place = 1; place <= 32; ++place) {
            if ((now & right_bit(place)) == 0) continue;
            earlier |= inputs_of(box_of(place, variant));
            keys |= subkeys.of_box(n, box_of(place, variant));
        }
        back_[n - 1] = earlier;
        keys_[n - 1] = keys;
    }
    for (unsigned n = bit.round; n < variant.rounds; ++n) {
        const std::uint64_t now = forward_[n];
        std::uint64_t later = now >> 32 | now << 32;
        for (unsigned one = 1; one <= 8; ++one) {
            if ((now & inputs_of(one)) != 0) later |= outputs_of(one, variant);
        }
        forward_[n + 1] = later;
    }
}

} // namespace keyhole::lab
