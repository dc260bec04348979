// The CSV writer against a plain one: printf-like formatting of the classroom's trace, row by row, byte for byte.
#include <fmt/format.h>

#include "core/base/random.hpp"
#include "core/csv/csv.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/csv/csv_row.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"

using namespace keyhole;
using keyhole::testing::read_text;
using keyhole::testing::TemporaryFolder;

namespace {

struct PlainFiles {
    std::string blocks{csv::blocks_header}, rounds{csv::rounds_header}, sboxes{csv::sboxes_header};
};

PlainFiles format_plainly(const Pass& pass) {
    PlainFiles out;
    for (std::string* text : {&out.blocks, &out.rounds, &out.sboxes}) *text += "\r\n";
    for (std::uint64_t number = 1; number <= pass.block_count(); ++number) {
        const BlockRun run = pass.block(number);
        const std::string prefix = fmt::format("1,{},{}", name(pass.direction), number);
        out.blocks +=
            fmt::format("{},0x{:016X},0x{},0x{:016X},0x{:016X},0x{:016X},0x{:016X}\r\n", prefix, pass.schedule.key,
                        to_hex(run.input), run.trace.input, run.trace.after_ip, run.trace.preoutput, run.trace.output);
        for (unsigned n = 1; n <= 16; ++n) {
            const des::RoundTrace& r = run.trace.rounds[n - 1];
            out.rounds += fmt::format(
                "{},{},0x{:08X},0x{:08X},0x{:012X},0x{:012X},0x{:012X},0x{:08X},0x{:08X},0x{:08X},0x{:08X}\r\n", prefix,
                n, r.left_in, r.right_in, r.expanded, r.subkey, r.mixed, r.s_out, r.p_out, r.left_out, r.right_out);
            for (unsigned box = 1; box <= 8; ++box) {
                const des::SboxTrace& s = r.sboxes[box - 1];
                out.sboxes +=
                    fmt::format("{},{},{},{},{},{},{}\r\n", prefix, n, box, s.input, s.row, s.column, s.output);
            }
        }
    }
    return out;
}

} // namespace

TEST_CASE("The CSV files are byte for byte those of a plain writer, around every batch and digit", "[csv][fast]") {
    Random random = Random::seeded("csv_plain_test");
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            for (const std::size_t count : {1U, 2U, 63U, 64U, 65U, 129U}) {
                Bytes data(8 * count - (mode == Mode::ctr ? 3 : 0));
                random.fill(data);
                const des::Block key = random.block();
                const des::Block iv = random.block();
                const Recording recording = record_des({key, mode, Padding::none}, direction, iv, data);
                const TemporaryFolder folder;
                write_csv(recording, folder.path());
                Bytes padded;
                const PlainFiles plain = format_plainly(cipher_pass(recording, 1, direction, padded));
                CAPTURE(name(mode), name(direction), count);
                REQUIRE(read_text(folder.path() / "blocks.csv") == plain.blocks);
                REQUIRE(read_text(folder.path() / "rounds.csv") == plain.rounds);
                REQUIRE(read_text(folder.path() / "sboxes.csv") == plain.sboxes);
            }
        }
    }
}

TEST_CASE("Eight hex digits at once are those of printf", "[csv][fast]") {
    Random random = Random::seeded("csv_plain_test digits");
    for (unsigned i = 0; i < 2000; ++i) {
        const auto value = static_cast<std::uint32_t>(i < 512 ? i * 0x00800801U : random.block());
        char digits[9] = {};
        csv::put_8_digits(digits, csv::eight_hex_digits(value));
        REQUIRE(digits == fmt::format("{:08X}", value));
    }
}
