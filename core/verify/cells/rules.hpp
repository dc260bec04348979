// Finds the one cell to blame. A rule says how a cell is computed from others. When rules are violated, the suspect is
// that cell of the first violated rule for which the largest share of its other rules is violated, too. This tells a
// value that was computed wrongly and then used from one that was only written down wrongly.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/des/des.hpp"
#include "core/verify/cells/table.hpp"

namespace keyhole::verify {

/// Where a cell stands; put into words only when it is wrong.
struct Place {
    const std::string* file = nullptr;
    std::uint64_t line = 0;
    Column column{};
    std::uint64_t block = 0;     // 0: in the key schedule
    unsigned round = 0, box = 0; // 0: none
    unsigned bytes = 8;          // of a value written as octets
};

class Rules {
  public:
    using Id = std::uint32_t;

    void clear();

    Id add(const Place& place, std::uint64_t value);
    std::uint64_t value(Id cell) const { return cells_[cell].value; }

    /// `result` must be `expected`, which was computed from `operands`.
    void computed(Id result, std::uint64_t expected, std::span<const Id> operands);
    void computed(Id result, std::uint64_t expected, std::initializer_list<Id> operands) {
        computed(result, expected, std::span(operands.begin(), operands.size()));
    }
    /// The same where the operand could be computed back from the result as well.
    void reversible(Id result, std::uint64_t expected, Id operand, std::uint64_t operand_expected);
    void equal(Id result, Id operand) { reversible(result, value(operand), operand, value(result)); }
    /// result = a xor b
    void exclusive_or(Id result, Id a, Id b);
    /// whole = high and low, 32 bits each. The whole is the result, or else the halves are.
    void halves(Id whole, Id high, Id low, bool whole_is_result);
    /// whole = the parts one after the other, `bits` wide each. The whole is the result, or else the parts are.
    void concatenation(Id whole, std::span<const Id> parts, unsigned bits, bool whole_is_result);
    /// The cell must have this value, whatever the others say.
    void fixed(Id cell, std::uint64_t expected) { computed(cell, expected, std::span<const Id>{}); }

    /// The cell to blame when a rule is violated.
    struct Suspect {
        Place place;
        std::uint64_t value = 0;
        std::optional<std::uint64_t> expected;
    };
    std::optional<Suspect> suspect() const;

  private:
    struct Cell {
        Place place;
        std::uint64_t value = 0;
        std::uint32_t violated = 0, kept = 0;
        std::optional<std::uint64_t> expected; // by the first violated rule that can tell
    };
    void judge(bool kept, std::span<const Id> cells);
    void remember(Id result, std::span<const Id> others);
    void expect(Id cell, std::uint64_t value);

    std::vector<Cell> cells_;
    std::vector<Id> first_violated_; // its cells, the result first
};

/// "message 1, encrypt, block 2, round 5, box 3"; what is not there is left out.
std::string place_text(std::uint64_t message, std::optional<Direction> direction, const Place& place);

/// Throws the WrongCell when a rule is violated.
void throw_suspect(const Rules& rules, std::uint64_t message, std::optional<Direction> direction);

} // namespace keyhole::verify
