// Finds the one cell to blame. A rule says how a cell is computed from others. When rules are broken, one of the cells
// of the first broken rule is wrong: its result was computed wrongly, or one of its cells was only written down
// wrongly. A cell that keeps a rule which every change of it would break is proved right by the cell beside it. Where
// more than one explanation is left, none is chosen.
#pragma once

#include <cstdint>
#include <functional>
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

/// A value that stands in a cell, was computed from other cells because its column is missing, or is not known.
struct Term {
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    std::optional<std::uint64_t> value;
    std::uint32_t cell = none;
    std::vector<std::uint32_t> sources; // the cells that it was computed from

    explicit operator bool() const { return value.has_value(); }
    std::uint64_t operator*() const { return *value; }
};

/// Whoever can tell how a wrong value came about, in words; empty where nobody can.
using Explain = std::function<std::string(const Place&, std::uint64_t value)>;

class Rules {
  public:
    void clear();

    /// A cell.
    Term add(const Place& place, std::uint64_t value);
    /// A value without a cell; unknown where one of the operands is.
    template <class F>
    static Term derive(F value, std::initializer_list<const Term*> operands) {
        for (const Term* operand : operands) {
            if (!*operand) return {};
        }
        return from(value(), {operands.begin(), operands.size()});
    }
    /// The parts one after the other, `bits` wide each.
    static Term join(std::span<const Term> parts, unsigned bits);

    // A rule whose result stands in no cell, or of which a value is not known, says nothing.

    /// `result` must be `expected`, which was computed from `operands`.
    void computed(const Term& result, std::uint64_t expected, std::initializer_list<const Term*> operands);
    /// The same where the operand could be computed back from the result as well.
    void reversible(const Term& result, std::uint64_t expected, const Term& operand, std::uint64_t operand_expected);
    void equal(const Term& result, const Term& operand) {
        const bool same_cell = result.cell == operand.cell;
        if (result && operand && !same_cell) reversible(result, *operand, operand, *result);
    }
    /// result = a xor b
    void exclusive_or(const Term& result, const Term& a, const Term& b);
    /// whole = the parts one after the other, `bits` wide each. The whole is the result, or else the parts are.
    void concatenation(const Term& whole, std::span<const Term> parts, unsigned bits, bool whole_is_result);
    /// The cell must have this value, whatever the others say.
    void fixed(const Term& cell, std::uint64_t expected) { computed(cell, expected, {}); }

    /// Where a rule is broken because this cell is written down wrongly, it should be that.
    void could_be(const Term& cell, std::uint64_t value);

    /// A cell that may be the wrong one, and what it should then be, where that can be told.
    struct Suspect {
        Place place;
        std::uint64_t value = 0;
        std::optional<std::uint64_t> expected;
        bool alone = false; // it explains every broken rule
    };
    /// The result of the first broken rule; only where one is broken.
    Suspect result() const;
    /// The cells that may be the wrong one: the result of the first broken rule first where it may be. Empty when no
    /// rule is broken.
    std::vector<Suspect> suspects() const;

  private:
    struct Cell {
        Place place;
        std::uint64_t value = 0;
        std::uint32_t broken = 0;              // rules
        std::uint32_t proved = 0;              // rules kept that any other value of the cell would break
        std::optional<std::uint64_t> expected; // by the first broken rule that can tell
        bool expected_agree = true;            // every broken rule that can tell expects the same
    };
    struct Broken {
        std::uint32_t result;
        std::vector<std::uint32_t> operands;
    };

    static Term from(std::uint64_t value, std::span<const Term* const> operands);
    void judge(bool kept, const Term& term, bool reversible);
    void remember(const Term& result, std::span<const Term* const> operands);

    std::vector<Cell> cells_;
    std::optional<Broken> broken_; // the first
    std::uint32_t broken_rules_ = 0;
};

/// "message 1, encrypt, block 2, round 5, box 3"; what is not there is left out.
std::string place_text(std::uint64_t message, std::optional<Direction> direction, const Place& place);

/// Throws the WrongCell when a rule is broken. `explain` tells the causes, and decides for a result that it explains;
/// not for the few bits of an S-box, which a slip may fit by chance, where another cell alone explains all.
/// `remark` is what is to be said of a place behind its name: "; taken for cbc".
void throw_suspect(const Rules& rules, std::uint64_t message, std::optional<Direction> direction,
                   const Explain& explain, const std::function<std::string(const Place&)>& remark = {});

} // namespace keyhole::verify
