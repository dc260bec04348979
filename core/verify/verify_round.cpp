#include "core/verify/verify_round.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bits.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/des/des.hpp"

namespace keyhole::verify {
namespace {

std::uint32_t narrow(std::uint64_t half) { return static_cast<std::uint32_t>(half); }

std::uint64_t substituted(std::uint64_t mixed_bits, const des::Variant& variant) {
    std::uint64_t out = 0;
    for (unsigned box = 1; box <= 8; ++box) {
        const auto input = static_cast<std::uint8_t>(bit_slice(mixed_bits, 48, 6 * box - 5, 6));
        out = out << 4 | des::select(box, input, variant).output;
    }
    return out;
}

// The inverse of E: every bit of R stands once among the middle four of a group of six.
std::uint64_t unexpanded(std::uint64_t bits) {
    std::uint64_t out = 0;
    for (unsigned group = 0; group < 8; ++group) out = out << 4 | bit_slice(bits, 48, 6 * group + 2, 4);
    return out;
}

} // namespace

const std::vector<Column>& round_columns() {
    using enum Format;
    static const std::vector<Column> all = columns(
        csv::rounds_header,
        {counter, direction, counter, counter, hex8, hex8, hex12, hex12, hex12, hex8, hex8, hex8, hex8}, {"round"});
    return all;
}

void RoundRules::add(const Term& after_ip, const Term& key, const SubkeyPlan& plan) {
    for (unsigned n = 1; n <= rows_.rounds.size(); ++n) {
        RoundTerms row = cells(n);
        enter(n, row, after_ip);
        if (row[right_in]) {
            const std::uint64_t made = des::expansion(narrow(*row[right_in]));
            if (row[expanded]) {
                rules_.reversible(row[expanded], made, row[right_in], unexpanded(*row[expanded]));
            } else {
                row[expanded] = Rules::derive([&] { return made; }, {&row[right_in]});
            }
        }
        check_subkey(n, row, key, plan);
        if (row[mixed]) {
            rules_.exclusive_or(row[mixed], row[expanded], row[subkey]);
        } else {
            row[mixed] = Rules::derive([&] { return *row[expanded] ^ *row[subkey]; }, {&row[expanded], &row[subkey]});
        }
        if (context_.sboxes_file != nullptr) add_boxes(n, row);
        leave(row);
        RoundSight sight{
            .values = {}, .subkey_before = {}, .subkey_after = {}, .round = n, .variant = context_.variant};
        for (std::size_t i = 0; i < round_values; ++i) sight.values[i] = row[i].value;
        if (n > 1) sight.subkey_before = sights_.back().values[subkey];
        if (n > 1) sights_.back().subkey_after = row[subkey].value;
        sights_.push_back(sight);
        last_ = std::move(row);
    }
    if (rows_.rounds.size() < context_.variant->rounds) last_ = {};
}

RoundRules::RoundTerms RoundRules::cells(unsigned n) {
    const RoundRow& row = rows_.rounds[n - 1];
    RoundTerms out;
    for (std::size_t i = 0; i < round_values; ++i) {
        if (!row.values[i]) continue;
        out[i] = rules_.add({.file = context_.rounds_file,
                             .line = row.line,
                             .column = round_columns()[first_round_value + i],
                             .block = rows_.block,
                             .round = n},
                            *row.values[i]);
    }
    return out;
}

// L and R come from the round before, at first from IP; R is also the left half that the round hands on.
void RoundRules::enter(unsigned n, RoundTerms& row, const Term& after_ip) {
    if (n > 1) {
        for (const auto& [in, out] : {std::pair(left_in, left_out), std::pair(right_in, right_out)}) {
            if (row[in]) {
                rules_.equal(row[in], last_[out]);
            } else {
                row[in] = last_[out];
            }
        }
    } else {
        const Term halves[] = {row[left_in], row[right_in]};
        rules_.concatenation(after_ip, halves, 32, false);
        if (!row[left_in]) row[left_in] = Rules::derive([&] { return *after_ip >> 32; }, {&after_ip});
        if (!row[right_in]) row[right_in] = Rules::derive([&] { return *after_ip & low_mask(32); }, {&after_ip});
    }
    if (!row[right_in]) row[right_in] = row[left_out];
}

void RoundRules::check_subkey(unsigned n, RoundTerms& row, const Term& key, const SubkeyPlan& plan) {
    const auto& expected = plan.expected[subkey_number(context_, n)];
    if (!expected) {
        const bool alike = des::subkey_source(context_.variant->subkeys, 2) == 1 ||
                           context_.variant->subkeys == des::Variant::Subkeys::no_shifts;
        if (alike && row[subkey] && last_[subkey]) rules_.equal(row[subkey], last_[subkey]);
        return;
    }
    const bool from_key = key && context_.schedule == nullptr;
    if (!row[subkey]) {
        row[subkey] = from_key ? Rules::derive([&] { return *expected; }, {&key}) : Term{expected, Term::none, {}};
    } else if (from_key && plan.doubts_key) {
        rules_.computed(row[subkey], *expected, {&key});
        if (plan.other_key && *row[subkey] != *expected) rules_.could_be(key, *plan.other_key);
    } else {
        rules_.fixed(row[subkey], *expected);
    }
}

void RoundRules::add_boxes(unsigned n, RoundTerms& row) {
    std::array<Term, 8> inputs, outputs;
    for (unsigned box = 1; box <= 8; ++box) add_box(n, box, row[mixed], inputs[box - 1], outputs[box - 1]);
    if (row[mixed]) {
        rules_.concatenation(row[mixed], inputs, 6, false);
    } else {
        row[mixed] = Rules::join(inputs, 6);
    }
    if (row[s_out]) {
        rules_.concatenation(row[s_out], outputs, 4, true);
    } else {
        row[s_out] = Rules::join(outputs, 4);
    }
}

void RoundRules::add_box(unsigned n, unsigned box, const Term& mixed_bits, Term& input, Term& output) {
    const SboxRow& there = rows_.rounds[n - 1].boxes[box - 1];
    const auto add = [&](const char* name, Format format, const std::optional<std::uint64_t>& value) {
        if (!value) return Term{};
        return rules_.add({.file = context_.sboxes_file,
                           .line = there.line,
                           .column = {name, format},
                           .block = rows_.block,
                           .round = n,
                           .box = box},
                          *value);
    };
    const auto six_of_mixed = [&] { return bit_slice(*mixed_bits, 48, 6 * box - 5, 6); };
    input = add("input", Format::bits6, there.cells.input);
    if (!input) input = Rules::derive(six_of_mixed, {&mixed_bits});
    Term row = add("row", Format::bits2, there.cells.row), column = add("column", Format::bits4, there.cells.column);
    output = add("output", Format::bits4, there.cells.output);
    if (input) {
        if (row) rules_.computed(row, outer_bits(*input), {&input});
        if (column) rules_.computed(column, inner_bits(*input), {&input});
        if (row && column && six_bits(*row, *column) != *input) rules_.could_be(input, six_bits(*row, *column));
    }
    if (!row) row = Rules::derive([&] { return outer_bits(*input); }, {&input});
    if (!column) column = Rules::derive([&] { return inner_bits(*input); }, {&input});
    if (!row || !column) return;
    const std::uint64_t chosen = des::select(box, six_bits(*row, *column), *context_.variant).output;
    if (output) {
        rules_.computed(output, chosen, {&row, &column});
    } else {
        output = Rules::derive([&] { return chosen; }, {&row, &column});
    }
}

void RoundRules::leave(RoundTerms& row) {
    const des::Variant& variant = *context_.variant;
    const auto permuted = [&](const Term& bits) { return std::uint64_t{des::permutation(narrow(*bits), variant)}; };
    if (row[mixed]) {
        const std::uint64_t made = substituted(*row[mixed], variant);
        if (row[s_out]) {
            rules_.computed(row[s_out], made, {&row[mixed]});
        } else {
            row[s_out] = Rules::derive([&] { return made; }, {&row[mixed]});
        }
    }
    if (row[p_out] && row[s_out]) {
        const std::uint64_t made = permuted(row[s_out]);
        const std::uint64_t back = variant.has_p ? unpermuted(*row[p_out]) : *row[p_out];
        rules_.reversible(row[p_out], made, row[s_out], *row[p_out] == made ? *row[s_out] : back);
    } else if (row[s_out]) {
        row[p_out] = Rules::derive([&] { return permuted(row[s_out]); }, {&row[s_out]});
    }
    if (row[left_out]) {
        rules_.equal(row[left_out], row[right_in]);
    } else {
        row[left_out] = row[right_in];
    }
    if (row[right_out]) {
        rules_.exclusive_or(row[right_out], row[left_in], row[p_out]);
    } else {
        row[right_out] = Rules::derive([&] { return *row[left_in] ^ *row[p_out]; }, {&row[left_in], &row[p_out]});
    }
}

Causes RoundRules::explain(const Place& place) const {
    const RoundSight& sight = sights_[place.round - 1];
    if (place.box == 0) {
        std::size_t column = 0;
        while (round_columns()[first_round_value + column].name != place.column.name) ++column;
        RoundSight whole = sight;
        whole.goes_around = std::ranges::any_of(
            sights_, [](const RoundSight& round) { return (round.values[expanded].value_or(0) & outermost) != 0; });
        return round_slips(static_cast<RoundValue>(column), whole);
    }
    BoxSights boxes, only_outputs, only_choices;
    for (unsigned box = 1; box <= 8; ++box) {
        BoxSight& one = boxes[box - 1] = rows_.rounds[place.round - 1].boxes[box - 1].cells;
        if (!one.input && sight.values[mixed]) one.input = bit_slice(*sight.values[mixed], 48, 6 * box - 5, 6);
        only_outputs[box - 1] = {.input = one.input, .row = {}, .column = {}, .output = one.output};
        only_choices[box - 1] = {.input = one.input, .row = one.row, .column = one.column, .output = {}};
    }
    const bool of_choice = place.column.name == "row" || place.column.name == "column";
    Causes out = sbox_slips(boxes, *context_.variant);
    if (out.empty() && place.column.name == "output") out = sbox_slips(only_outputs, *context_.variant);
    if (out.empty() && of_choice) out = sbox_slips(only_choices, *context_.variant);
    // A slip in one box alone: two bits may fit by chance, with what they led to they hardly do.
    const BoxSight& this_one = boxes[place.box - 1];
    if (out.empty() && of_choice && this_one.row && this_one.column && this_one.output)
        out = sbox_slips(place.box, this_one, *context_.variant);
    if (out.empty()) return out;
    const auto six = static_cast<std::uint8_t>(*boxes[place.box - 1].input);
    out.back() += fmt::format("; input {} is row {}, column {}, output {}", six, outer_bits(six), inner_bits(six),
                              des::select(place.box, six, *context_.variant).output);
    return out;
}

} // namespace keyhole::verify
