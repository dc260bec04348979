#include "core/verify/cells/rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/bits.hpp"

namespace keyhole::verify {

void Rules::clear() {
    cells_.clear();
    broken_.reset();
    broken_rules_ = 0;
}

Term Rules::add(const Place& place, std::uint64_t value) {
    cells_.push_back({.place = place, .value = value, .expected = {}});
    return {value, static_cast<std::uint32_t>(cells_.size() - 1), {}};
}

Term Rules::from(std::uint64_t value, std::span<const Term* const> operands) {
    Term out{value, Term::none, {}};
    for (const Term* operand : operands) {
        if (operand->cell != Term::none) out.sources.push_back(operand->cell);
        out.sources.insert(out.sources.end(), operand->sources.begin(), operand->sources.end());
    }
    return out;
}

Term Rules::join(std::span<const Term> parts, unsigned bits) {
    std::uint64_t value = 0;
    std::vector<const Term*> operands;
    for (const Term& part : parts) {
        if (!part) return {};
        value = value << bits | *part;
        operands.push_back(&part);
    }
    return from(value, operands);
}

void Rules::judge(bool kept, const Term& term, bool reversible) {
    if (term.cell != Term::none) {
        cells_[term.cell].broken += kept ? 0 : 1;
        cells_[term.cell].proved += kept && reversible ? 1 : 0;
    }
    if (kept) return;
    for (const std::uint32_t source : term.sources) ++cells_[source].broken;
}

void Rules::could_be(const Term& term, std::uint64_t value) {
    if (term.cell == Term::none) return;
    Cell& cell = cells_[term.cell];
    if (!cell.expected) cell.expected = value;
    cell.expected_agree = cell.expected_agree && *cell.expected == value;
}

void Rules::remember(const Term& result, std::span<const Term* const> operands) {
    ++broken_rules_;
    if (broken_) return;
    broken_ = Broken{result.cell, {}};
    for (const Term* operand : operands) {
        if (operand->cell != Term::none) broken_->operands.push_back(operand->cell);
        broken_->operands.insert(broken_->operands.end(), operand->sources.begin(), operand->sources.end());
    }
}

void Rules::computed(const Term& result, std::uint64_t expected, std::initializer_list<const Term*> operands) {
    if (result.cell == Term::none) return;
    const bool kept = *result == expected;
    judge(kept, result, true);
    for (const Term* operand : operands) judge(kept, *operand, false);
    if (kept) return;
    could_be(result, expected);
    remember(result, {operands.begin(), operands.size()});
}

void Rules::reversible(const Term& result, std::uint64_t expected, const Term& operand,
                       std::uint64_t operand_expected) {
    if (result.cell == Term::none) return;
    const bool kept = *result == expected;
    judge(kept, result, true);
    judge(kept, operand, true);
    if (kept) return;
    could_be(result, expected);
    could_be(operand, operand_expected);
    const Term* const operands[] = {&operand};
    remember(result, operands);
}

void Rules::exclusive_or(const Term& result, const Term& a, const Term& b) {
    if (result.cell == Term::none || !a || !b) return;
    const std::uint64_t expected = *a ^ *b;
    const bool kept = *result == expected;
    for (const Term* term : {&result, &a, &b}) judge(kept, *term, true);
    if (kept) return;
    could_be(result, expected);
    could_be(a, *result ^ *b);
    could_be(b, *result ^ *a);
    const Term* const operands[] = {&a, &b};
    remember(result, operands);
}

void Rules::concatenation(const Term& whole, std::span<const Term> parts, unsigned bits, bool whole_is_result) {
    if (!whole) return;
    std::uint64_t joined = 0;
    bool all_known = true;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto place = static_cast<unsigned>(parts.size() - 1 - i) * bits;
        const std::uint64_t expected = *whole >> place & low_mask(bits);
        if (!parts[i]) {
            all_known = false;
            continue;
        }
        joined |= *parts[i] << place;
        if (whole_is_result || parts[i].cell == Term::none) continue;
        const bool kept = *parts[i] == expected;
        judge(kept, parts[i], true);
        if (kept) continue;
        could_be(parts[i], expected);
        const Term* const operands[] = {&whole};
        remember(parts[i], operands);
    }
    if (!all_known) return;
    const bool kept = joined == *whole;
    judge(kept, whole, true);
    if (!kept) could_be(whole, joined);
    if (!whole_is_result || whole.cell == Term::none) return;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto place = static_cast<unsigned>(parts.size() - 1 - i) * bits;
        const std::uint64_t expected = *whole >> place & low_mask(bits);
        judge(*parts[i] == expected, parts[i], true);
        if (*parts[i] != expected) could_be(parts[i], expected);
    }
    if (kept) return;
    std::vector<const Term*> operands;
    for (const Term& part : parts) operands.push_back(&part);
    remember(whole, operands);
}

