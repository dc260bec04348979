#include "core/verify/verify_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/bits.hpp"
#include "core/verify/block_checks.hpp"
#include "core/verify/slips/block_slip.hpp"
#include "core/verify/verify_round.hpp"

namespace keyhole::verify {
namespace {

class BlockRules {
  public:
    BlockRules(const BlockContext& context, const BlockRows& rows, Rules& rules)
        : context_(context), rules_(rules), rounds_(context, rows, rules) {}

    void build(const SubkeyPlan& plan) {
        if (context_.row != nullptr) {
            add_cells();
            chaining_rules();
            if (after_ip_ && chained_) {
                rules_.reversible(after_ip_, permuted(*chained_), chained_, permuted_back(*after_ip_));
            } else if (!after_ip_) {
                after_ip_ = Rules::derive([&] { return permuted(*chained_); }, {&chained_});
            }
        }
        rounds_.add(after_ip_, key_, plan);
        if (context_.row != nullptr) end_rules();
    }

    std::string explain(const Place& place, std::uint64_t value, const SubkeyPlan& plan) const {
        const std::string_view column = place.column.name;
        if (column == "subkey") return plan.cause.empty() ? subkey_of_another(place, value, plan) : plan.cause;
        if (place.round == 0)
            return joined(block_slips(column, place.block == context_.row->block ? sight() : sight_of_next()));
        Causes out;
        if (place.round == 1 && place.box == 0 && (column == "left_in" || column == "right_in")) {
            out = first_half_slips(column == "left_in", value, sight());
        }
        return joined(out.empty() ? rounds_.explain(place) : out);
    }

  private:
    // In one round alone.
    std::string subkey_of_another(const Place& place, std::uint64_t value, const SubkeyPlan& plan) const {
        const unsigned right = subkey_number(context_, place.round);
        for (unsigned number = 1; number <= 16; ++number) {
            if (number != right && plan.expected[number] == value) return fmt::format("it is K{}", number);
        }
        return {};
    }

    des::Block permuted(des::Block block) const { return des::initial_permutation(block, *context_.variant); }
    des::Block permuted_back(des::Block block) const { return des::final_permutation(block, *context_.variant); }

    void add_cells() {
        const BlockRow& row = *context_.row;
        const auto add = [&](const char* column, Format format, const std::optional<std::uint64_t>& value) {
            if (!value) return Term{};
            return rules_.add({.file = context_.blocks_file,
                               .line = row.line,
                               .column = {column, format},
                               .block = row.block,
                               .bytes = row.input_bytes},
                              *value);
        };
        key_ = add("key", Format::hex16, row.key);
        input_ = add("input", Format::octets, row.input);
        chained_ = add("chained", Format::hex16, row.chained);
        after_ip_ = add("after_ip", Format::hex16, row.after_ip);
        preoutput_ = add("preoutput", Format::hex16, row.preoutput);
        output_ = add("output", Format::hex16, row.output);
        if (!key_ && context_.pass->key) key_ = {context_.pass->key, Term::none, {}};
        if (const bool given = context_.pass->known != nullptr || context_.pass->count > 1; key_ && given) {
            rules_.fixed(key_, *context_.pass->key);
        }
    }

    void chaining_rules() {
        const BlockRow& row = *context_.row;
        const PassBlocks& pass = *context_.pass;
        if (pass.known != nullptr && input_) {
            std::uint64_t expected = 0;
            const std::size_t first = 8 * (row.block - 1), last = std::min(first + 8, pass.known->input.size());
            for (std::size_t i = first; i < last; ++i) expected = expected << 8 | pass.known->input[i];
            rules_.fixed(input_, expected);
        }
        std::optional<std::uint64_t> before; // what is chained with: the IV, or what the block before leaves
        if (context_.previous == nullptr && pass.known != nullptr) before = pass.known->iv;
        if (makes_key_stream(pass.mode)) {
            if (context_.previous != nullptr) before = next_entering(pass.mode, *context_.previous);
            key_stream_rules(before);
        } else if (pass.mode == Mode::ecb || row.direction == Direction::decrypt) {
            if (chained_) {
                rules_.equal(chained_, input_);
            } else {
                chained_ = input_;
            }
        } else {
            if (context_.previous != nullptr) before = context_.previous->leaving();
            if (!before || !input_) return;
            if (chained_) {
                rules_.reversible(chained_, *input_ ^ *before, input_, *chained_ ^ *before);
            } else {
                chained_ = Rules::derive([&] { return *input_ ^ *before; }, {&input_});
            }
        }
    }

