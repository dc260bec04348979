// The rules of one block stand in one class, in the order in which DES computes (FIPS 46-3): chaining, IP, sixteen
// rounds, the final permutation.
#include "core/verify/verify_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/bits.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/des/des_keys.hpp"

namespace keyhole::verify {
namespace {

using Id = Rules::Id;
using enum Format;

std::uint32_t substituted(std::uint64_t mixed_bits) {
    std::uint32_t out = 0;
    for (unsigned box = 1; box <= 8; ++box) {
        const auto input = static_cast<std::uint8_t>(bit_slice(mixed_bits, 48, 6 * box - 5, 6));
        out = out << 4 | des::select(box, input).output;
    }
    return out;
}

// The inverse of E: every bit of R stands once among the middle four of a group of six.
std::uint32_t unexpanded(std::uint64_t bits) {
    std::uint32_t out = 0;
    for (unsigned group = 0; group < 8; ++group) {
        out = out << 4 | static_cast<std::uint32_t>(bit_slice(bits, 48, 6 * group + 2, 4));
    }
    return out;
}

std::uint32_t unpermuted(std::uint32_t p) {
    std::uint32_t out = 0;
    for (unsigned i = 0; i < 32; ++i) {
        const std::uint32_t bit = std::uint32_t{1} << i;
        if ((des::permutation(bit) & p) != 0) out |= bit;
    }
    return out;
}

// The row and the column that six bits choose in an S-box, and back.
std::uint64_t outer_bits(std::uint64_t six) { return (six >> 4 & 2) | (six & 1); }
std::uint64_t inner_bits(std::uint64_t six) { return six >> 1 & 15; }
std::uint8_t six_bits(std::uint64_t row, std::uint64_t column) {
    return static_cast<std::uint8_t>((row >> 1 & 1) << 5 | (column & 15) << 1 | (row & 1));
}

struct BlockIds {
    Id key, input, chained, after_ip, preoutput, output;
};

class Builder {
  public:
    Builder(const BlockContext& context, const BlockRows& rows, Rules& rules)
        : context_(context), rows_(rows), rules_(rules) {}

    void build() {
        if (context_.row != nullptr) {
            add_block();
            key_rules();
            chaining_rules();
            rules_.reversible(block_.after_ip, des::initial_permutation(context_.row->chained), block_.chained,
                              des::final_permutation(context_.row->after_ip));
        }
        for (unsigned n = 1; n <= rows_.rounds.size(); ++n) {
            if (context_.rounds_file != nullptr) {
                round_rules(n);
            } else {
                for (unsigned box = 1; box <= 8; ++box) sbox_rules(n, box);
            }
        }
        if (context_.row != nullptr) end_rules();
    }

  private:
    void add_block() {
        const BlockRow& row = *context_.row;
        const auto add = [&](const char* column, Format format, std::uint64_t value) {
            return rules_.add({.file = context_.blocks_file,
                               .line = row.line,
                               .column = {column, format},
                               .block = row.block,
                               .bytes = row.input_bytes},
                              value);
        };
        block_ = {add("key", hex16, row.key),
                  add("input", octets, row.input),
                  add("chained", hex16, row.chained),
                  add("after_ip", hex16, row.after_ip),
                  add("preoutput", hex16, row.preoutput),
                  add("output", hex16, row.output)};
    }

    void key_rules() {
        rules_.fixed(block_.key, context_.pass->key);
        if (context_.schedule == nullptr) return;
        const ScheduleRow& start = context_.schedule->front();
        const std::uint64_t halves = std::uint64_t{start.c} << 28 | start.d;
        const bool kept = des::permuted_choice_1(context_.row->key) == halves;
        rules_.fixed(block_.key, kept ? context_.row->key : des::with_odd_parity(des::undo_permuted_choice_1(halves)));
    }

