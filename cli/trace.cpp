// keyhole trace des, keyhole trace modexp: one computation with everything on the way.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/workbench_options.hpp"
#include "core/base/error.hpp"

namespace keyhole::cli {
namespace {

struct TraceDes {
    WorkbenchText text;
    Output output;

    void run() const {
        if (output.step && text.file == "-")
            throw bad_input("--in - and --step both read standard input (one of them has to be given up; name a file)");
        show(record_aloud(text), output, Listing::unless_exported);
    }
};

struct TraceModexp {
    std::string base, exponent, modulus;
    Output output;

    void run() const {
        const Recording recording = record_power({.base = parse_number(base, "base"),
                                                  .exponent = parse_number(exponent, "exponent"),
                                                  .modulus = parse_number(modulus, "modulus")});
        show(recording, output, Listing::unless_exported);
    }
};

} // namespace

void add_trace(CLI::App& app, int&) {
    CLI::App* trace = app.add_subcommand("trace", "Show every step of DES or of a modular exponentiation");
    trace->require_subcommand(1);
    trace->footer("Example: keyhole trace modexp --base 5 --exponent 6 --modulus 23");

    auto des = std::make_shared<TraceDes>();
    CLI::App* des_command = trace->add_subcommand("des", "One message through DES, all rounds");
    add_workbench_options(des_command, des->text);
    des_command->add_flag("--decrypt", des->text.decrypt, "decipher instead of enciphering");
    add_output_options(des_command, des->output, true);
    des_command->footer(
        "Example: keyhole trace des --key 133457799BBCDFF1 --hex 0123456789ABCDEF --at "
        "message.1/encrypt/block.1/round.5/sbox.3");
    des_command->callback([des] { des->run(); });

    auto modexp = std::make_shared<TraceModexp>();
    CLI::App* modexp_command = trace->add_subcommand("modexp", "base to the exponent modulo the modulus, bit by bit");
    modexp_command->add_option("--base", modexp->base, "decimal, or hex with 0x")->required();
    modexp_command->add_option("--exponent", modexp->exponent, "decimal, or hex with 0x")->required();
    modexp_command->add_option("--modulus", modexp->modulus, "decimal, or hex with 0x")->required();
    add_output_options(modexp_command, modexp->output, true);
    modexp_command->footer("Example: keyhole trace modexp --base 5 --exponent 6 --modulus 23 --at modexp/bit.3");
    modexp_command->callback([modexp] { modexp->run(); });
}

} // namespace keyhole::cli
