// The list of --variant, written and read. Reading follows the list from left to right, so that an entry changes the
// box that was named before it; writing gives the shortest list, in one fixed order.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/spelling/whole_number.hpp"
#include "core/base/words.hpp"
#include "core/des/variant.hpp"

namespace keyhole::des {
namespace {

using Subkeys = Variant::Subkeys;

constexpr std::size_t longest_list = 8192; // every entry of every box takes 7100 characters
constexpr std::size_t single_entries_shown = 4;

constexpr std::array<std::string_view, 11> allowed = {"none",
                                                      "rounds=N",
                                                      "no-swap",
                                                      "no-ip",
                                                      "no-p",
                                                      "same-subkeys",
                                                      "reversed-subkeys",
                                                      "no-shifts",
                                                      "sboxN=S1 .. =S8",
                                                      "sboxN=linear, sboxN=FILE",
                                                      "sboxN[ROW,COLUMN]=VALUE"};

Error wrong_part(std::string_view part, const std::string& why) {
    return bad_input(fmt::format("--variant '{}' ({})", excerpt(part), why));
}

Error unknown_part(std::string_view part) {
    static constexpr std::array<std::string_view, 10> words = {"none", "rounds",       "no-swap",          "no-ip",
                                                               "no-p", "same-subkeys", "reversed-subkeys", "no-shifts",
                                                               "sbox", "linear"};
    return wrong_part(part,
                      fmt::format("there is no such change; {}a variant is a list, with commas, of {}",
                                  did_you_mean(part.substr(0, part.find_first_of("=[")), words), one_of(allowed)));
}

std::optional<unsigned> number_in(std::string_view text, unsigned lowest, unsigned highest) {
    const auto value = whole_number<unsigned>(text);
    return value && *value >= lowest && *value <= highest ? value : std::nullopt;
}

// Cut at the commas outside brackets.
std::vector<std::string_view> parts_of(std::string_view list) {
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    bool inside = false;
    for (std::size_t i = 0; i <= list.size(); ++i) {
        if (i < list.size() && list[i] == '[') inside = true;
        if (i < list.size() && list[i] == ']') inside = false;
        if (i < list.size() && (inside || list[i] != ',')) continue;
        out.push_back(trimmed(list.substr(begin, i - begin)));
        begin = i + 1;
    }
    return out;
}

// sbox3=.. or sbox3[1,2]=..; `rest` is what follows the name.
void change_box(Variant& variant, std::string_view part, std::string_view rest, const ReadBox& read_box) {
    const auto number = number_in(rest.substr(0, rest.find_first_of("[=")), 1, 8);
    if (!number) throw wrong_part(part, "the boxes are sbox1 to sbox8");
    SBox& box = variant.boxes[*number - 1];
    const std::size_t equals = rest.rfind('=');
    if (rest.size() > 1 && rest[1] == '[') {
        const std::size_t comma = rest.find(','), close = rest.find(']');
        const bool whole = comma != std::string_view::npos && comma < close && close + 1 == equals;
        const auto inside = [&](std::size_t from, std::size_t to) { return trimmed(rest.substr(from, to - from)); };
        const auto row = whole ? number_in(inside(2, comma), 0, 3) : std::nullopt;
        const auto column = whole ? number_in(inside(comma + 1, close), 0, 15) : std::nullopt;
        const auto value = whole ? number_in(inside(equals + 1, rest.size()), 0, 15) : std::nullopt;
        if (!row || !column || !value)
            throw wrong_part(part, fmt::format("write sbox{}[ROW,COLUMN]=VALUE: the row is 0 to 3, the column and the "
                                               "value are 0 to 15",
                                               *number));
        box[*row][*column] = static_cast<std::uint8_t>(*value);
        return;
    }
    const std::string_view word = rest.size() > 2 && rest[1] == '=' ? rest.substr(2) : std::string_view();
    if (word.empty())
        throw wrong_part(part,
                         fmt::format("say what takes its place: sbox{0}=S1 to =S8, sbox{0}=linear or a file", *number));
    if (same_word(word, "linear")) {
        box = linear_box();
    } else if (word.size() == 2 && lower_case(word[0]) == 's' && number_in(word.substr(1), 1, 8)) {
        box = s_boxes[static_cast<std::size_t>(word[1] - '1')];
    } else if (read_box) {
        box = parse_box(read_box(std::string(word)), word);
    } else {
        throw wrong_part(part, "here a box cannot come from a file; write S1 to S8, linear or single entries");
    }
}

// Without shifts all subkeys are alike, and when all are K1, no order of them is another: such a pair is one change.
Subkeys both(Subkeys a, Subkeys b) {
    for (const Subkeys stronger : {Subkeys::no_shifts, Subkeys::same, Subkeys::reversed}) {
        if (a == stronger || b == stronger) return stronger;
    }
    return Subkeys::standard;
}

void change(Variant& variant, std::string_view part, const ReadBox& read_box) {
    const auto is = [&](std::string_view word) { return same_word(part, word); };
    const auto begins = [&](std::string_view word) { return same_word(part.substr(0, word.size()), word); };
    if (begins("rounds=")) {
        const auto rounds = number_in(part.substr(7), 1, 16);
        if (!rounds) throw wrong_part(part, "rounds are 1 to 16");
        variant.rounds = *rounds;
    } else if (is("no-swap")) {
        variant.final_swap = false;
    } else if (is("no-ip")) {
        variant.has_ip = false;
    } else if (is("no-p")) {
        variant.has_p = false;
    } else if (is("same-subkeys")) {
        variant.subkeys = both(variant.subkeys, Subkeys::same);
    } else if (is("reversed-subkeys")) {
        variant.subkeys = both(variant.subkeys, Subkeys::reversed);
    } else if (is("no-shifts")) {
        variant.subkeys = both(variant.subkeys, Subkeys::no_shifts);
    } else if (begins("sbox")) {
        change_box(variant, part, part.substr(4), read_box);
    } else {
        throw unknown_part(part);
    }
}

// The shortest way from a box that has a name to this one.
struct BoxChange {
    std::string named;                // "sbox1=S5"; empty where the entries are those of the box's own place
    std::vector<std::string> entries; // "sbox1[0,3]=4"
};

BoxChange change_from(unsigned number, const SBox& base, std::string named, const SBox& box) {
    BoxChange out{.named = std::move(named), .entries = {}};
    for (std::size_t row = 0; row < box.size(); ++row) {
        for (std::size_t column = 0; column < box[row].size(); ++column) {
            if (box[row][column] == base[row][column]) continue;
            out.entries.push_back(fmt::format("sbox{}[{},{}]={}", number, row, column, box[row][column]));
        }
    }
    return out;
}

BoxChange shortest_change(unsigned number, const SBox& box) {
    if (box == s_boxes[number - 1]) return {};
    BoxChange best = change_from(number, s_boxes[number - 1], "", box);
    const auto offer = [&](BoxChange other) {
        if (other.entries.size() + 1 < best.entries.size() || (other.entries.empty() && best.entries.size() > 1))
            best = std::move(other);
    };
    for (unsigned other = 1; other <= 8; ++other)
        offer(change_from(number, s_boxes[other - 1], fmt::format("sbox{}=S{}", number, other), box));
    offer(change_from(number, linear_box(), fmt::format("sbox{}=linear", number), box));
    return best;
}

std::string written(const Variant& variant, std::size_t most_entries) {
    std::vector<std::string> parts;
    if (variant.rounds != 16) parts.push_back(fmt::format("rounds={}", variant.rounds));
    if (!variant.final_swap) parts.emplace_back("no-swap");
    if (!variant.has_ip) parts.emplace_back("no-ip");
    if (!variant.has_p) parts.emplace_back("no-p");
    if (variant.subkeys == Subkeys::same) parts.emplace_back("same-subkeys");
    if (variant.subkeys == Subkeys::reversed) parts.emplace_back("reversed-subkeys");
    if (variant.subkeys == Subkeys::no_shifts) parts.emplace_back("no-shifts");
    for (unsigned number = 1; number <= 8; ++number) {
        BoxChange change = shortest_change(number, variant.boxes[number - 1]);
        if (!change.named.empty()) parts.push_back(std::move(change.named));
        if (change.entries.size() > most_entries) {
            parts.push_back(fmt::format("sbox{}[{} entries]", number, change.entries.size()));
        } else {
            parts.insert(parts.end(), change.entries.begin(), change.entries.end());
        }
    }
    return parts.empty() ? "none" : fmt::format("{}", fmt::join(parts, ","));
}

} // namespace

std::string Variant::list() const { return written(*this, std::numeric_limits<std::size_t>::max()); }

std::string Variant::short_list() const { return written(*this, single_entries_shown); }

std::string Variant::mark() const { return is_des() ? std::string() : "not DES: " + short_list(); }

Variant parse_variant(std::string_view list, const ReadBox& read_box) {
    if (list.size() > longest_list)
        throw bad_input(fmt::format("--variant has {} (a list has at most {} characters; give whole boxes as files)",
                                    counted(list.size(), "character"), longest_list));
    Variant out;
    const std::vector<std::string_view> parts = parts_of(list);
    for (const std::string_view part : parts) {
        if (same_word(part, "none")) {
            if (parts.size() > 1) throw wrong_part(list, "none is DES itself and stands alone");
            continue;
        }
        change(out, part, read_box);
    }
    return out;
}

SBox parse_box(std::string_view text, std::string_view what) {
    constexpr std::string_view separators = " \t\r\n,;";
    std::vector<std::uint8_t> numbers;
    for (const std::string_view word : split(text, separators)) {
        if (word.empty()) continue;
        const auto number = number_in(word, 0, 15);
        if (!number)
            throw bad_input(fmt::format("'{}' in the S-box {} (its numbers are 0 to 15; give 4 rows of 16)",
                                        excerpt(word), excerpt(what)));
        numbers.push_back(static_cast<std::uint8_t>(*number));
    }
    if (numbers.size() != 64)
        throw bad_input(fmt::format("the S-box {} has {} (it needs 64; give 4 rows of 16)", excerpt(what),
                                    counted(numbers.size(), "number")));
    SBox box;
    for (std::size_t i = 0; i < numbers.size(); ++i) box[i / 16][i % 16] = numbers[i];
    return box;
}

} // namespace keyhole::des
