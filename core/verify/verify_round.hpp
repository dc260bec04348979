// The rules of the rounds and S-boxes of one block, in the order in which DES computes (FIPS 46-3, "Enciphering").
#pragma once

#include <array>
#include <vector>

#include "core/verify/block_rows.hpp"
#include "core/verify/cells/rules.hpp"
#include "core/verify/verify_subkeys.hpp"

namespace keyhole::verify {

/// The columns of rounds.csv, of which the first four say where the row belongs.
const std::vector<Column>& round_columns();
inline constexpr std::size_t first_round_value = 4;

class RoundRules {
  public:
    RoundRules(const BlockContext& context, const BlockRows& rows, Rules& rules)
        : context_(context), rows_(rows), rules_(rules) {}

    /// All rounds. `after_ip` and `key` are unknown without blocks.csv.
    void add(const Term& after_ip, const Term& key, const SubkeyPlan& plan);

    /// R16 and L16 (of fewer rounds the last halves) where all rounds are there; else unknown.
    const Term& left() const { return last_[left_out]; }
    const Term& right() const { return last_[right_out]; }

    /// How a wrong value in rounds.csv or sboxes.csv came about.
    Causes explain(const Place& place) const;

  private:
    using RoundTerms = std::array<Term, round_values>;

    RoundTerms cells(unsigned n);
    void enter(unsigned n, RoundTerms& row, const Term& after_ip);
    void check_subkey(unsigned n, RoundTerms& row, const Term& key, const SubkeyPlan& plan);
    void add_boxes(unsigned n, RoundTerms& row);
    void add_box(unsigned n, unsigned box, const Term& mixed, Term& input, Term& output);
    void leave(RoundTerms& row);

    const BlockContext& context_;
    const BlockRows& rows_;
    Rules& rules_;
    RoundTerms last_;
    std::vector<RoundSight> sights_; // what is known of each round, for the explanations
};

} // namespace keyhole::verify
