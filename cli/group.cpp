// keyhole group: the named Diffie-Hellman groups, checks of others, and new ones.
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "cli/commands.hpp"
#include "cli/terminal/progress_line.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/dh/order.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"
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

struct GroupCommand {
    std::string name;
    std::optional<std::string> p, g, q, pem, seed;
    unsigned bits = 0;
};

// The numbers to be checked. `q` is what somebody claims to be the order of g.
dh::PemNumbers numbers_of(const GroupCommand& command) {
    dh::PemNumbers numbers;
    if (command.pem) {
        if (command.p || command.g) throw bad_input("--pem contradicts --p and --g (it names both; give one of them)");
        numbers = read_pem_file(*command.pem);
    } else {
        if (!command.p || !command.g) throw bad_input("no group (two numbers make one; give --p and --g, or --pem)");
        numbers.p = parse_number(*command.p, "p");
        numbers.g = parse_number(*command.g, "g");
    }
    if (command.q) numbers.q = parse_number(*command.q, "q");
    if (numbers.q && *numbers.q >= numbers.p) throw bad_input("q is not below p (g has fewer powers; give another)");
    return numbers;
}

void line(std::string_view what, std::string_view found) { fmt::print("{:<28}{}\n", what, found); }
void line(std::string_view what, bool yes) { line(what, std::string_view(yes ? "yes" : "no")); }

std::string in_full(const Number& number) {
    return bit_length(number) <= 64 ? number.get_str()
                                    : fmt::format("{} ({} bits)", to_text(number), bit_length(number));
}

std::string generated(const dh::Order& order, const Number& p) {
    if (!order.known()) return "unknown: the prime factors of p-1 could not all be found";
    if (order.value == p - 1) return "all numbers from 1 to p-1";
    const std::string kind = order.prime() == dh::Answer::yes ? "of prime order" : "whose order is not prime";
    const Number all = (p - 1) / order.value;
    return fmt::format(
        "a subgroup {}{}", kind,
        bit_length(all) <= 64 ? fmt::format(", one in {} of the numbers from 1 to p-1", all.get_str()) : "");
}

// How many powers g has, and so how many secrets there can be.
void tell_order(const dh::PemNumbers& numbers, const dh::ParameterReport& report) {
    const auto& q = numbers.q;
    const Number &p = numbers.p, &g = numbers.g;
    if (q) {
        line("g^q = 1", *q > 0 && power_modulo(g, *q, p) == 1);
        line("q is prime", is_prime(*q));
    }
    const dh::Order order = dh::order_of(g, p, report, q);
    if (q && order.known() && *q != order.value)
        fmt::print(stderr, "keyhole: warning: q is not the order of g, which is {}\n", in_full(order.value));
    line("order of g", order.known() ? in_full(order.value) : "unknown");
    line("g has prime order", dh::name(order.prime()));
    line("g generates", generated(order, p));
    const std::size_t bits = bit_length(order.value);
    line("possible secrets", !order.known() ? "unknown"
                             : bits <= 64   ? fmt::format("at most {}, the powers of g", order.value.get_str())
                                            : fmt::format("fewer than 2^{}, the powers of g", bits));
    constexpr unsigned enough = 80;
    if (order.known() && bits <= enough) {
        fmt::print(stderr,
                   "keyhole: warning: at most {} can come out of an exchange, fewer than 2^{}: they can be searched\n",
                   in_full(order.value) + " secrets", enough);
    }
}

bool check(const GroupCommand& command) {
    const dh::PemNumbers numbers = numbers_of(command);
    const Number &p = numbers.p, &g = numbers.g;
    const dh::ParameterReport report = dh::check_parameters(p, g);
    line("bits of p", fmt::to_string(report.p_bits));
    line("p is odd", report.p_odd);
    if (report.p_odd) line("5 <= p, at most 8192 bits", report.p_size_ok);
    if (report.p_size_ok) line("g is in 2..p-2", report.g_in_range);
    if (report.g_in_range) line("p is prime", report.p_prime);
    if (report.p_prime) line("p is a safe prime", report.safe_prime);
    if (report.safe_prime) line("g has prime order (p-1)/2", report.g_generates_squares);
    if (report.ok()) tell_order(numbers, report);
    if (const Group* known = find_group(p, g)) line("named group", fmt::format("{}, {}", known->name, known->source));
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
    const ProgressLine progress;
    const StopSignals stop;
    const auto group = dh::new_group(bits, random, [&](std::uint64_t tried) {
        if (progress.on_terminal() && tried % 1024 == 0) progress.show(fmt::format("{} candidates tried", tried));
        return !stop.came();
    });
    progress.end();
    if (!group) throw Error(Failure::answer_no, "no group was found (interrupted; run it again)");
    print_group(*group);
}

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
    show_command->callback([command] { print_group(group_named("group", command->name)); });

    CLI::App* check_command = group->add_subcommand("check", "Would p and g be accepted? Exit status 1 if not");
    check_command->add_option("--p", command->p, "the prime: decimal, hex with 0x, or aa:bb:.. as openssl prints it");
    check_command->add_option("--g", command->g, "the generator");
    check_command->add_option("--q", command->q, "what should be the order of g");
    check_command->add_option("--pem", command->pem, "a file with them, as openssl dhparam writes it")
        ->check(names_something());
    check_command->footer(
        "Example: keyhole group check --p 41 --g 10 --q 5\n"
        "Example: openssl dhparam -out dh.pem 512; keyhole group check --pem dh.pem");
    check_command->callback([command, &status] {
        if (!check(*command)) status = 1;
    });

    CLI::App* new_command = group->add_subcommand("new", "Make a safe prime and a generator");
    new_command->add_option("--bits", command->bits, "the size of p")->required();
    new_command->add_option("--seed", command->seed, "make it reproducible, and predictable");
    new_command->footer("Example: keyhole group new --bits 64");
    new_command->callback([command] { make_new(command->bits, command->seed); });
}

} // namespace keyhole::cli