    void key_stream_rules(const std::optional<std::uint64_t>& entering) {
        if (entering && chained_) rules_.fixed(chained_, *entering);
        if (entering && !chained_) chained_ = {*entering, Term::none, {}};
        if (context_.next == nullptr || !context_.next->chained) return;
        if (shifts_ciphertext(context_.pass->mode)) input_in_register(*context_.next);
        if (context_.pass->mode == Mode::ctr && !entering && chained_) counter_before(*context_.next);
    }

    // In cfb the next block's register holds this one's ciphertext: where that register goes on rightly into its own
    // block, it proves the input, or else the output that was joined to it. What differs before that segment comes from
    // this block's register.
    void input_in_register(const BlockRow& next) {
        const Mode mode = context_.pass->mode;
        const auto expected = next_entering(mode, *context_.row);
        if (!input_ || !expected || !next.after_ip || permuted(*next.chained) != *next.after_ip) return;
        const std::uint64_t differ = *next.chained ^ *expected;
        if ((differ & ~low_mask(segment_bits(mode))) != 0) return;
        const std::uint64_t right = *input_ ^ differ;
        if (context_.row->direction == Direction::decrypt) return rules_.fixed(input_, right);
        rules_.computed(input_, right, {output_ ? &output_ : &preoutput_});
    }

    // The counter of the next block proves the first one of ctr.
    void counter_before(const BlockRow& row) {
        const Term next = rules_.add(
            {.file = context_.blocks_file, .line = row.line, .column = {"chained", Format::hex16}, .block = row.block},
            *row.chained);
        rules_.reversible(next, *chained_ + 1, chained_, *next - 1);
    }

    void end_rules() {
        const des::Variant& variant = *context_.variant;
        std::array halves = {rounds_.right(), rounds_.left()};
        if (!variant.final_swap) std::swap(halves[0], halves[1]);
        if (halves[0] && halves[1]) {
            if (preoutput_) {
                rules_.concatenation(preoutput_, halves, 32, true);
            } else {
                preoutput_ = Rules::join(halves, 32);
            }
        } else if (chained_ && key_) {
            const auto direction = context_.forwards ? Direction::encrypt : Direction::decrypt;
            const auto through = [&](Direction way) {
                return permuted(des::crypt(*chained_, des::key_schedule(*key_, variant), variant, way));
            };
            const des::Block made = through(direction);
            made_ = made;
            made_back_ = through(context_.forwards ? Direction::decrypt : Direction::encrypt);
            if (preoutput_ && !block_slips("preoutput", sight()).empty()) {
                rules_.fixed(preoutput_, made); // 64 bits that a slip explains are no chance
            } else if (preoutput_) {
                rules_.computed(preoutput_, made, {&chained_, &key_});
            } else {
                preoutput_ = Rules::derive([&] { return made; }, {&chained_, &key_});
            }
        }
        if (!output_ || !preoutput_) return;
        rules_.reversible(output_, permuted_back(*preoutput_), preoutput_, permuted(*output_));
    }

