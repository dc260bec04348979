// keyhole group: the named Diffie-Hellman groups, checks of others, and new ones.
#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <optional>

#include "cli/commands.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/dh/dh.hpp"
#include "flags/options.hpp"
#include "netsim/tcp/stop_signals.hpp"

namespace keyhole::cli {
namespace {

void print_group(const Group& group) {
    fmt::print("name      {}\nsource    {}\nbits      {}\np         {}\ng         {}\n", group.name, group.source,
               bit_length(group.p), to_text(group.p, bit_length(group.p)), group.g.get_str());
    if (group.exponent_bits > 0) fmt::print("exponent  {} bits are enough for a private key\n", group.exponent_bits);
}

void list() {
    for (const Group& group : named_groups()) {
        fmt::print("{:<10}  {:>4} bits  g = {}  {}\n", group.name, bit_length(group.p), group.g.get_str(),
                   group.source);
    }
}

void show(const std::string& name) {
    const Group* group = find_group(name);
    if (group == nullptr) {
        throw bad_input(
            fmt::format("no group {} (it is none of Keyhole's; keyhole group list shows the names)", in_quotes(name)));
    }
    print_group(*group);
}

bool check(const std::string& p_text, const std::string& g_text) {
    const Number p = parse_number(p_text, "p");
    const Number g = parse_number(g_text, "g");
    const dh::ParameterReport report = dh::check_parameters(p, g);
    const auto line = [](const char* what, bool yes) { fmt::print("{:<28}{}\n", what, yes ? "yes" : "no"); };
    fmt::print("{:<28}{}\n", "bits of p", report.p_bits);
    line("p is odd", report.p_odd);
    if (report.p_odd) line("5 <= p, at most 8192 bits", report.p_size_ok);
    if (report.p_size_ok) line("g is in 2..p-2", report.g_in_range);
    if (report.g_in_range) line("p is prime", report.p_prime);
    if (report.p_prime) line("p is a safe prime", report.safe_prime);
    if (report.safe_prime) line("g has prime order (p-1)/2", report.g_has_prime_order);
    if (const Group* known = find_group(p, g)) fmt::print("{:<28}{}, {}\n", "named group", known->name, known->source);
    fmt::print("{}\n", report.ok() ? "accepted" : "refused: " + report.fault);
    if (report.ok() && report.p_bits < 1024) {
        fmt::print(stderr, "keyhole: warning: a prime of {} protects nothing; it is for looking at\n",
                   counted(report.p_bits, "bit"));
    }
    return report.ok();
}

void make_new(unsigned bits, const std::optional<std::string>& seed) {
    Random random = Random::system();
    if (seed) {
        random = Random::seeded(checked_seed(*seed)).fork("group");
        fmt::print(stderr,
                   "keyhole: warning: --seed makes the group predictable: anyone with the seed can make it too\n");
    }
    const bool terminal = ::isatty(STDERR_FILENO) == 1;
    const StopSignals stop;
    const auto group = dh::new_group(bits, random, [&](std::uint64_t tried) {
        if (terminal && tried % 1024 == 0) fmt::print(stderr, "\r{} candidates tried", tried);
        return !stop.came();
    });
    if (terminal) fmt::print(stderr, "\r\x1b[K");
    if (!group) throw Error(Failure::answer_no, "no group was found (interrupted; run it again)");
    print_group(*group);
}

struct GroupCommand {
    std::string name, p, g;
    std::optional<std::string> seed;
    unsigned bits = 0;
};

} // namespace

void add_group(CLI::App& app, int& status) {
    auto command = std::make_shared<GroupCommand>();
    CLI::App* group = app.add_subcommand("group", "Diffie-Hellman groups: list, show, check, new");
    group->require_subcommand(1);
    group->footer("Example: keyhole group show ffdhe2048");

    CLI::App* list_command = group->add_subcommand("list", "The named groups");
    list_command->footer("Example: keyhole group list");
    list_command->callback([] { list(); });

    CLI::App* show_command = group->add_subcommand("show", "A named group's numbers");
    show_command->add_option("NAME", command->name, "e.g. ffdhe2048")->required();
    show_command->footer("Example: keyhole group show modp1536");
    show_command->callback([command] { show(command->name); });

    CLI::App* check_command = group->add_subcommand("check", "Would p and g be accepted? Exit status 1 if not");
    check_command->add_option("--p", command->p, "the prime: decimal, or hex with 0x")->required();
    check_command->add_option("--g", command->g, "the generator: decimal, or hex with 0x")->required();
    check_command->footer("Example: keyhole group check --p 23 --g 5");
    check_command->callback([command, &status] {
        if (!check(command->p, command->g)) status = 1;
    });

    CLI::App* new_command = group->add_subcommand("new", "Make a safe prime and a generator");
    new_command->add_option("--bits", command->bits, "the size of p")->required();
    new_command->add_option("--seed", command->seed, "make it reproducible, and predictable");
    new_command->footer("Example: keyhole group new --bits 64");
    new_command->callback([command] { make_new(command->bits, command->seed); });
}

} // namespace keyhole::cli
