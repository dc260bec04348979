// The fast and the bitsliced DES against the classroom's: any key, any blocks, both directions.
#include "core/fast/bitslice/bitslice.hpp"
#include "core/fast/fast_des_record.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/block_record.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

void check(des::Block key, Direction direction, const std::vector<des::Block>& blocks) {
    const des::KeySchedule schedule = des::key_schedule(key);
    const des::fast::Schedule fast = des::fast::key_schedule(key);
    hold(fast == des::fast::to_fast(schedule), "both schedules are one");
    std::vector<des::fast::BlockRecord> records(blocks.size());
    des::fast::record(blocks, fast, direction, records);
    Bytes in, expected;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const des::BlockTrace trace = des::trace(blocks[i], schedule, direction);
        hold(des::crypt(blocks[i], schedule, direction) == trace.output, "a trace ends in its output");
        hold(des::fast::crypt(blocks[i], fast, direction) == trace.output, "the fast DES is DES");
        hold(des::fast::trace_of(records[i], fast, direction) == trace, "a record is the trace");
        for (const std::uint8_t byte : block_bytes(blocks[i])) in.push_back(byte);
        for (const std::uint8_t byte : block_bytes(trace.output)) expected.push_back(byte);
    }
    for (const bitslice::Level level : bitslice::available_levels()) {
        Bytes out(in.size());
        bitslice::crypt_blocks(schedule, direction, in, out, level);
        hold(out == expected, "the bitsliced DES is DES", bitslice::name(level));
        Bytes same = in;
        bitslice::crypt_blocks(schedule, direction, same, same, level);
        hold(same == expected, "it may work in place", bitslice::name(level));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzedDataProvider in(data, size);
    const auto key = in.ConsumeIntegral<std::uint64_t>();
    std::vector<des::Block> blocks;
    while (in.remaining_bytes() > 0) blocks.push_back(in.ConsumeIntegral<std::uint64_t>());
    for (const Direction direction : {Direction::encrypt, Direction::decrypt}) check(key, direction, blocks);
    return 0;
}
