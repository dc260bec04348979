#include "core/csv_des.hpp"

#include <algorithm>

namespace keyhole::csv {
namespace {

// No row of these files is longer: three decimal numbers of at most 20 digits, a stage and nine hex cells.
constexpr std::size_t longest_row = 256;

/// `box,input,row,column,output` and the line end for every box and input: 512 ready pieces of at most 16 bytes.
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
                const Row row = Row(piece.text.data())
                                    .decimal(box)
                                    .comma()
                                    .decimal(selected.input)
                                    .comma()
                                    .decimal(selected.row)
                                    .comma()
                                    .decimal(selected.column)
                                    .comma()
                                    .decimal(selected.output)
                                    .line_end();
                piece.size = static_cast<std::uint32_t>(row.end() - piece.text.data());
            }
        }
    }
};

// The piece is copied at its full 16 bytes, which is one move; only its size counts.
char* put_sboxes(char* at, std::string_view prefix, const des::RoundTrace& round) {
    static const SboxEndings endings;
    for (std::size_t box = 0; box < 8; ++box) {
        const SboxEndings::Piece& piece = endings.pieces[box][round.sboxes[box].input];
        std::memcpy(at, prefix.data(), prefix.size());
        at += prefix.size();
        std::memcpy(at, piece.text.data(), piece.text.size());
        at += piece.size;
    }
    return at;
}

char* put_round(char* at, std::string_view prefix, const des::RoundTrace& round) {
    return Row(at)
        .text(prefix)
        .hex<8>(round.left_in)
        .comma()
        .hex<8>(round.right_in)
        .comma()
        .hex<12>(round.expanded)
        .comma()
        .hex<12>(round.subkey)
        .comma()
        .hex<12>(round.mixed)
        .comma()
        .hex<8>(round.s_out)
        .comma()
        .hex<8>(round.p_out)
        .comma()
        .hex<8>(round.left_out)
        .comma()
        .hex<8>(round.right_out)
        .line_end()
        .end();
}

Row& put_octets(Row& row, ByteView bytes) {
    row.text("0x");
    for (const std::uint8_t byte : bytes) row.text({hex_pairs[byte].data(), 2});
    return row;
}

} // namespace

void write_block(DesFiles files, std::uint64_t message, const Pass& pass, std::uint64_t number) {
    const std::size_t at = 8 * (number - 1);
    const ByteView input = pass.input.subspan(at, std::min<std::size_t>(8, pass.input.size() - at));
    const des::BlockTrace trace = des::trace(pass.chained(number), pass.schedule, pass.direction());

    char head[128];
    Row row(head);
    row.decimal(message).comma().text(name(pass.stage)).comma().decimal(number).comma();
    const std::string_view prefix(head, static_cast<std::size_t>(row.end() - head));

    Row block(files.blocks.room(longest_row));
    block.text(prefix).hex<16>(pass.schedule.key).comma();
    put_octets(block, input).comma().hex<16>(trace.input).comma().hex<16>(trace.after_ip).comma();
    block.hex<16>(trace.preoutput).comma().hex<16>(trace.output).line_end();
    files.blocks.advance(block.end());

    char* rounds = files.rounds.room(16 * longest_row);
    char* sboxes = files.sboxes.room(128 * longest_row);
    for (unsigned i = 1; i <= 16; ++i) {
        const char* const end = Row(row).decimal(i).comma().end();
        const std::string_view round_prefix(head, static_cast<std::size_t>(end - head));
        rounds = put_round(rounds, round_prefix, trace.rounds[i - 1]);
        sboxes = put_sboxes(sboxes, round_prefix, trace.rounds[i - 1]);
    }
    files.rounds.advance(rounds);
    files.sboxes.advance(sboxes);
}

void write_schedule(FileWriter& out, std::uint64_t message, const des::KeySchedule& schedule) {
    const auto begin = [&](unsigned round, unsigned shift, std::uint32_t c, std::uint32_t d) {
        return Row(out.room(longest_row))
            .decimal(message)
            .comma()
            .decimal(round)
            .comma()
            .decimal(shift)
            .comma()
            .hex<7>(c)
            .comma()
            .hex<7>(d)
            .comma();
    };
    out.advance(begin(0, 0, schedule.c0, schedule.d0).line_end().end());
    for (unsigned i = 1; i <= 16; ++i) {
        const des::ScheduleRound& round = schedule.rounds[i - 1];
        out.advance(begin(i, round.shift, round.c, round.d).hex<12>(round.subkey).line_end().end());
    }
}

} // namespace keyhole::csv