    BlockSight sight() const {
        BlockSight out{.input = input_.value,
                       .chained = chained_.value,
                       .after_ip = after_ip_.value,
                       .preoutput = preoutput_.value,
                       .output = output_.value,
                       .input_before = {},
                       .chained_before = {},
                       .iv = {},
                       .left = rounds_.left().value,
                       .right = rounds_.right().value,
                       .made_back = made_back_,
                       .variant = context_.variant};
        if (made_) { // as the halves of the last round
            out.left = *made_ & low_mask(32);
            out.right = *made_ >> 32;
            if (!context_.variant->final_swap) std::swap(out.left, out.right);
        }
        if (context_.row != nullptr) {
            out.first = context_.row->block == 1;
            out.mode = context_.pass->mode;
            out.direction = context_.row->direction;
            out.iv = context_.pass->iv;
        }
        if (context_.previous != nullptr) {
            out.input_before = context_.previous->input;
            out.chained_before = context_.previous->chained;
        }
        return out;
    }

    // Of the block behind, what entered it.
    BlockSight sight_of_next() const {
        BlockSight out = sight();
        out.input_before = context_.row->input;
        out.chained_before = context_.row->chained;
        out.input = context_.next->input;
        out.chained = context_.next->chained;
        out.after_ip = out.preoutput = out.output = out.left = out.right = std::nullopt;
        out.first = false;
        return out;
    }

    const BlockContext& context_;
    Rules& rules_;
    RoundRules rounds_;
    Term key_, input_, chained_, after_ip_, preoutput_, output_;
    std::optional<std::uint64_t> made_,
        made_back_; // without rounds: by the key, and by its subkeys the other way round
};

// What is wrong with a chain is so in one mode only. Ecb and cbc decipher a block alike.
std::string taken_mode(const BlockContext& context, const Place& place) {
    const bool of_chain = place.round == 0 && (place.column.name == "chained" || place.column.name == "input");
    if (!of_chain || context.row == nullptr || context.pass->known != nullptr) return {};
    const Mode mode = context.pass->mode;
    const bool alike = !makes_key_stream(mode) && context.row->direction == Direction::decrypt;
    return alike ? "" : fmt::format("; taken for {}", name(mode));
}

} // namespace

SubkeyList subkeys_of(const BlockRows& rows, bool forwards, unsigned rounds) {
    SubkeyList out;
    for (std::size_t n = 1; n <= rows.rounds.size() && n <= rounds; ++n) {
        out[(forwards ? n : rounds + 1 - n) - 1] = rows.rounds[n - 1].values[subkey];
    }
    return out;
}

SubkeyList check_block(const BlockContext& context, const BlockRows& rows, Rules& rules) {
    check_cells(context, rows);
    SubkeyList known = context.agreed;
    std::optional<std::uint64_t> halves;
    if (context.schedule != nullptr) {
        for (std::size_t i = 1; i < context.schedule->size(); ++i) known[i - 1] = (*context.schedule)[i].subkey;
        halves = first_halves(*context.schedule);
    }
    std::optional<des::Block> key;
    if (context.row != nullptr) key = context.row->key ? context.row->key : context.pass->key;
    const SubkeyPlan plan =
        plan_subkeys(subkeys_of(rows, context.forwards, context.variant->rounds), known, halves, key, *context.variant);
    rules.clear();
    BlockRules block(context, rows, rules);
    block.build(plan);
    throw_suspect(
        rules, rows.message, rows.direction,
        [&](const Place& place, std::uint64_t value) { return block.explain(place, value, plan); },
        [&](const Place& place) { return taken_mode(context, place); });
    if (!plan.doubt.empty()) {
        throw doubt_about(
            *context.rounds_file, rows.rounds.front().line,
            fmt::format("{} ({})", plan.doubt, place_text(rows.message, rows.direction, {.block = rows.block})));
    }
    SubkeyList agreed;
    for (unsigned number = 1; plan.halves && number <= 16; ++number)
        agreed[number - 1] = subkey_of(*plan.halves, des::subkey_source(context.variant->subkeys, number));
    return agreed;
}

} // namespace keyhole::verify
