// The sheet of a message on its way through CBC: encoding, padding, chaining and the two outer permutations. (FIPS 81;
// RFC 5652, section 6.3.)
#include <fmt/format.h>

#include "core/csv/csv_headers.hpp"
#include "core/des/des_keys.hpp"
#include "core/recording/recording.hpp"
#include "core/verify/slips/block_slip.hpp"
#include "core/worksheet/sheet_kinds.hpp"

namespace keyhole::worksheet {
namespace {

using verify::Format;

constexpr std::string_view beginnings[] = {"Meet me", "Wait", "Call", "Come", "Look", "Stay"};
constexpr std::string_view endings[] = {" at noon",    " by the old mill", " after dark",
                                        " on Tuesday", " at the bridge",   " at once"};

struct BlockCells {
    CellId input, chained, after_ip, preoutput, output;
};

} // namespace

void build_message(SheetBuilder& build, SheetNumbers& numbers) {
    const des::Block key = des::with_odd_parity(numbers.block()), iv = numbers.block();
    const std::string text = std::string(beginnings[numbers.below(std::size(beginnings))]) +
                             std::string(endings[numbers.below(std::size(endings))]);
    const Recording recording =
        record_des({.key = key, .mode = Mode::cbc, .padding = Padding::pkcs7}, Direction::encrypt, iv, to_bytes(text));
    Bytes padded;
    const Pass pass = cipher_pass(recording, 1, Direction::encrypt, padded);
    build.given("text", text);
    build.given("iv", fmt::format("0x{:016X}", iv));
    const std::size_t table = build.table("blocks.csv", csv::blocks_header, 3);
    BlockCells before{};
    for (std::uint64_t n = 1; n <= pass.block_count(); ++n) {
        const BlockRun run = pass.block(n);
        build.row(table, fmt::format("block {}", n));
        build.counter(1);
        build.text("encrypt");
        build.counter(n);
        build.column(Format::hex16, key);
        const BlockCells cells{.input = build.column(Format::hex16, load_block(run.input)),
                               .chained = build.column(Format::hex16, run.trace.input),
                               .after_ip = build.column(Format::hex16, run.trace.after_ip),
                               .preoutput = build.column(Format::hex16, run.trace.preoutput),
                               .output = build.column(Format::hex16, run.trace.output)};
        const auto causes = [cells, before, n, iv](std::string_view column) {
            return [=](const ValueOf& value, const Number& wrong) {
                const auto of = [&](CellId id, std::string_view name) {
                    return bits_of(name == column ? wrong : value(id));
                };
                verify::BlockSight sight;
                sight.input = of(cells.input, "input");
                sight.chained = of(cells.chained, "chained");
                sight.after_ip = of(cells.after_ip, "after_ip");
                sight.preoutput = of(cells.preoutput, "preoutput");
                sight.output = of(cells.output, "output");
                if (n > 1) {
                    sight.input_before = bits_of(value(before.input));
                    sight.chained_before = bits_of(value(before.chained));
                }
                verify::Causes out = verify::block_slips(column, sight);
                if (column == "chained" && n > 1 && *sight.chained == (*sight.input ^ iv))
                    verify::add_once(out, "the IV was chained instead of the ciphertext block before");
                return out;
            };
        };
        const auto exclusive_or = [](std::uint64_t a, std::uint64_t b) { return a ^ b; };
        const bool last = n == pass.block_count();
        build.computed(cells.input, {}).causes = [text, last](const ValueOf&, const Number& wrong) {
            verify::Causes out;
            const std::size_t taken = text.size() / 8 * 8;
            Bytes zeros = to_bytes(std::string_view(text).substr(taken));
            zeros.resize(8);
            if (last && bits_of(wrong) == load_block(zeros))
                verify::add_once(out, "it was filled up with zeros, not by PKCS#7");
            return out;
        };
        const Way chain = n == 1 ? from(cells.input, [iv](std::uint64_t input) { return input ^ iv; })
                                 : from(cells.input, before.output, exclusive_or);
        build.computed(cells.chained, {chain}).causes = causes("chained");
        build
            .computed(cells.after_ip,
                      {from(cells.chained, [](std::uint64_t in) { return des::initial_permutation(in); })})
            .causes = causes("after_ip");
        build
            .computed(cells.output,
                      {from(cells.preoutput, [](std::uint64_t in) { return des::final_permutation(in); })})
            .causes = causes("output");
        before = cells;
    }
}

} // namespace keyhole::worksheet