    void chaining_rules() {
        const BlockRow& row = *context_.row;
        const PassBlocks& pass = *context_.pass;
        if (pass.known != nullptr) {
            std::uint64_t expected = 0;
            for (std::size_t i = 8 * (row.block - 1); i < 8 * (row.block - 1) + row.input_bytes; ++i) {
                expected = expected << 8 | pass.known->input[i];
            }
            rules_.fixed(block_.input, expected);
        }
        if (makes_key_stream(pass.mode)) {
            if (context_.previous != nullptr)
                rules_.fixed(block_.chained, next_entering(pass.mode, *context_.previous));
            if (shifts_ciphertext(pass.mode) && row.block < context_.blocks_in_pass) input_in_register((&row)[1]);
            if (context_.previous == nullptr && pass.known != nullptr) rules_.fixed(block_.chained, pass.known->iv);
        } else if (pass.mode == Mode::ecb || row.direction == Direction::decrypt) {
            rules_.equal(block_.chained, block_.input);
        } else if (context_.previous != nullptr || pass.known != nullptr) {
            const std::uint64_t before = context_.previous != nullptr ? context_.previous->output : pass.known->iv;
            rules_.reversible(block_.chained, row.input ^ before, block_.input, row.chained ^ before);
        }
    }

    // In cfb the next block's register holds this one's ciphertext: where that register goes on rightly into its own
    // block, it proves the input.
    void input_in_register(const BlockRow& next) {
        const BlockRow& row = *context_.row;
        if (des::initial_permutation(next.chained) != next.after_ip) return;
        rules_.fixed(block_.input, row.input ^ next.chained ^ next_entering(context_.pass->mode, row));
    }

    void round_rules(unsigned n) {
        const RoundRow& row = rows_.rounds[n - 1];
        std::array<Id, 9> id{};
        for (std::size_t i = 0; i < 9; ++i) {
            id[i] = rules_.add({.file = context_.rounds_file,
                                .line = row.line,
                                .column = round_columns()[first_round_value + i],
                                .block = rows_.block,
                                .round = n},
                               row.values[i]);
        }
        const auto narrow = [&](RoundValue column) { return static_cast<std::uint32_t>(row.values[column]); };
        if (n > 1) {
            rules_.equal(id[left_in], last_[left_out]);
            rules_.equal(id[right_in], last_[right_out]);
        } else if (context_.row != nullptr) {
            rules_.halves(block_.after_ip, id[left_in], id[right_in], false);
        }
        rules_.reversible(id[expanded], des::expansion(narrow(right_in)), id[right_in],
                          unexpanded(row.values[expanded]));
        subkey_rules(n, id[subkey]);
        rules_.exclusive_or(id[mixed], id[expanded], id[subkey]);
        if (context_.sboxes_file != nullptr) sboxes_of_round(n, id[mixed], id[s_out]);
        rules_.computed(id[s_out], substituted(row.values[mixed]), {id[mixed]});
        rules_.reversible(id[p_out], des::permutation(narrow(s_out)), id[s_out], unpermuted(narrow(p_out)));
        rules_.equal(id[left_out], id[right_in]);
        rules_.exclusive_or(id[right_out], id[left_in], id[p_out]);
        last_ = id;
    }

    void subkey_rules(unsigned n, Id cell) {
        const unsigned number = context_.forwards ? n : 17 - n;
        if (context_.schedule != nullptr && context_.schedule->size() > number) {
            rules_.fixed(cell, (*context_.schedule)[number].subkey);
        } else if (context_.row != nullptr) {
            if (!from_key_) from_key_ = des::key_schedule(context_.row->key);
            rules_.computed(cell, from_key_->rounds[number - 1].subkey, {block_.key});
        } else if (context_.voted) {
            rules_.fixed(cell, context_.voted->rounds[number - 1].subkey);
        }
    }

    struct BoxIds {
        Id input, output;
    };

    BoxIds sbox_rules(unsigned n, unsigned box) {
        const SboxRow& row = rows_.rounds[n - 1].boxes[box - 1];
        const auto add = [&](const char* column, std::uint64_t value) {
            return rules_.add({.file = context_.sboxes_file,
                               .line = row.line,
                               .column = {column, decimal},
                               .block = rows_.block,
                               .round = n,
                               .box = box},
                              value);
        };
        const Id input = add("input", row.input), line = add("row", row.row), column = add("column", row.column),
                 output = add("output", row.output);
        rules_.computed(line, outer_bits(row.input), {input});
        rules_.computed(column, inner_bits(row.input), {input});
        rules_.computed(output, des::select(box, six_bits(row.row, row.column)).output, {line, column});
        return {input, output};
    }

