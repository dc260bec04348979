// keyhole lab ddt, keyhole lab lat: the two tables of an S-box on which differential and linear cryptanalysis stand.
#include <fmt/format.h>

#include <memory>

#include "cli/lab/lab.hpp"
#include "core/base/file.hpp"
#include "core/lab/ddt.hpp"
#include "core/lab/lat.hpp"
#include "core/lab/table_csv.hpp"
#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"

namespace keyhole::cli {
namespace {

struct TableCommand {
    unsigned box = 1;
    std::optional<std::string> variant;
    std::string csv;

    des::SBox chosen() const { return variant_aloud(variant).boxes[box - 1]; }
};

template <class Table>
void show(const TableCommand& command, const Table& table, std::string_view rows, std::string_view columns) {
    if (!command.csv.empty()) return write_file(command.csv, lab::table_csv(table, fmt::format("input_{}", rows)));
    fmt::print("S{}: input {} down, output {} across\n     ", command.box, rows, columns);
    for (unsigned out = 0; out < 16; ++out) fmt::print("{:>4X}", out);
    fmt::print("\n");
    for (unsigned in = 0; in < 64; ++in) {
        fmt::print("0x{:02X} ", in);
        for (const auto entry : table[in]) fmt::print("{:>4}", entry);
        fmt::print("\n");
    }
}

CLI::App* add_table(CLI::App& lab, const std::string& name, const std::string& what,
                    const std::shared_ptr<TableCommand>& command) {
    CLI::App* sub = lab.add_subcommand(name, what);
    sub->add_option("--box", command->box, "which S-box")->required()->check(CLI::Range(1U, 8U).description("1 to 8"));
    add_variant_option(sub, command->variant);
    sub->add_option("--csv", command->csv, "write the table into this file instead")->check(names_something());
    return sub;
}

} // namespace

void add_lab_tables(CLI::App& lab) {
    auto ddt = std::make_shared<TableCommand>();
    CLI::App* difference =
        add_table(lab, "ddt", "How often an input difference of an S-box makes an output difference", ddt);
    difference->footer(
        "Example: keyhole lab ddt --box 1\n"
        "64 rows (input difference 0x00 to 0x3F), 16 columns (output difference 0x0 to 0xF): of the 64 inputs, those "
        "that\n"
        "do it. Every pair counts twice.");
    difference->callback([ddt] { show(*ddt, lab::difference_table(ddt->chosen()), "difference", "difference"); });

    auto lat = std::make_shared<TableCommand>();
    CLI::App* linear = add_table(lab, "lat", "How often sums of input and output bits of an S-box agree", lat);
    linear->footer(
        "Example: keyhole lab lat --box 5\n"
        "64 rows (input mask), 16 columns (output mask): of the 64 inputs, those in which both sums agree, less 32. "
        "S5's\n"
        "-20 in row 0x10 and column 0xF is the largest of DES.");
    linear->callback([lat] { show(*lat, lab::approximation_table(lat->chosen()), "mask", "mask"); });
}

} // namespace keyhole::cli
