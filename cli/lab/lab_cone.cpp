// keyhole lab cone: what one bit depends on, and what depends on it.
#include <fmt/format.h>

#include <memory>

#include "cli/lab/lab.hpp"
#include "cli/workbench_options.hpp"
#include "core/base/file.hpp"
#include "core/lab/cone/cone_address.hpp"
#include "flags/usage.hpp"

namespace keyhole::cli {
namespace {

struct ConeCommand {
    std::string bit, csv;
    WorkbenchText text;

    void run() const {
        const Recording recording = record_aloud(text);
        const Trace trace(recording);
        const auto rows = lab::cone_of(trace, lab::cone_step(trace, bit));
        if (!csv.empty()) return write_file(csv, lab::cone_csv(rows));
        print(rows, "back", "it depends on how many of the 64 bits of L and R after round n", "n");
        print(rows, "back_key", "and on how many of the 56 key bits, through the rounds after n", "n");
        print(rows, "forward", "how many of the 64 bits of L and R after round n depend on it", "n");
        print_bits(rows, "text", "bits of the block that enters");
        print_bits(rows, "key", "bits of the key");
    }

    static void print(const std::vector<lab::ConeRow>& rows, std::string_view kind, std::string_view words,
                      std::string_view what) {
        fmt::print("{}\n{:>5}  can  does\n", words, what);
        for (const lab::ConeRow& row : rows) {
            if (row.kind == kind) fmt::print("{:>5}  {:>3}  {:>4}\n", row.number, row.can, row.does);
        }
    }

    static void print_bits(const std::vector<lab::ConeRow>& rows, std::string_view kind, std::string_view words) {
        std::string can, does;
        for (const lab::ConeRow& row : rows) {
            if (row.kind != kind) continue;
            if (row.can != 0) can += fmt::format(" {}", row.number);
            if (row.does != 0) does += fmt::format(" {}", row.number);
        }
        fmt::print("{} on which it can depend:{}\n{} that change it here:{}\n", words, can.empty() ? " none" : can,
                   words, does.empty() ? " none" : does);
    }
};

} // namespace

void add_lab_cone(CLI::App& lab) {
    auto command = std::make_shared<ConeCommand>();
    CLI::App* sub = lab.add_subcommand("cone", "What a bit of a step depends on, and what depends on it");
    sub->add_option("BIT", command->bit, "ADDRESS#BIT: a step of a block and a bit of what it gives, counted from 1")
        ->required();
    add_workbench_options(sub, command->text);
    sub->add_flag("--decrypt", command->text.decrypt, "decipher instead of enciphering");
    sub->add_option("--csv", command->csv, "write it as a table into this file instead")->check(names_something());
    sub->footer(
        "Example: keyhole lab cone message.1/encrypt/block.1/round.3/sbox.5#1 --key 133457799BBCDFF1 --hex "
        "0123456789ABCDEF\n"
        "`can` is what the wiring allows, `does` what really changes here: every bit is turned over and tried. A bit "
        "of a\n"
        "round is one of L (1 to 32) or R (33 to 64) after it. Columns of the table: kind,number,can,does.");
    sub->callback([command] { command->run(); });
}

} // namespace keyhole::cli
