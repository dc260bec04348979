#include "core/lab/cone/cone.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>

#include "core/base/bits.hpp"
#include "core/lab/cone/cone_wiring.hpp"

namespace keyhole::lab {
namespace {

using Value = ConeBit::Value;

// The rounds as they are computed, with a place where one bit may be turned over.
class Machine {
  public:
    Machine(des::Block key, const des::Variant& variant, Direction direction)
        : schedule_(des::key_schedule(key, variant)), variant_(variant), direction_(direction) {}

    // Halves after a round from those before it; the bit of the round that is asked for is turned over.
    std::uint64_t round(unsigned number, std::uint64_t halves, const ConeBit* turned, std::uint64_t* seen,
                        const ConeBit* asked) const {
        const auto left = static_cast<std::uint32_t>(halves >> 32), right = static_cast<std::uint32_t>(halves);
        const auto pass = [&](Value value, std::uint64_t is, unsigned width, unsigned first = 1) {
            const auto here = [&](const ConeBit& bit) { return bit.round == number && bit.value == value; };
            if (turned != nullptr && here(*turned)) is ^= std::uint64_t{1} << (width - (first - 1) - turned->bit);
            if (asked != nullptr && here(*asked)) *seen = bit_at(is, width, first - 1 + asked->bit);
            return is;
        };
        const std::uint64_t expanded = pass(Value::expanded, des::expansion(right), 48);
        const std::uint64_t subkey = schedule_.rounds[des::subkey_number(number, direction_, variant_) - 1].subkey;
        const std::uint64_t mixed = pass(Value::mixed, expanded ^ subkey, 48);
        std::uint64_t outputs = 0;
        for (unsigned box = 1; box <= 8; ++box) {
            const auto six = static_cast<std::uint8_t>(bit_slice(mixed, 48, 6 * box - 5, 6));
            outputs = outputs << 4 | des::select(box, six, variant_).output;
        }
        const unsigned box = turned != nullptr && turned->value == Value::sbox ? turned->box
                             : asked != nullptr && asked->value == Value::sbox ? asked->box
                                                                               : 1;
        outputs = pass(Value::sbox, outputs, 32, 4 * box - 3);
        const std::uint64_t p_out =
            pass(Value::p_out, des::permutation(static_cast<std::uint32_t>(outputs), variant_), 32);
        return pass(Value::halves, std::uint64_t{right} << 32 | (left ^ p_out), 64);
    }

    // The bit that is asked for, from the halves after round `from` on.
    bool bit(const ConeBit& asked, unsigned from, std::uint64_t halves) const {
        std::uint64_t seen = 0;
        if (asked.round <= from) return bit_at(halves, 64, asked.bit) != 0;
        for (unsigned n = from + 1; n <= asked.round; ++n) halves = round(n, halves, nullptr, &seen, &asked);
        return seen != 0;
    }

  private:
    des::KeySchedule schedule_;
    const des::Variant& variant_;
    Direction direction_;
};

// Bit 1 to 64 of a block, a key or the halves.
std::uint64_t mask_of(unsigned number) { return std::uint64_t{1} << (64 - number); }

} // namespace

ConeMap cone_map(const ConeBit& bit, des::Block input, des::Block key, const des::Variant& variant,
                 Direction direction) {
    const ConeBit at = as_halves(bit, variant);
    const Machine machine(key, variant, direction);
    const Wiring wiring(at, variant, direction);
    std::array<std::uint64_t, 17> halves{des::initial_permutation(input, variant)};
    for (unsigned n = 1; n <= variant.rounds; ++n)
        halves[n] = machine.round(n, halves[n - 1], nullptr, nullptr, nullptr);
    const bool is = machine.bit(at, 0, halves[0]);
    ConeMap map{.forward = at.round, .can = {}, .does = {}};
    for (unsigned n = 0; n < at.round; ++n) {
        std::uint64_t does = 0;
        for (unsigned i = 1; i <= 64; ++i) does |= machine.bit(at, n, halves[n] ^ mask_of(i)) != is ? mask_of(i) : 0;
        map.can.push_back(wiring.halves(n));
        map.does.push_back(does);
    }
    std::uint64_t turned = at.value == Value::halves
                               ? halves[at.round] ^ mask_of(at.bit)
                               : machine.round(at.round, halves[at.round - 1], &at, nullptr, nullptr);
    for (unsigned n = at.round; n <= variant.rounds; ++n) {
        if (n > at.round) turned = machine.round(n, turned, nullptr, nullptr, nullptr);
        map.can.push_back(wiring.halves_forward(n));
        map.does.push_back(turned ^ halves[n]);
    }
    return map;
}

std::vector<ConeRow> cone_of(const ConeBit& bit, des::Block input, des::Block key, const des::Variant& variant,
                             Direction direction) {
    const ConeBit at = as_halves(bit, variant);
    const Machine machine(key, variant, direction);
    const Wiring wiring(at, variant, direction);
    const ConeMap map = cone_map(bit, input, key, variant, direction);
    const auto row = [&](const char* kind, unsigned n) {
        return ConeRow{kind, n, static_cast<unsigned>(std::popcount(map.can[n])),
                       static_cast<unsigned>(std::popcount(map.does[n]))};
    };
    std::vector<ConeRow> rows;
    for (unsigned n = 0; n <= before(at); ++n) rows.push_back(row("back", n));

    std::uint64_t halves = des::initial_permutation(input, variant);
    const bool is = machine.bit(at, 0, halves);
    const std::uint64_t entered = halves;
    std::vector<Machine> others; // under each key with one bit turned over
    std::vector<unsigned> numbers;
    for (unsigned number = 1; number <= 64; ++number) {
        if (number % 8 == 0) continue;
        others.emplace_back(key ^ mask_of(number), variant, direction);
        numbers.push_back(number);
    }
    for (unsigned n = 0; n <= before(at); ++n) {
        if (n > 0) halves = machine.round(n, halves, nullptr, nullptr, nullptr);
        ConeRow by_key{"back_key", n, static_cast<unsigned>(std::popcount(wiring.key_bits_after(n))), 0};
        for (const Machine& other : others) by_key.does += other.bit(at, n, halves) != is ? 1 : 0;
        rows.push_back(by_key);
    }
    for (unsigned n = at.round; n <= variant.rounds; ++n) rows.push_back(row("forward", n));
    for (unsigned i = 1; i <= 64; ++i) {
        const std::uint64_t flipped = des::initial_permutation(mask_of(i), variant);
        rows.push_back({"text", i, (wiring.halves(0) & flipped) != 0 ? 1U : 0U,
                        machine.bit(at, 0, entered ^ flipped) != is ? 1U : 0U});
    }
    for (std::size_t i = 0; i < others.size(); ++i) {
        rows.push_back({"key", numbers[i], (wiring.key_bits_after(0) & mask_of(numbers[i])) != 0 ? 1U : 0U,
                        others[i].bit(at, 0, entered) != is ? 1U : 0U});
    }
    return rows;
}

std::string cone_csv(const std::vector<ConeRow>& rows) {
    std::string csv = "kind,number,can,does\r\n";
    for (const ConeRow& row : rows) csv += fmt::format("{},{},{},{}\r\n", row.kind, row.number, row.can, row.does);
    return csv;
}

} // namespace keyhole::lab
