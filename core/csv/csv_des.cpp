#include "core/csv/csv_des.hpp"

#include <algorithm>
#include <cassert>

#include "core/csv/csv_variant.hpp"
#include "core/fast/fast_des_record.hpp"
#include "core/fast/fast_des_tables.hpp"

namespace keyhole::csv {
namespace {

// No row of these files is longer: three decimal numbers of at most 20 digits, a stage and nine hex cells.
constexpr std::size_t longest_row = 256;

// `box,input,row,column,output` and the line end for every box and input: 512 ready pieces of at most 16 bytes.
struct SboxEndings {
    struct Piece {
        std::array<char, 16> text{};
        std::uint32_t size = 0;
    };
    std::array<std::array<Piece, 64>, 8> pieces;

    SboxEndings() {
        for (unsigned box = 1; box <= 8; ++box) {
            for (unsigned input = 0; input < 64; ++input) {
                const des::SboxTrace selected = des::select(box, static_cast<std::uint8_t>(input));
                Piece& piece = pieces[box - 1][input];
                Row row(piece.text.data());
                for (const unsigned cell : {box, input, unsigned{selected.row}, unsigned{selected.column}})
                    row.decimal(cell).comma();
                row.decimal(selected.output).line_end();
                piece.size = static_cast<std::uint32_t>(row.end() - piece.text.data());
            }
        }
    }
};

// What the rows of a block, and within it of a round, begin with: at most 64 bytes (two numbers of at most 20 digits, a
// stage, a round). It is copied with a size that the compiler knows, one to four moves instead of a call. That is more
// than it has, and the next piece of the row, for which there is always room, is written over the surplus.
class Prefix {
  public:
    Prefix(std::uint64_t message, Direction direction, std::uint64_t block) {
        const Row row = Row(text_.data()).decimal(message).comma().text(name(direction)).comma().decimal(block).comma();
        block_size_ = size_ = static_cast<std::size_t>(row.end() - text_.data());
    }
    void set_round(unsigned round) {
        const Row row = Row(text_.data() + block_size_).decimal(round).comma();
        size_ = static_cast<std::size_t>(row.end() - text_.data());
    }
    std::size_t size() const { return size_; }
    std::string_view text() const { return {text_.data(), size_}; }

    template <std::size_t Copied>
    char* copy_to(char* at) const {
        std::memcpy(at, text_.data(), Copied);
        return at + size_;
    }

