// Sheets of Diffie-Hellman with numbers for paper: square and multiply, and a handshake. (Handbook of Applied
// Cryptography, algorithm 14.79; RFC 2631.)
#include <fmt/format.h>

#include <map>

#include "core/base/number_word.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/csv/csv_power.hpp"
#include "core/des/des_keys.hpp"
#include "core/dh/modexp.hpp"
#include "core/recording/record_handshake.hpp"
#include "core/steps/trace.hpp"
#include "core/worksheet/sheet_kinds.hpp"

namespace keyhole::worksheet {
namespace {

using verify::Format;

Number small(std::uint64_t value) { return number_of(value); }

Number remainder(const Number& value, const Number& modulus) { return value % modulus; }

// A prime 2q + 1 of three digits, where q is prime.
Number draw_prime(SheetNumbers& numbers) {
    while (true) {
        const Number q = small(100 + numbers.below(400));
        Number p = 2 * q + 1;
        if (is_prime(q) && is_prime(p)) return p;
    }
}

// A private key whose public key is not among the first few powers of g, which everybody knows by heart.
Number draw_private(SheetNumbers& numbers, const Group& group, const dh::ParameterReport& report) {
    while (true) {
        Number x = 20 + small(numbers.below(low_word(group.p - 40)));
        if (dh::private_key_fault(x, group, report).empty()) return x;
    }
}

void add_once(verify::Causes& causes, bool fits, const char* words) {
    if (fits) verify::add_once(causes, words);
}

// How a row of square and multiply went wrong.
verify::Causes power_slips(const Number& before, const Number& base, const Number& modulus, bool multiply,
                           const Number& wrong) {
    verify::Causes out;
    const Number square = before * before, product = before * base;
    const Number right = multiply ? product : square;
    add_once(out, wrong == right && wrong >= modulus, "the remainder was not taken");
    add_once(out, multiply && wrong == remainder(square, modulus), "it was squared instead of multiplied");
    add_once(out, !multiply && wrong == remainder(product, modulus), "it was multiplied instead of squared");
    add_once(out, !multiply && wrong == remainder(2 * before, modulus), "it was doubled instead of squared");
    add_once(out, multiply && wrong == remainder(before + base, modulus), "the base was added instead of multiplied");
    add_once(out, wrong == before, "nothing was done");
    return out;
}

Way power_way(CellId base, CellId exponent, const Number& modulus) {
    // An exponent of a student's own making is a small number all the same.
    return {{base, exponent}, [modulus](std::span<const Number> in) { return power_modulo(in[0], in[1], modulus); }};
}

} // namespace

void build_modexp(SheetBuilder& build, SheetNumbers& numbers) {
    const Number modulus = draw_prime(numbers);
    const Number base = 2 + small(numbers.below(low_word(modulus - 3)));
    const Number exponent = small(64 + numbers.below(192));
    const PowerTrace power = trace_power(base, exponent, modulus);
    build.given("base", base.get_str());
    build.given("exponent", exponent.get_str());
    build.given("modulus", modulus.get_str());
    const std::size_t table = build.table("modexp.csv", csv::modexp_header, 2);
    std::uint64_t step = 0;
    CellId before = 0;
    const auto add = [&](std::size_t index, unsigned bit, bool multiply, const Number& value) {
        ++step;
        build.row(table, fmt::format("bit {}", index));
        build.text("modexp");
        build.counter(step);
        build.counter(index);
        const CellId bit_cell = build.column(Format::counter, bit);
        const CellId action = build.action(multiply);
        const CellId made = build.number(value);
        if (step > 2) {
            if (!multiply) build.computed(bit_cell, {});
            build.computed(action, {});
            const Way by_action{{before, action}, [base, modulus](std::span<const Number> in) {
                                    return remainder(in[1] == 0 ? in[0] * in[0] : in[0] * base, modulus);
                                }};
            const Way rightly{{before}, [base, modulus, multiply](std::span<const Number> in) {
                                  return remainder(multiply ? in[0] * base : in[0] * in[0], modulus);
                              }};
            build.computed(made, {by_action, rightly}).causes = [=](const ValueOf& value_of, const Number& wrong) {
                return power_slips(value_of(before), base, modulus, multiply, wrong);
            };
        }
        before = made;
    };
    for (std::size_t i = 0; i < power.steps.size(); ++i) {
        const PowerStep& bit = power.steps[i];
        add(i + 1, bit.bit, false, bit.squared);
        if (bit.multiplied) add(i + 1, bit.bit, true, *bit.multiplied);
    }
}

void build_handshake(SheetBuilder& build, SheetNumbers& numbers) {
    Group group{.name = "custom", .source = {}, .p = draw_prime(numbers), .g = small(2 + numbers.below(18))};
    const dh::ParameterReport report = dh::check_parameters(group.p, group.g);
    const Number server = draw_private(numbers, group, report);
    Number client = server;
    while (client == server) client = draw_private(numbers, group, report);
    const Recording recording =
        record_handshake({.group = group.name, .p = group.p, .g = group.g, .kdf = dh::Kdf::low64}, server, client);
    const Trace trace(recording);

    const std::map<Kind, std::vector<std::string_view>> wanted = {{Kind::choose, {"p", "g", "kdf"}},
                                                                  {Kind::private_key, {"private_key"}},
                                                                  {Kind::public_key, {"public_key"}},
                                                                  {Kind::shared, {"shared_secret"}},
                                                                  {Kind::derive, {"raw", "key"}}};
    const std::size_t table = build.table("exchange.csv", csv::exchange_header, 4);
    std::map<std::string, CellId> cells; // by address and name
    for (std::optional<Node> node = trace.tree().at_number(1); node; node = trace.tree().next(*node)) {
        const auto names = wanted.find(node->kind());
        if (names == wanted.end()) continue;
        const Step step = trace.step(*node);
        for (const Value& value : step.values) {
            if (std::ranges::find(names->second, value.name) == names->second.end()) continue;
            build.row(table, step.address);
            build.counter(trace.tree().number(*node));
            build.text(step.address);
            build.text(step.party ? name(*step.party) : std::string_view());
            build.text(value.name);
            const auto* bits = std::get_if<Bits>(&value.datum);
            const auto* big = std::get_if<BigValue>(&value.datum);
            cells[fmt::format("{} {}", step.address, value.name)] =
                bits != nullptr  ? build.column(Format::hex16, bits->value)
                : big != nullptr ? build.number(big->number)
                                 : build.text(full_text(value.datum));
        }
    }
    const auto cell = [&](Role role, std::string_view address, std::string_view value) {
        return cells.at(fmt::format(fmt::runtime(address), name(role)) + " " + std::string(value));
    };
    const auto secret = [&](Role role) { return cell(role, "keys/{}.private", "private_key"); };
    const auto open = [&](Role role) { return cell(role, "keys/{}.public", "public_key"); };
    const auto shared = [&](Role role) { return cell(role, "secret/{}.shared", "shared_secret"); };
    const CellId g = cells.at("parameters/server.choose g");
    const Number p = group.p, g_value = group.g;
    for (const Role role : every_role) {
        build.computed(open(role), {power_way(g, secret(role), p)}).causes =
            [p, g_value, x = *recording.party(role).private_key](const ValueOf&, const Number& wrong) {
                verify::Causes out;
                add_once(out, wrong == remainder(g_value * x, p),
                         "g was multiplied by the private key instead of raised to it");
                add_once(out, wrong == power_modulo(x, g_value, p), "base and exponent were exchanged");
                add_once(out, wrong == power_modulo(g_value, x, p - 1), "it was reckoned modulo p-1");
                return out;
            };
    }
    for (const Role role : every_role) {
        const CellId mine = open(role), theirs = open(other(role)), key = secret(role);
        build.computed(shared(role), {power_way(theirs, key, p)}).causes =
            [p, g_value, mine, theirs, key](const ValueOf& value, const Number& wrong) {
                verify::Causes out;
                add_once(out, wrong == power_modulo(value(mine), value(key), p),
                         "the own public key was raised, not the other side's");
                add_once(out, wrong == remainder(value(mine) * value(theirs), p), "the public keys were multiplied");
                add_once(out, wrong == remainder(value(theirs) * value(key), p),
                         "the public key was multiplied by the private key instead of raised to it");
                add_once(out, wrong == power_modulo(value(key), value(theirs), p), "base and exponent were exchanged");
                return out;
            };
    }
    for (const Role role : every_role) {
        const CellId raw = cell(role, "secret/{}.derive", "raw"), key = cell(role, "secret/{}.derive", "key");
        build.computed(raw, {from(shared(role), [](std::uint64_t s) { return s; })});
        build.computed(key, {from(raw, des::with_odd_parity)}).causes = [raw](const ValueOf& value,
                                                                              const Number& wrong) {
            verify::Causes out;
            const std::uint64_t from_raw = bits_of(value(raw));
            add_once(out, bits_of(wrong) == from_raw, "the parity bits were not set");
            add_once(out, bits_of(wrong) == (des::with_odd_parity(from_raw) ^ 0x0101010101010101),
                     "the bytes have even parity");
            return out;
        };
    }
}

} // namespace keyhole::worksheet