    void sboxes_of_round(unsigned n, Id mixed_cell, Id s_out_cell) {
        std::array<Id, 8> inputs{}, outputs{};
        for (unsigned box = 1; box <= 8; ++box) {
            const BoxIds ids = sbox_rules(n, box);
            inputs[box - 1] = ids.input;
            outputs[box - 1] = ids.output;
        }
        rules_.concatenation(mixed_cell, inputs, 6, false);
        rules_.concatenation(s_out_cell, outputs, 4, true);
    }

    void end_rules() {
        const BlockRow& row = *context_.row;
        if (context_.rounds_file != nullptr && rows_.rounds.size() == 16) {
            rules_.halves(block_.preoutput, last_[right_out], last_[left_out], true);
        } else {
            const auto direction = context_.forwards ? Direction::encrypt : Direction::decrypt;
            const des::Block result = des::crypt(row.chained, des::key_schedule(row.key), direction);
            rules_.computed(block_.preoutput, des::initial_permutation(result), {block_.chained, block_.key});
        }
        rules_.reversible(block_.output, des::final_permutation(row.preoutput), block_.preoutput,
                          des::initial_permutation(row.output));
    }

    const BlockContext& context_;
    const BlockRows& rows_;
    Rules& rules_;
    BlockIds block_{};
    std::array<Id, 9> last_{};
    std::optional<des::KeySchedule> from_key_;
};

void check_ranges(const BlockContext& context, const BlockRows& rows) {
    if (context.sboxes_file == nullptr) return;
    for (unsigned n = 1; n <= rows.rounds.size(); ++n) {
        for (unsigned box = 1; box <= 8; ++box) {
            const SboxRow& row = rows.rounds[n - 1].boxes[box - 1];
            const auto check = [&](const char* column, std::uint64_t value, std::uint64_t most,
                                   std::uint64_t expected) {
                if (value <= most) return;
                const Place place{.file = context.sboxes_file, .block = rows.block, .round = n, .box = box};
                throw WrongCell{.file = *context.sboxes_file,
                                .line = row.line,
                                .column = column,
                                .value = format_value(value, decimal),
                                .expected = format_value(expected, decimal),
                                .where = place_text(rows.message, rows.direction, place)};
            };
            const std::uint8_t chosen = six_bits(row.row, row.column);
            check("input", row.input, 63, chosen);
            check("row", row.row, 3, outer_bits(row.input));
            check("column", row.column, 15, inner_bits(row.input));
            check("output", row.output, 15, des::select(box, chosen).output);
        }
    }
}

void check_input_length(const BlockContext& context) {
    if (context.row == nullptr) return;
    const BlockRow& row = *context.row;
    const bool last = row.block == context.blocks_in_pass;
    unsigned length = row.input_bytes;
    if (!last || !makes_key_stream(context.pass->mode)) length = 8;
    if (segment_bits(context.pass->mode) < 64) length = 1;
    if (context.pass->known != nullptr) {
        length =
            static_cast<unsigned>(std::min<std::uint64_t>(8, context.pass->known->input.size() - 8 * (row.block - 1)));
    }
    if (row.input_bytes == length && length > 0) return;
    throw WrongCell{.file = *context.blocks_file,
                    .line = row.line,
                    .column = "input",
                    .value = fmt::format("0x{:0{}X}", row.input, 2 * row.input_bytes),
                    .expected = fmt::format("{} bytes", length),
                    .where = place_text(row.message, row.direction, {.block = row.block})};
}

} // namespace

const std::vector<Column>& round_columns() {
    static const std::vector<Column> all =
        columns(csv::rounds_header,
                {decimal, direction, decimal, decimal, hex8, hex8, hex12, hex12, hex12, hex8, hex8, hex8, hex8});
    return all;
}

void check_block(const BlockContext& context, const BlockRows& rows, Rules& rules) {
    check_input_length(context);
    check_ranges(context, rows);
    rules.clear();
    Builder(context, rows, rules).build();
    throw_suspect(rules, rows.message, rows.direction);
}

} // namespace keyhole::verify