Rules::Suspect Rules::result() const {
    const Cell& cell = cells_[broken_->result];
    return {cell.place, cell.value, cell.expected, cell.broken == broken_rules_};
}

std::vector<Rules::Suspect> Rules::suspects() const {
    std::vector<Suspect> out;
    if (!broken_) return out;
    const auto add = [&](std::uint32_t id) {
        const Cell& cell = cells_[id];
        out.push_back({cell.place, cell.value, cell.expected, cell.broken == broken_rules_});
    };
    // An operand may be written down wrongly where nothing proves it right and what should stand there fits all rules.
    std::vector<std::uint32_t> operands;
    for (const std::uint32_t id : broken_->operands) {
        const Cell& cell = cells_[id];
        if (cell.proved == 0 && cell.expected_agree && id != broken_->result) operands.push_back(id);
    }
    std::ranges::sort(operands);
    operands.erase(std::unique(operands.begin(), operands.end()), operands.end());
    const Cell& result = cells_[broken_->result];
    const auto most = std::ranges::max_element(operands, {}, [&](std::uint32_t id) { return cells_[id].broken; });
    const std::uint32_t elsewhere = most == operands.end() ? 0 : cells_[*most].broken;
    // What breaks another rule as well and alone explains both is the wrong one.
    if (elsewhere > result.broken || (elsewhere > 1 && result.proved > 0)) {
        std::erase_if(operands, [&](std::uint32_t id) { return cells_[id].broken < elsewhere; });
        for (const std::uint32_t id : operands) add(id);
        return out;
    }
    add(broken_->result);
    if (result.broken > 1 && result.proved == 0) return out;
    for (const std::uint32_t id : operands) add(id);
    return out;
}

std::string place_text(std::uint64_t message, std::optional<Direction> direction, const Place& place) {
    std::string out = fmt::format("message {}", message);
    if (direction && place.block != 0) out += fmt::format(", {}, block {}", name(*direction), place.block);
    if (place.round != 0 || place.block == 0) out += fmt::format(", round {}", place.round);
    if (place.box != 0) out += fmt::format(", box {}", place.box);
    return out;
}

namespace {

std::string in_words(const Place& place, std::uint64_t value) {
    return format_value(value, place.column.format, place.bytes);
}

// Cells of which one is wrong: "right_out should be 0x.., or left_in 0x..".
WrongCell doubtful(const std::vector<Rules::Suspect>& suspects, const std::string& where) {
    const Place& first = suspects.front().place;
    std::vector<std::string> names, choices;
    for (const Rules::Suspect& one : suspects) {
        const bool near = one.place.file == first.file && one.place.line == first.line;
        names.push_back((near ? "" : fmt::format("{}:{} ", *one.place.file, one.place.line)) +
                        std::string(one.place.column.name));
        choices.push_back(names.back() + (names.size() == 1 ? " should be " : " ") +
                          (one.expected ? in_words(one.place, *one.expected) : "another value"));
    }
    return doubt_about(
        *first.file, first.line,
        fmt::format("{} and {} do not fit together ({}): {}; nothing here tells which of them is wrong",
                    fmt::join(names.begin(), names.end() - 1, ", "), names.back(), where, fmt::join(choices, ", or ")));
}

} // namespace

void throw_suspect(const Rules& rules, std::uint64_t message, std::optional<Direction> direction,
                   const Explain& explain, const std::function<std::string(const Place&)>& remark) {
    const std::vector<Rules::Suspect> suspects = rules.suspects();
    if (suspects.empty()) return;
    const Rules::Suspect result = rules.result();
    const bool other_alone = suspects.size() == 1 && suspects[0].alone && !result.alone;
    const std::string cause = result.place.box != 0 && other_alone ? "" : explain(result.place, result.value);
    const Rules::Suspect& wrong = cause.empty() ? suspects.front() : result;
    const std::string where = place_text(message, direction, wrong.place) + (remark ? remark(wrong.place) : "");
    if (suspects.size() > 1 && cause.empty()) throw doubtful(suspects, where);
    throw WrongCell{.file = *wrong.place.file,
                    .line = wrong.place.line,
                    .column = std::string(wrong.place.column.name),
                    .value = in_words(wrong.place, wrong.value),
                    .expected = wrong.expected ? in_words(wrong.place, *wrong.expected) : std::string(),
                    .where = where,
                    .cause = cause};
}

} // namespace keyhole::verify
