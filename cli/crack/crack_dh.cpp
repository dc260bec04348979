// keyhole crack dh: the private exponent behind a public value, by the discrete logarithm; or, at once, how long it
// would take. Results on stdout, the plan and the progress on stderr.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <thread>

#include "cli/crack/crack.hpp"
#include "core/attack/discrete_log.hpp"
#include "core/attack/discrete_log_estimate.hpp"
#include "core/attack/search_times.hpp"
#include "core/attack/threads.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "flags/options.hpp"
#include "flags/variant_flag.hpp"
#include "netsim/tcp/stop_signals.hpp"

namespace keyhole::cli {
namespace {

constexpr unsigned most_threads = 256;
constexpr double least_measured = 0.5; // seconds
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

struct CrackDhCommand {
    GroupText group;
    std::string y, method = "automatic";
    unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1U, most_threads);
    double max_seconds = 3600;

    dlog::Problem problem() const {
        if (!group.given()) throw bad_input("no group (x is a power in one; give --p and --g, or --group)");
        const Group found = resolve_group(group);
        return {found.p, found.g, parse_number(y, "y")};
    }

    dlog::Method chosen_method() const {
        const auto found = dlog::find_method(method);
        if (!found) {
            throw bad_input(fmt::format("no method {} (it is none of Keyhole's; choose automatic, bsgs or rho)",
                                        in_quotes(method)));
        }
        return *found;
    }

    static void say_plan(const dlog::Plan& plan) {
        fmt::print(
            stderr, "p has {}, g has {} {}\n", counted(plan.p_bits, "bit"),
            bit_length(plan.order) <= 128 ? fmt::format("the order {}, of", plan.order.get_str()) : "an order of",
            counted(bit_length(plan.order), "bit"));
        for (const dlog::Part& part : plan.parts) {
            if (bit_length(part.factor.prime) < 16) continue; // found at once
            fmt::print(
                stderr, "its prime factor of {} bits: {}, about 2^{:.1f} operations\n", bit_length(part.factor.prime),
                part.method == dlog::Method::bsgs ? "baby steps, giant steps" : "Pollard's rho", part.log2_operations);
        }
        if (plan.unfactored > 1) {
            fmt::print(stderr, "a share of {} bits of the order could not be factored\n", bit_length(plan.unfactored));
        }
    }

    // What would take longer than --max-seconds is not begun.
    void check_feasible(const dlog::Problem& problem, const dlog::Plan& plan) const {
        const auto [rate, log2_seconds] =
            dlog::estimate(problem, plan, {.workers = threads, .parallel = run_threads, .progress = {}});
        const bool soon = log2_seconds < -10; // too short to tell a rate
        const std::string time = soon ? "under 1 ms" : long_span_of_time(log2_seconds);
        fmt::print(
            stderr, "about 2^{:.1f} group operations, on average {} here{}\n", plan.log2_operations, time,
            soon ? "" : fmt::format(" ({}/s in a trial just now, {})", short_number(rate), counted(threads, "thread")));
        if (plan.possible() && log2_seconds <= std::log2(max_seconds)) return;
        throw Error(
            Failure::answer_no,
            fmt::format("not found: the discrete logarithm would take 2^{:.1f} group operations, {} here ({}; {})",
                        plan.log2_operations, time,
                        plan.unfactored > 1 ? "no smaller factors of the group order are known"
                                            : "the order's largest prime factor decides",
                        plan.possible() ? "give a larger --max-seconds to try"
                                        : fmt::format("only prime factors of up to {} bits are ever tried, whatever "
                                                      "--max-seconds",
                                                      dlog::max_rho_bits)));
    }

    void run() const {
        const dlog::Problem question = problem();
        if (!(max_seconds > 0)) throw bad_input("--max-seconds (it is no time to search in; give more than 0)");
        const dlog::Plan plan = dlog::make_plan(question, chosen_method());
        if (!plan.in_subgroup) {
            throw Error(Failure::answer_no, "not found: y is no power of g (it lies outside g's subgroup; check y)");
        }
        say_plan(plan);
        check_feasible(question, plan);

        const StopSignals stop;
        const Clock::time_point begin = Clock::now();
        const bool terminal = ::isatty(STDERR_FILENO) == 1;
        double said = 0;
        const auto progress = [&](std::uint64_t operations) {
            const double seconds = seconds_since(begin);
            if (terminal && seconds - said >= 0.2) {
                said = seconds;
                fmt::print(stderr, "\r2^{:.1f} of about 2^{:.1f} operations, {}/s, {}  ",
                           std::log2(static_cast<double>(operations)), plan.log2_operations,
                           short_number(static_cast<double>(operations) / seconds), span_of_time(seconds));
            }
            return !stop.came() && seconds < max_seconds;
        };
        const dlog::Solution solution =
            dlog::solve(question, plan, {.workers = threads, .parallel = run_threads, .progress = progress});
        const double seconds = seconds_since(begin);
        if (terminal && said > 0) fmt::print(stderr, "\r\033[K");
        // Too short a time tells no rate.
        const std::string rate =
            seconds < least_measured
                ? ""
                : fmt::format(" ({}/s)", short_number(static_cast<double>(solution.operations) / seconds));
        fmt::print(stderr, "{} in {:.3f} s{}\n", counted(solution.operations, "group operation"), seconds, rate);
        if (!solution.x) {
            throw Error(Failure::answer_no,
                        fmt::format("not found: stopped after {} ({}; run it again for longer)", span_of_time(seconds),
                                    stop.came() ? "interrupted" : "--max-seconds is over"));
        }
        fmt::print("x {}\n", to_text(*solution.x));
    }
};

} // namespace

void add_crack_dh(CLI::App& crack, int&) {
    auto command = std::make_shared<CrackDhCommand>();
    CLI::App* sub = crack.add_subcommand("dh", "Find x with g^x = y modulo p: the private exponent of a public value");
    add_group_options(sub, command->group, "a named group (see keyhole group list)");
    sub->add_option("--y", command->y, "the public value")->required();
    sub->add_option("--method", command->method,
                    "automatic (by the size of each prime factor), bsgs (baby steps, giant steps) or rho (Pollard's)");
    sub->add_option("--threads", command->threads, "default: one a core")
        ->check(CLI::Range(1U, most_threads).description("1 to 256"));
    sub->add_option("--max-seconds", command->max_seconds, "what would take longer is not begun (default 3600)");
    refuse_variant(sub, "crack dh", "there is no DES in it");
    sub->footer(
        "Example: keyhole crack dh --p 23 --g 5 --y 8     or, the same: keyhole crack dh --group toy23 --y 8\n"
        "Prints x, the smallest that fits. Exit status 1: it would take too long (and how long), or there is none.");
    sub->callback([command] { command->run(); });
}

} // namespace keyhole::cli
