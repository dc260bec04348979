#include "core/csv/csv_power.hpp"

#include <fmt/format.h>

#include "core/base/number_word.hpp"

namespace keyhole::csv {

std::vector<Operation> operations(const Recording& recording) {
    if (recording.power) {
        return {{"modexp", recording.power->base, recording.power->exponent, recording.power->modulus}};
    }
    std::vector<Operation> out;
    if (!recording.parameters) return out;
    const Parameters& parameters = *recording.parameters;
    for (const Role role : every_role) {
        const PartyRecord& party = recording.party(role);
        if (!party.private_key || !party.public_key) continue;
        out.push_back({fmt::format("keys/{}.public", name(role)), parameters.g, *party.private_key, parameters.p});
    }
    for (const Role role : every_role) {
        const PartyRecord& party = recording.party(role);
        const auto& peer_key = recording.party(other(role)).public_key;
        if (!party.private_key || !party.shared || !peer_key) continue;
        out.push_back({fmt::format("secret/{}.shared", name(role)), *peer_key, *party.private_key, parameters.p});
    }
    return out;
}

std::string power_row(std::string_view operation, std::uint64_t step, std::size_t bit_index, const PowerStep& bit,
                      bool multiply, std::size_t modulus_bits) {
    return fmt::format("{},{},{},{},{},{}\r\n", operation, step, bit_index, bit.bit, multiply ? "multiply" : "square",
                       number_cell(multiply ? *bit.multiplied : bit.squared, modulus_bits));
}

std::string number_cell(const Number& number, std::size_t modulus_bits) {
    constexpr std::uint64_t too_long = 1'000'000'000'000'000; // spreadsheets keep 15 digits
    return number < number_of(too_long) ? number.get_str() : to_prefixed_hex(number, modulus_bits);
}

std::uint64_t write_operation(FileWriter& out, const Operation& operation) {
    const PowerRecord power(operation.base, operation.exponent, operation.modulus);
    const std::size_t bits = bit_length(operation.modulus);
    std::uint64_t step = 0;
    for (std::size_t i = 1; i <= power.step_count(); ++i) {
        const PowerStep bit = power.step(i);
        out.write(power_row(operation.address, ++step, i, bit, false, bits));
        if (bit.multiplied) out.write(power_row(operation.address, ++step, i, bit, true, bits));
    }
    return step;
}

} // namespace keyhole::csv
