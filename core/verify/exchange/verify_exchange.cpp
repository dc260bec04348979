#include "core/verify/exchange/verify_exchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/csv/csv_exchange.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/steps/address.hpp"
#include "core/steps/trace.hpp"
#include "core/verify/cells/number_cell.hpp"
#include "core/verify/cells/table.hpp"
#include "core/verify/exchange/exchange_rows.hpp"
#include "core/verify/exchange/verify_exchange_facts.hpp"
#include "core/verify/exchange/verify_exchange_recording.hpp"

namespace keyhole::verify {
namespace {

Table open(const std::filesystem::path& path) {
    using enum Format;
    return {path, columns(csv::exchange_header, {counter, words, words, words, text},
                          {"step", "address", "party", "name", "value"})};
}

bool is_hex(std::string_view text) { return text.starts_with("0x") || text.starts_with("0X"); }

std::string upper_digits(std::string_view text) { return upper_case(without_prefix(text)); }

// Text must be the same; a number may be decimal or hex, and hex in any case, without 0x and then without its zeros.
bool same_value(std::string_view cell, const Datum& datum) {
    const std::string text = full_text(datum);
    if (cell == text || unguarded(cell) == text || csv::trimmed(cell) == text) return true;
    const auto* const octets = std::get_if<Octets>(&datum);
    if ((octets != nullptr && octets->text) || std::holds_alternative<Word>(datum)) return false;
    cell = csv::trimmed(cell);
    if (octets == nullptr && number_in_cell(cell) && number_in_cell(cell) == number_in_cell(text)) return true;
    if (!is_hex(text)) return false;
    const std::string there = upper_digits(cell), right = upper_digits(text);
    if (is_hex(cell) || there.size() == right.size()) return there == right;
    return !there.empty() && there.size() < right.size() &&
           right == std::string(right.size() - there.size(), '0') + there;
}

// As a spreadsheet does with 1E5, 007 and 1,50 unless the column is said to be text. It keeps 15 digits.
bool became_a_number(std::string_view text, std::string_view cell) {
    const auto as_number = [](std::string_view word) -> std::optional<double> {
        std::string digits(csv::trimmed(word));
        std::ranges::replace(digits, ',', '.');
        char* end = nullptr;
        const double value = std::strtod(digits.c_str(), &end);
        const bool whole = !digits.empty() && end == digits.c_str() + digits.size();
        return whole ? std::optional(value) : std::nullopt;
    };
    const auto before = as_number(text), after = as_number(cell);
    return before && after && std::abs(*before - *after) <= 1e-14 * std::abs(*before);
}

// What is wrong in a row that should be this value of this step.
std::optional<WrongCell> difference(const Table& table, std::uint64_t step, const Step& expected, const Value& value) {
    const std::string where = fmt::format("{}, {}", expected.address, value.name);
    if (table[step_at] != step) return table.wrong(step_at, fmt::to_string(step), where);
    if (table.text(address_at) != expected.address) return table.wrong(address_at, expected.address, where);
    const std::string_view party = expected.party ? name(*expected.party) : std::string_view();
    if (table.text(party_at) != party)
        return table.wrong(party_at, party.empty() ? "an empty cell" : std::string(party), where);
    if (table.text(name_at) != value.name) return table.wrong(name_at, std::string(value.name), where);
    if (same_value(table.text(value_at), value.datum)) return std::nullopt;
    WrongCell wrong = table.wrong(value_at, excerpt(full_text(value.datum), longest_quoted), where);
    const bool is_number = std::holds_alternative<BigValue>(value.datum);
    if (is_number && (has_exponent(table.text(value_at)) || has_only_15_digits(table.text(value_at)))) {
        wrong.cause = rounded_words;
    } else if (value.name == "text" && became_a_number(full_text(value.datum), table.text(value_at))) {
        wrong.cause = "a spreadsheet took the text for a number";
    }
    return wrong;
}

// A line is copied, not computed; but it must say what the steps around it say.
void check_line(const Table& table, const Recording& recording, const Node& node) {
    const MessageRecord& message = recording.messages[node.number(Kind::message) - 1];
    const bool sent = node.kind() == Kind::frame && message.sent;
    if (!sent && !message.received->plaintext && !is_overheard(recording)) return; // what was refused may say anything
    const LineContent expected(fmt::to_string(message.seq), sent ? message.sent->iv : message.received->iv,
                               sent ? message.sent->ciphertext : message.received->ciphertext);
    if (read_line(unguarded(table.text(value_at))) != expected)
        throw table.wrong(value_at, "a line with this message's seq, iv and ciphertext", address(node) + ", line");
}

// Each value of an exchange in the order of its rows, until `visit` returns false.
template <class Visit>
void each_value(const Trace& trace, Visit visit) {
    const StepTree& tree = trace.tree();
    std::uint64_t number = 1;
    std::optional<Node> node = tree.total() > 0 ? std::optional(tree.at_number(1)) : std::nullopt;
    while (node) {
        const Step step = trace.step(*node);
        for (const Value& value : step.values)
            if (!visit(number, *node, step, value)) return;
        const bool cut_off = node->kind() == Kind::block && node->last().number > blocks_listed_in_full;
        number += cut_off ? tree.size(*node) : 1;
        node = cut_off ? tree.next_over(*node) : tree.next(*node);
    }
}

void compare_all(Table& table, const Recording& recording) {
    const Trace trace(recording);
    each_value(trace, [&](std::uint64_t number, const Node& node, const Step& step, const Value& value) {
        if (table.at_end()) throw table.ends_early(fmt::format("{}, {}", step.address, value.name));
        if (auto wrong = difference(table, number, step, value)) throw WrongCell(*wrong);
        if (value.name == "line") check_line(table, recording, node);
        table.advance();
        return true;
    });
    if (!table.at_end()) throw table.wrong(step_at, "no more rows", std::string(table.text(address_at)));
}

std::uint64_t differing_rows(const std::filesystem::path& path, const Recording& recording) {
    Table table = open(path);
    const Trace trace(recording);
    std::uint64_t out = 0;
    each_value(trace, [&](std::uint64_t number, const Node&, const Step& step, const Value& value) {
        out += table.at_end() || difference(table, number, step, value) ? 1 : 0;
        if (!table.at_end()) table.advance();
        return true;
    });
    return out;
}

// An export has a row for each value of the exchange, or lost few of them; a table by hand has some.
bool is_an_export(const std::filesystem::path& path, const Recording& recording) {
    std::set<std::pair<std::string, std::string>, std::less<>> there;
    for (Table table = open(path); !table.at_end(); table.advance())
        there.emplace(table.text(address_at), table.text(name_at));
    std::uint64_t all = 0, found = 0;
    const Trace trace(recording);
    each_value(trace, [&](std::uint64_t, const Node&, const Step& step, const Value& value) {
        ++all;
        found += there.contains(std::pair(step.address, std::string(value.name))) ? 1 : 0;
        return true;
    });
    return 5 * found >= 4 * all;
}

// A whole exchange in which the mode or the key derivation is wrong everywhere: with those that most of its `rows` bear
// out, more than half of them.
std::optional<Recording> rebuilt_otherwise(const std::filesystem::path& path, std::uint64_t rows,
                                           const ExchangeFacts& facts, const des::Variant& variant) {
    std::optional<Recording> best;
    std::uint64_t least = (rows + 1) / 2;
    for (const Mode mode : {Mode::cbc, Mode::ecb, Mode::ctr}) {
        for (const dh::Kdf kdf : {dh::Kdf::sha256, dh::Kdf::low64}) {
            ExchangeFacts others = facts;
            others.settle("mode", std::string(name(mode)));
            others.settle("kdf", std::string(name(kdf)));
            auto recording = recording_from(others, variant);
            if (!recording) continue;
            const std::uint64_t differing = differing_rows(path, *recording);
            if (differing >= least) continue;
            least = differing;
            best = std::move(recording);
        }
    }
    return best;
}

} // namespace

Exchange check_exchange(const std::filesystem::path& path, const des::Variant& variant) {
    ExchangeFacts facts;
    std::uint64_t rows = 0;
    for (Table table = open(path); !table.at_end(); table.advance(), ++rows) {
        facts.add(table.text(address_at), table.text(party_at), table.text(name_at), unguarded(table.text(value_at)));
    }
    Exchange out{.file = {}, .recording = recording_from(facts, variant)};
    if (out.recording && !is_an_export(path, *out.recording)) {
        out.recording.reset();
    } else if (!out.recording) {
        out.recording = rebuilt_otherwise(path, rows, facts, variant);
    }
    Table table = open(path);
    std::uint64_t unknown = 0;
    if (out.recording) {
        compare_all(table, *out.recording);
    } else {
        unknown = check_rows(table, facts);
    }
    out.file = table.checked();
    out.file.unknown = unknown;
    return out;
}

std::vector<KnownPass> known_passes(const Exchange& exchange) {
    std::vector<KnownPass> out;
    if (!exchange.recording) return out;
    const Recording& recording = *exchange.recording;
    for (std::size_t i = 1; i <= recording.messages.size(); ++i) {
        for (const Direction direction : known_directions(recording, i)) {
            Bytes padded;
            const Pass pass = cipher_pass(recording, i, direction, padded);
            out.push_back({.message = i,
                           .direction = direction,
                           .mode = pass.mode,
                           .key = pass.schedule.key,
                           .iv = pass.iv,
                           .input = Bytes(pass.input.begin(), pass.input.end())});
        }
    }
    return out;
}

std::vector<csv::Operation> known_operations(const Exchange& exchange) {
    return exchange.recording ? csv::operations(*exchange.recording) : std::vector<csv::Operation>{};
}

} // namespace keyhole::verify
