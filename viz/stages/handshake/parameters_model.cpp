#include "viz/stages/handshake/parameters_model.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace keyhole::viz {
namespace {

constexpr unsigned largest_drawn = 64; // a p up to which the powers of g are drawn one by one

using enum Verdict;

// The checks run in this order and stop at the first that fails (dh::check_parameters).
std::vector<CheckRow> check_rows(const Parameters& parameters, const dh::ParameterReport& r, const dh::Order& order) {
    const std::string p = brief_number(parameters.p), g = brief_number(parameters.g);
    const Number q = (parameters.p - 1) / 2;
    std::vector<CheckRow> rows;
    bool reached = true;
    const auto ask = [&](Verdict otherwise, std::string question, bool good, std::string yes, std::string no) {
        const Verdict verdict = !reached ? not_reached : good ? passed : otherwise;
        rows.push_back({std::move(question), !reached ? "" : good ? std::move(yes) : std::move(no), verdict});
        reached = reached && verdict != failed;
    };
    ask(failed, "p is odd", r.p_odd, fmt::format("{} ends in the bit 1", p), fmt::format("{} ends in the bit 0", p));
    ask(failed, "p has an allowed size", r.p_size_ok,
        fmt::format("{}: at least 5, at most {} bits", counted(r.p_bits, "bit"), dh::max_prime_bits),
        fmt::format("{}: p must be at least 5 and have at most {} bits", counted(r.p_bits, "bit"), dh::max_prime_bits));
    ask(failed, "g lies in 2..p\u22122", r.g_in_range,
        fmt::format("2 \u2264 {} \u2264 {}", g, brief_number(parameters.p - 2)),
        fmt::format("g is {}: its powers would be trivial", g));
    ask(failed, "p is prime", r.p_prime, "it passes Baillie-PSW and Miller-Rabin",
        "p has a divisor: the logarithm splits into easier ones");
    ask(doubted, "q = (p\u22121)/2 is prime", r.safe_prime,
        fmt::format("q = {}: p is a safe prime, no small subgroups", brief_number(q)),
        "p is not a safe prime: a peer could push this side into a small subgroup");
    if (!reached || r.safe_prime) {
        ask(doubted, "g has the prime order q", r.g_generates_squares,
            "g is a square mod p, so its powers are the q squares",
            "g is not a square mod p: its powers give away whether an exponent is even");
    } else if (order.prime() == dh::Answer::unknown) {
        rows.push_back({"g has a prime order",
                        "nobody knows without the prime factors of p\u22121, which are hard to find", unknown});
    } else {
        const std::string size = order.known() ? brief_number(order.value) : "a number with several factors";
        ask(doubted, "g has a prime order", order.prime() == dh::Answer::yes,
            fmt::format("its order is the prime {}", size),
            fmt::format("its order is {}: an exponent modulo its small factors can be found", size));
    }
    const bool small = r.p_bits < 1024, ageing = r.p_bits < 2048;
    ask(doubted, "p is long enough", !ageing,
        fmt::format("{}: no logarithm of that size was ever found", counted(r.p_bits, "bit")),
        small ? fmt::format("{}: a logarithm here can be found, for looking at only", counted(r.p_bits, "bit"))
              : fmt::format("{}: within reach of a well-funded attacker (Logjam)", counted(r.p_bits, "bit")));
    rows.push_back({"who sent them", "nothing proves it: not signed, and anybody on the way can change them", remark});
    return rows;
}

void add_powers(ParametersModel& model, const Parameters& parameters) {
    if (parameters.p > largest_drawn || parameters.g < 2) return;
    const auto p = static_cast<unsigned>(parameters.p.get_ui()), g = static_cast<unsigned>(parameters.g.get_ui());
    unsigned value = 1;
    do {
        value = value * g % p;
        model.powers.push_back(value);
    } while (value > 1 && model.powers.size() < p);
    const std::size_t order = model.powers.size();
    model.powers_words = fmt::format(
        "The powers of {} mod {} come round after {} steps: {} of the {} numbers from 1 to {}. Forwards is easy; "
        "from a number back to its exponent there is no order to go by.",
        g, p, order, order == p - 1 ? "all" : std::to_string(order), p - 1, p - 1);
}

std::string story_of(const Trace& trace, const Node& node) {
    const bool checked = trace.recording().party(Role::client).agreed;
    switch (node.kind()) {
        case Kind::choose:
            return "The server chooses p and g and sends them to the client in the clear. Anybody may know them: the "
                   "secret will be in the exponents.";
        case Kind::check:
            return "The client trusts nothing that came over the wire: it looks at p and g before it uses them, the "
                   "cheap questions first.";
        default: break;
    }
    return checked
               ? "The server chooses p and g and sends them in the clear; the client checks them before it uses them."
               : "The server chooses p and g and sends them in the clear. The client's checks are not in this "
                 "recording; this is what it would find.";
}

} // namespace

std::string_view word(Verdict verdict) {
    switch (verdict) {
        case passed: return "yes";
        case doubted:
        case failed: return "no";
        case unknown: return "unknown";
        case remark: return "beware";
        case not_reached: break;
    }
    return "not reached";
}

ParametersModel describe_parameters(const Parameters& parameters, const dh::ParameterReport& report,
                                    const dh::Order& order) {
    ParametersModel model;
    model.group = parameters.group;
    const Group* group = find_group(parameters.p, parameters.g);
    model.source = group != nullptr ? group->source : "numbers of somebody's own choice";
    const std::size_t width = bit_length(parameters.p);
    model.p = number_text(parameters.p, width);
    model.g = number_text(parameters.g, 64);
    if (model.g.in_hex()) model.g = number_text(parameters.g, width);
    model.settings =
        fmt::format("key derivation {}, messages in mode {}", dh::name(parameters.kdf), name(parameters.mode));
    model.checks = check_rows(parameters, report, order);
    model.accepted = report.ok();
    const bool doubted = std::ranges::find(model.checks, Verdict::doubted, &CheckRow::verdict) != model.checks.end();
    model.verdict = !report.ok() ? "refused: " + report.fault
                    : doubted    ? "accepted: what is doubtful above weakens it, but is no reason to refuse"
                                 : "accepted";
    if (report.ok()) add_powers(model, parameters);
    return model;
}

ParametersModel make_parameters_model(const Trace& trace, const Node& node) {
    ParametersModel model =
        describe_parameters(*trace.recording().parameters, trace.parameter_report(), trace.generator_order());
    model.story = story_of(trace, node);
    return model;
}

} // namespace keyhole::viz
