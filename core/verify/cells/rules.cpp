#include "core/verify/cells/rules.hpp"

#include <fmt/format.h>

namespace keyhole::verify {

void Rules::clear() {
    cells_.clear();
    first_violated_.clear();
}

Rules::Id Rules::add(const Place& place, std::uint64_t value) {
    cells_.push_back({.place = place, .value = value, .expected = {}});
    return static_cast<Id>(cells_.size() - 1);
}

void Rules::judge(bool kept, std::span<const Id> cells) {
    for (const Id id : cells) ++(kept ? cells_[id].kept : cells_[id].violated);
}

void Rules::expect(Id cell, std::uint64_t value) {
    if (!cells_[cell].expected) cells_[cell].expected = value;
}

void Rules::computed(Id result, std::uint64_t expected, std::span<const Id> operands) {
    const bool kept = value(result) == expected;
    judge(kept, {&result, 1});
    judge(kept, operands);
    if (kept) return;
    expect(result, expected);
    remember(result, operands);
}

void Rules::remember(Id result, std::span<const Id> others) {
    if (!first_violated_.empty()) return;
    first_violated_.push_back(result);
    first_violated_.insert(first_violated_.end(), others.begin(), others.end());
}

void Rules::halves(Id whole, Id high, Id low, bool whole_is_result) {
    const Id parts[] = {high, low};
    concatenation(whole, parts, 32, whole_is_result);
}

void Rules::concatenation(Id whole, std::span<const Id> parts, unsigned bits, bool whole_is_result) {
    std::uint64_t joined = 0;
    for (const Id part : parts) joined = joined << bits | value(part);
    const bool kept = joined == value(whole);
    judge(kept, {&whole, 1});
    judge(kept, parts);
    if (kept) return;
    Id first_different = whole;
    for (std::size_t i = parts.size(); i-- > 0;) {
        const auto place = static_cast<unsigned>(parts.size() - 1 - i) * bits;
        const std::uint64_t expected = value(whole) >> place & ((std::uint64_t{1} << bits) - 1);
        if (value(parts[i]) == expected) continue;
        expect(parts[i], expected);
        first_different = parts[i];
    }
    expect(whole, joined);
    if (whole_is_result) {
        remember(whole, parts);
    } else {
        const Id others[] = {whole};
        remember(first_different, others);
    }
}

void Rules::reversible(Id result, std::uint64_t expected, Id operand, std::uint64_t operand_expected) {
    computed(result, expected, {operand});
    if (value(result) != expected) expect(operand, operand_expected);
}

void Rules::exclusive_or(Id result, Id a, Id b) {
    const std::uint64_t expected = value(a) ^ value(b);
    computed(result, expected, {a, b});
    if (value(result) == expected) return;
    expect(a, value(result) ^ value(b));
    expect(b, value(result) ^ value(a));
}

std::optional<Rules::Suspect> Rules::suspect() const {
    if (first_violated_.empty()) return std::nullopt;
    // Shares of violated rules, compared crosswise; the first (the result) wins a tie.
    const Cell* worst = &cells_[first_violated_.front()];
    for (const Id id : first_violated_) {
        const Cell& cell = cells_[id];
        const auto here = std::uint64_t{cell.violated} * (worst->violated + worst->kept);
        const auto there = std::uint64_t{worst->violated} * (cell.violated + cell.kept);
        if (here > there) worst = &cell;
    }
    return Suspect{worst->place, worst->value, worst->expected};
}

std::string place_text(std::uint64_t message, std::optional<Direction> direction, const Place& place) {
    std::string out = fmt::format("message {}", message);
    if (direction && place.block != 0) out += fmt::format(", {}, block {}", name(*direction), place.block);
    if (place.round != 0 || place.block == 0) out += fmt::format(", round {}", place.round);
    if (place.box != 0) out += fmt::format(", box {}", place.box);
    return out;
}

void throw_suspect(const Rules& rules, std::uint64_t message, std::optional<Direction> direction) {
    const auto suspect = rules.suspect();
    if (!suspect) return;
    const Format format = suspect->place.column.format;
    const auto words = [&](std::uint64_t value) {
        return format == Format::octets ? fmt::format("0x{:0{}X}", value, 2 * suspect->place.bytes)
                                        : format_value(value, format);
    };
    throw WrongCell{.file = *suspect->place.file,
                    .line = suspect->place.line,
                    .column = std::string(suspect->place.column.name),
                    .value = words(suspect->value),
                    .expected = suspect->expected ? words(*suspect->expected) : std::string(),
                    .where = place_text(message, direction, suspect->place)};
}

} // namespace keyhole::verify