  private:
    std::array<char, 64> text_{};
    std::size_t block_size_ = 0, size_ = 0;
};

// Behind its prefix a row of rounds.csv has a fixed layout: a template with zeros is copied, then the digits of each
// cell are written over them.
constexpr std::string_view round_template =
    "0x00000000,0x00000000,0x000000000000,0x000000000000,0x000000000000,0x00000000,0x00000000,0x00000000,"
    "0x00000000\r\n";

// Where in the template each cell's digits begin.
constexpr auto round_places = [] {
    std::array<std::size_t, 9> places{};
    std::size_t cell = 0;
    for (std::size_t at = 0; at < round_template.size(); ++at) {
        if (round_template[at] == 'x') places[cell++] = at + 1;
    }
    return places;
}();
constexpr std::size_t subkey_cell = 3;

// Twelve digits as two overlapping groups of eight.
inline void put_12_digits(char* at, std::uint64_t value) {
    put_8_digits(at, eight_hex_digits(static_cast<std::uint32_t>(value >> 16)));
    put_8_digits(at + 4, eight_hex_digits(static_cast<std::uint32_t>(value)));
}

// The templates of the sixteen rounds with their subkeys, which are the same for all blocks of a pass.
using RoundTemplates = std::array<std::array<char, round_template.size()>, 16>;
RoundTemplates templates_of(const Pass& pass) {
    RoundTemplates templates;
    for (unsigned round = 1; round <= 16; ++round) {
        char* const text = templates[round - 1].data();
        std::memcpy(text, round_template.data(), round_template.size());
        put_12_digits(text + round_places[subkey_cell],
                      pass.schedule.rounds[des::subkey_number(round, pass.cipher_direction()) - 1].subkey);
    }
    return templates;
}

using HalfDigits = std::array<std::uint64_t, 18>;

char* put_round(char* at, const RoundTemplates& templates, unsigned n, const des::fast::BlockRecord& record,
                const HalfDigits& digits, std::uint64_t subkey) {
    std::memcpy(at, templates[n - 1].data(), round_template.size());
    const std::uint64_t mixed = des::fast::gather_groups(record.mixed[n - 1]);
    const auto& place = round_places;
    put_8_digits(at + place[0], digits[n - 1]);
    put_8_digits(at + place[1], digits[n]);
    put_12_digits(at + place[2], mixed ^ subkey);
    put_12_digits(at + place[4], mixed);
    put_8_digits(at + place[5], eight_hex_digits(record.s_out(n)));
    put_8_digits(at + place[6], eight_hex_digits(record.p_out(n)));
    put_8_digits(at + place[7], digits[n]);
    put_8_digits(at + place[8], digits[n + 1]);
    return at + round_template.size();
}

// An ending is copied with all its 16 bytes, for the same reason as the prefix.
template <std::size_t Copied>
char* put_sboxes(char* at, const Prefix& prefix, const SboxEndings& endings, std::uint64_t mixed) {
    for (std::size_t box = 0; box < 8; ++box) {
        const SboxEndings::Piece& piece = endings.pieces[box][mixed >> (56 - 8 * box) & 63];
        at = prefix.copy_to<Copied>(at);
        std::memcpy(at, piece.text.data(), piece.text.size());
        at += piece.size;
    }
    return at;
}

Row& put_octets(Row& row, ByteView bytes) {
    row.text("0x");
    for (const std::uint8_t byte : bytes) row.text({hex_pairs[byte].data(), 2});
    return row;
}

// Where the next row of each file goes.
struct Places {
    char* blocks;
    char* rounds;
    char* sboxes;
};

// The rows of block `number`.
Places put_block(Places at, std::uint64_t message, const Pass& pass, std::uint64_t number,
                 const RoundTemplates& templates, const des::fast::BlockRecord& record) {
    static const SboxEndings endings;
    const Bytes input = pass.segment(number);
    Prefix prefix(message, pass.direction, number);

    Row block(at.blocks);
    block.text(prefix.text()).hex<16>(pass.schedule.key).comma();
    if (pass.mode == Mode::cfb1) {
        block.hex<1>(input.front());
    } else {
        put_octets(block, input);
    }
    block.comma().hex<16>(record.input).comma().hex<16>(record.after_ip).comma();
    block.hex<16>(record.preoutput).comma().hex<16>(record.output).line_end();
    at.blocks = block.end();

    HalfDigits digits; // each half appears in up to four cells
    for (std::size_t i = 0; i < digits.size(); ++i) digits[i] = eight_hex_digits(record.halves[i]);
    for (unsigned n = 1; n <= 16; ++n) {
        const std::uint64_t subkey = pass.schedule.rounds[des::subkey_number(n, pass.cipher_direction()) - 1].subkey;
        prefix.set_round(n);
        at.rounds = put_round(prefix.copy_to<64>(at.rounds), templates, n, record, digits, subkey);
        at.sboxes = prefix.size() <= 32 ? put_sboxes<32>(at.sboxes, prefix, endings, record.mixed[n - 1])
                                        : put_sboxes<64>(at.sboxes, prefix, endings, record.mixed[n - 1]);
    }
    return at;
}

char* put_schedule_row(char* at, std::uint64_t message, unsigned round, const des::KeySchedule& schedule) {
    const des::ScheduleRound& made = schedule.rounds[round == 0 ? 0 : round - 1];
    Row row(at);
    row.decimal(message).comma().decimal(round).comma().decimal(round == 0 ? 0 : made.shift).comma();
    row.hex<7>(round == 0 ? schedule.c0 : made.c).comma().hex<7>(round == 0 ? schedule.d0 : made.d).comma();
    if (round > 0) row.hex<12>(made.subkey);
    return row.line_end().end();
}

constexpr std::size_t rounds_room = 16 * longest_row, sboxes_room = 128 * longest_row;

} // namespace

void write_blocks(DesFiles files, std::uint64_t message, const Pass& pass, std::uint64_t first, std::uint64_t count) {
    assert(count <= blocks_at_once);
    if (!pass.variant.is_des()) {
        for (std::uint64_t i = 0; i < count; ++i) {
            const BlockRows rows = variant_rows(message, pass, first + i);
            files.blocks.write(rows.blocks);
            files.rounds.write(rows.rounds);
            files.sboxes.write(rows.sboxes);
        }
        return;
    }
    std::array<des::Block, blocks_at_once> chained;
    for (std::size_t i = 0; i < count; ++i) chained[i] = pass.chained(first + i);
    std::vector<des::fast::BlockRecord> records(count);
    des::fast::record(std::span(chained).first(count), des::fast::to_fast(pass.schedule), pass.cipher_direction(),
                      records);
    const RoundTemplates templates = templates_of(pass);
    for (std::size_t i = 0; i < count; ++i) {
        const Places end =
            put_block({files.blocks.room(longest_row), files.rounds.room(rounds_room), files.sboxes.room(sboxes_room)},
                      message, pass, first + i, templates, records[i]);
        files.blocks.advance(end.blocks);
        files.rounds.advance(end.rounds);
        files.sboxes.advance(end.sboxes);
    }
}

BlockRows block_rows(std::uint64_t message, const Pass& pass, std::uint64_t number) {
    if (!pass.variant.is_des()) return variant_rows(message, pass, number);
    const des::Block chained = pass.chained(number);
    des::fast::BlockRecord record;
    des::fast::record(std::span(&chained, 1), des::fast::to_fast(pass.schedule), pass.cipher_direction(),
                      std::span(&record, 1));
    BlockRows rows{std::string(longest_row, ' '), std::string(rounds_room, ' '), std::string(sboxes_room, ' ')};
    const Places end = put_block({rows.blocks.data(), rows.rounds.data(), rows.sboxes.data()}, message, pass, number,
                                 templates_of(pass), record);
    rows.blocks.resize(static_cast<std::size_t>(end.blocks - rows.blocks.data()));
    rows.rounds.resize(static_cast<std::size_t>(end.rounds - rows.rounds.data()));
    rows.sboxes.resize(static_cast<std::size_t>(end.sboxes - rows.sboxes.data()));
    return rows;
}

std::uint64_t write_schedule(FileWriter& out, std::uint64_t message, const des::KeySchedule& schedule) {
    for (unsigned round = 0; round <= 16; ++round)
        out.advance(put_schedule_row(out.room(longest_row), message, round, schedule));
    return 1 + schedule.rounds.size();
}

std::string schedule_row(std::uint64_t message, unsigned round, const des::KeySchedule& schedule) {
    std::array<char, longest_row> text;
    return {text.data(), put_schedule_row(text.data(), message, round, schedule)};
}

} // namespace keyhole::csv
