// What somebody typed into the go-to field, understood: words and numbers of addresses and headings ("message 2 pad",
// "sbox 3"), or a value in hex or decimal. Which steps the words can match is known from the kinds of steps alone, so
// that a search leaves out whole messages at a time.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/steps/step.hpp"

namespace keyhole {

class SearchQuery {
  public:
    SearchQuery() = default;
    explicit SearchQuery(std::string_view text);

    bool has_words() const { return !terms_.empty(); }
    bool has_value() const { return !hex_.empty() || decimal_.has_value(); }

    /// The words are those of this step: its own part of the address matches the last of them, the parts above it the
    /// others, in their order.
    bool matches(const Node& node) const;
    /// False where no step below this one can match.
    bool worth_entering(const Node& node) const;
    /// Among siblings that only differ in their number: the one number that can lead to a match; 0 where any can.
    std::uint64_t only_number(const Node& sibling) const;

    /// The value as a search result shows it ("right_in 0x77220045"), empty where it does not match.
    std::string match(const Value& value) const;
    /// The same question for plain bits, quickly.
    bool matches(std::uint64_t bits, unsigned width) const;

  private:
    static constexpr std::size_t kind_count = static_cast<std::size_t>(Kind::fp) + 1;
    struct Term {
        std::string word;
        std::uint64_t number = 0; // 0: any
        std::array<bool, kind_count> kinds{};
    };
    bool fits(const Term& term, const Part& part, bool top) const;
    bool can_fit(const Term& term, Kind kind) const;
    std::size_t read_along(const Node& node) const;
    bool possible_below(Kind kind, std::size_t read) const;
    bool matches_digits(std::string_view digits, std::size_t& at) const;

    std::vector<Term> terms_;
    std::string hex_;                     // upper-case digits
    std::string trimmed_;                 // the same without leading zeros
    std::uint64_t number_ = 0, mask_ = 0; // of hex_, where it has at most 16 digits
    std::optional<std::string> decimal_;
};

} // namespace keyhole
