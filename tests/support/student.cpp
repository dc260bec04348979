#include "tests/support/student.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/csv/csv_headers.hpp"
#include "core/des/des.hpp"
#include "core/des/des_tables.hpp"
#include "tests/support/recordings.hpp"

namespace keyhole::testing {
namespace {

std::uint32_t half(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

struct Tables {
    std::vector<std::string> blocks{std::string(csv::blocks_header)}, rounds{std::string(csv::rounds_header)},
        sboxes{std::string(csv::sboxes_header)}, schedule{std::string(csv::keyschedule_header)};
};

std::vector<std::uint64_t> make_subkeys(const Student& by, Tables& out) {
    std::vector<std::uint64_t> keys{0};
    const std::uint64_t start = by.choice_1(by.key);
    std::uint64_t c = start >> 28, d = start & 0xFFFFFFF;
    out.schedule.push_back(fmt::format("1,0,0,0x{:07X},0x{:07X},", c, d));
    const auto standard = des::key_schedule(0);
    for (unsigned n = 1; n <= 16; ++n) {
        c = by.turn(c, by.shifts[n - 1]);
        d = by.turn(d, by.shifts[n - 1]);
        keys.push_back(by.choice_2(c, d));
        out.schedule.push_back(fmt::format("1,{},{},0x{:07X},0x{:07X},0x{:012X}", n,
                                           by.writes_shifts ? by.shifts[n - 1] : standard.rounds[n - 1].shift, c, d,
                                           keys.back()));
    }
    return keys;
}

Tables make(const Student& by) {
    Tables out;
    const auto keys = make_subkeys(by, out);
    const std::uint64_t start = by.initial(by.block);
    std::uint64_t left = start >> 32, right = start & 0xFFFFFFFF;
    for (unsigned n = 1; n <= 16; ++n) {
        const std::uint64_t expanded = by.expand(left, right), subkey = keys[by.subkey_number(n)];
        const std::uint64_t mixed = by.mix(expanded, subkey);
        std::uint64_t s_out = 0;
        for (unsigned box = 1; box <= 8; ++box) {
            const auto six = static_cast<unsigned>(mixed >> (48 - 6 * box) & 63);
            const unsigned row = by.row(six), column = by.column(six);
            const unsigned four = des::s_boxes[by.box(box) - 1][row][column];
            s_out = s_out << 4 | four;
            out.sboxes.push_back(fmt::format("1,encrypt,1,{},{},{},{},{},{}", n, box, six, row, column, four));
        }
        const std::uint64_t p_out = by.permute(s_out);
        const std::uint64_t left_out = by.left_out(left, right, p_out), right_out = by.right_out(left, right, p_out);
        out.rounds.push_back(fmt::format(
            "1,encrypt,1,{},0x{:08X},0x{:08X},0x{:012X},0x{:012X},0x{:012X},0x{:08X},0x{:08X},0x{:08X},0x{:08X}", n,
            left, right, expanded, subkey, mixed, s_out, p_out, left_out, right_out));
        left = left_out;
        right = right_out;
    }
    const std::uint64_t preoutput = by.end(left, right);
    out.blocks.push_back(fmt::format("1,encrypt,1,0x{:016X},0x{:016X},0x{:016X},0x{:016X},0x{:016X},0x{:016X}", by.key,
                                     by.block, by.block, start, preoutput, by.final(preoutput)));
    return out;
}

} // namespace

Student::Student()
    : initial([](des::Block input) { return des::initial_permutation(input); }),
      final([](des::Block preoutput) { return des::final_permutation(preoutput); }),
      choice_1(des::permuted_choice_1),
      choice_2([](auto c, auto d) { return des::permuted_choice_2(half(c), half(d)); }),
      turn([](auto value, unsigned shift) { return std::uint64_t{des::rotate_28(half(value), shift)}; }),
      subkey_number([](unsigned round) { return round; }),
      expand([](auto, auto right) { return des::expansion(half(right)); }),
      mix([](auto expanded, auto subkey) { return expanded ^ subkey; }),
      row([](unsigned six) { return (six >> 4 & 2) | (six & 1); }),
      column([](unsigned six) { return six >> 1 & 15; }),
      box([](unsigned number) { return number; }),
      permute([](auto s_out) { return std::uint64_t{des::permutation(half(s_out))}; }),
      left_out([](auto, auto right, auto) { return right; }),
      right_out([](auto left, auto, auto p_out) { return left ^ p_out; }),
      end([](auto left, auto right) { return right << 32 | left; }) {}

std::vector<std::string> Student::table(const std::string& file) const {
    const Tables all = make(*this);
    if (file == "blocks.csv") return all.blocks;
    if (file == "rounds.csv") return all.rounds;
    return file == "sboxes.csv" ? all.sboxes : all.schedule;
}

void Student::write(const std::filesystem::path& folder, const std::vector<const char*>& files) const {
    for (const char* file : files) write_text(folder / file, fmt::format("{}\n", fmt::join(table(file), "\n")));
}

} // namespace keyhole::testing
