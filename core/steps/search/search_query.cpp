#include "core/steps/search/search_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "core/steps/step_kinds.hpp"

namespace keyhole {
namespace {

constexpr std::size_t least_hex_digits = 4;      // fewer need their 0x, and must be the whole value
constexpr std::size_t searched_bytes = 16 << 10; // of one value; longer ones are searched block by block
constexpr std::size_t most_shown_digits = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// One of the heading's words begins with it ("expansion", "subkey"), hyphens left out ("sbox").
bool heads_a_word(std::string_view title, std::string_view word) {
    std::string plain;
    for (const char c : title) {
        if (c != '-') plain += lower_case(c);
    }
    for (std::size_t at = plain.find(word); at != std::string::npos; at = plain.find(word, at + 1)) {
        if (at == 0 || plain[at - 1] == ' ') return true;
    }
    return false;
}

std::uint64_t most_of(Kind kind) {
    switch (kind) {
        case Kind::round:
        case Kind::schedule_round: return 16;
        case Kind::sbox: return 8;
        default: return ~std::uint64_t{0};
    }
}

bool has_role(std::string_view word, Role role) { return word.size() >= 3 && name(role).starts_with(word); }

} // namespace

SearchQuery::SearchQuery(std::string_view text) {
    text = trimmed(text, " ");
    const bool marked = text.starts_with("0x") || text.starts_with("0X");
    const std::string hex = hex_digits(text).value_or("");
    if (!hex.empty() && (marked || (hex.size() >= least_hex_digits && hex == text))) {
        hex_ = upper_case(hex);
        trimmed_ = hex_.substr(std::min(hex_.find_first_not_of('0'), hex_.size() - 1));
        if (hex_.size() <= 16) {
            number_ = std::stoull(hex_, nullptr, 16);
            mask_ = hex_.size() == 16 ? ~std::uint64_t{0} : (std::uint64_t{1} << (4 * hex_.size())) - 1;
        }
    }
    if (!marked && !text.empty() && std::ranges::all_of(text, is_digit)) decimal_ = std::string(text);
    if (marked || decimal_) return;

    // Words of letters, each with the number that follows it. Whatever else is typed parts them.
    std::string plain;
    for (const char c : text) {
        if (c != '-') plain += lower_case(c);
    }
    for (std::size_t i = 0; i < plain.size();) {
        if (is_letter(plain[i])) {
            Term term;
            while (i < plain.size() && is_letter(plain[i])) term.word += plain[i++];
            terms_.push_back(std::move(term));
        } else if (is_digit(plain[i])) {
            std::uint64_t number = 0;
            while (i < plain.size() && is_digit(plain[i]))
                number = number * 10 + static_cast<unsigned>(plain[i++] - '0');
            if (terms_.empty() || terms_.back().number != 0) terms_.emplace_back();
            terms_.back().number = std::max<std::uint64_t>(number, 1);
        } else {
            ++i;
        }
    }
    for (Term& term : terms_) {
        for (std::size_t k = 1; k < kind_count; ++k) {
            const KindInfo& kind = info(static_cast<Kind>(k));
            const bool word = kind.word.starts_with(term.word) || heads_a_word(kind.title, term.word);
            const bool role = kind.of_party && (has_role(term.word, Role::server) || has_role(term.word, Role::client));
            const bool number = term.number == 0 || (kind.counted && term.number <= most_of(kind.kind));
            term.kinds[k] = number && (word || role);
        }
    }
}

bool SearchQuery::can_fit(const Term& term, Kind kind) const { return term.kinds[static_cast<std::size_t>(kind)]; }

bool SearchQuery::fits(const Term& term, const Part& part, bool top) const {
    if (!can_fit(term, part.kind)) return false;
    if (term.number != 0 && term.number != part.number) return false;
    const KindInfo& kind = info(part.kind);
    if (kind.word.starts_with(term.word) || heads_a_word(kind.title, term.word)) return true;
    return !top && has_role(term.word, part.role);
}

// How many terms but the last are read by the parts of the address, each part reading as many as fit it.
std::size_t SearchQuery::read_along(const Node& node) const {
    std::size_t read = 0;
    for (std::size_t i = 0; i < node.depth(); ++i) {
        while (read + 1 < terms_.size() && fits(terms_[read], node.part(i), i == 0)) ++read;
    }
    return read;
}

bool SearchQuery::matches(const Node& node) const {
    if (terms_.empty() || node.depth() == 0) return false;
    return fits(terms_.back(), node.last(), node.depth() == 1) && read_along(node) + 1 == terms_.size();
}

bool SearchQuery::possible_below(Kind kind, std::size_t read) const {
    for (const Kind below : kinds_below(kind)) {
        std::size_t further = read;
        while (further + 1 < terms_.size() && can_fit(terms_[further], below)) ++further;
        if (further + 1 == terms_.size() && can_fit(terms_.back(), below)) return true;
        if (possible_below(below, further)) return true;
    }
    return false;
}

bool SearchQuery::worth_entering(const Node& node) const {
    return !terms_.empty() && possible_below(node.kind(), read_along(node));
}

std::uint64_t SearchQuery::only_number(const Node& sibling) const {
    const std::size_t read = read_along(sibling.parent());
    const Term& term = terms_[read];
    if (term.number == 0 || !can_fit(term, sibling.kind()) || possible_below(sibling.kind(), read)) return 0;
    return term.number;
}

bool SearchQuery::matches_digits(std::string_view digits, std::size_t& at) const {
    if (hex_.size() >= least_hex_digits) {
        at = digits.find(hex_);
        return at != std::string_view::npos;
    }
    const std::size_t first = digits.find_first_not_of('0');
    at = first == std::string_view::npos ? digits.size() - 1 : first;
    return digits.substr(at) == trimmed_;
}

bool SearchQuery::matches(std::uint64_t bits, unsigned width) const {
    if (hex_.empty()) return false;
    if (hex_.size() < least_hex_digits) return bits == number_;
    if (hex_.size() > (width + 3) / 4) return false;
    for (std::size_t shift = 0; shift + 4 * hex_.size() <= 4 * std::size_t{(width + 3) / 4}; shift += 4) {
        if (((bits >> shift) & mask_) == number_) return true;
    }
    return false;
}

std::string SearchQuery::match(const Value& value) const {
    const auto named = [&](std::string_view text) { return fmt::format("{} {}", value.name, text); };
    if (decimal_ && std::holds_alternative<BigValue>(value.datum)) {
        if (decimal_text(value.datum) == *decimal_) return named(*decimal_);
    }
    if (hex_.empty()) return {};
    std::string digits;
    if (const auto* octets = std::get_if<Octets>(&value.datum)) {
        if (octets->text) return {};
        digits = to_hex(octets->view.first(std::min(octets->view.size(), searched_bytes)));
    } else {
        digits = prefixed_hex(value.datum);
        if (digits.size() > 2) digits.erase(0, 2);
    }
    std::size_t at = 0;
    if (digits.empty() || !matches_digits(digits, at)) return {};
    if (digits.size() <= most_shown_digits) return named("0x" + digits);
    // A long value shows the place.
    const std::size_t from = at > 2 ? at - 2 : 0;
    const std::size_t length = std::max(most_shown_digits - 2, std::min(hex_.size(), 2 * most_shown_digits));
    return named(fmt::format("{}{}{}", from > 0 ? ".." : "0x", digits.substr(from, length),
                             from + length < digits.size() ? ".." : ""));
}

} // namespace keyhole
