#include "viz/stages/modexp/modexp_model.hpp"

#include <fmt/format.h>

#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {
namespace {

// Up to here a running exponent is worth reading as a number.
constexpr std::uint64_t readable_bits = 20;

Node owner_of(const Node& node) { return node.kind() == Kind::bit ? node.parent() : node; }

std::string upper(Role role) { return role == Role::server ? "A" : "B"; }
std::string lower(Role role) { return role == Role::server ? "a" : "b"; }

// The letters and the names of the four numbers.
void name_numbers(ModexpModel& model) {
    const Role role = model.owner.last().role;
    const std::string_view who = keyhole::name(role), peer = keyhole::name(other(role));
    model.exponent = {lower(role), fmt::format("the {}'s private key", who), {}};
    model.modulus = {"p", "modulus", {}};
    if (model.owner.kind() == Kind::public_key) {
        model.base = {"g", "generator", {}};
        model.result = {upper(role), fmt::format("the {}'s public key", who), {}};
        model.purpose =
            fmt::format("{} is the {}'s public key: it crosses the wire, anybody may see it", upper(role), who);
    } else if (model.owner.kind() == Kind::shared) {
        model.base = {upper(other(role)), fmt::format("the {}'s public key", peer), {}};
        model.result = {"s", "the shared secret", {}};
        model.purpose =
            fmt::format("s is the shared secret: the {} gets the same number from {}^{{{}}}, and it is never sent",
                        peer, upper(role), lower(other(role)));
    } else {
        model.base = {"b", "base", {}};
        model.exponent = {"e", "exponent", {}};
        model.modulus.letter = "m";
        model.result = {"r", "result", {}};
        model.purpose = "a modular exponentiation of its own";
    }
    model.heading = fmt::format("{} = {}^{{{}}} mod {}", model.result.letter, model.base.letter, model.exponent.letter,
                                model.modulus.letter);
}

std::string modulus_name(const ModexpModel& model) {
    return model.modulus.text.in_hex() ? model.modulus.letter : model.modulus.text.decimal;
}

// "= 64 mod 23 = 18"; of a long product only the length is told, in the note.
void finish(PowerAction& action, const ModexpModel& model, const Number& product, const Number& result,
            std::string_view what) {
    const std::string mod = modulus_name(model);
    const bool reduced = product >= model.power->modulus();
    action.result = number_text(result, bit_length(model.power->modulus()));
    if (action.result.in_hex()) {
        action.formula += fmt::format(" mod {} = {}", mod, action.result.excerpt);
        action.note = reduced ? fmt::format("the {} has {}, more than {}; the remainder has {}", what,
                                            counted(bit_length(product), "bit"), mod, action.result.bits)
                              : fmt::format("the {} has {} and is still below {}: nothing to subtract", what,
                                            counted(bit_length(product), "bit"), mod);
        return;
    }
    action.formula += fmt::format(" mod {} = {} mod {} = {}", mod, product.get_str(), mod, action.result.decimal);
    if (!reduced) {
        action.note = fmt::format("{} is still below {}: nothing to subtract", product.get_str(), mod);
        return;
    }
    const Number times = product / model.power->modulus();
    action.note = fmt::format("{} = {} \u00B7 {} + {}", product.get_str(), times.get_str(), mod, action.result.decimal);
}

std::string so_far(const ModexpModel& model, std::uint64_t index) {
    if (index > readable_bits) return {};
    std::string bits;
    std::uint64_t value = 0;
    for (std::uint64_t i = 0; i < index; ++i) {
        const unsigned bit = exponent_bit(model, i + 1);
        bits += bit != 0 ? '1' : '0';
        value = 2 * value + bit;
    }
    const std::string base = bit_length(model.power->base()) <= 64 ? model.base.text.excerpt : model.base.letter;
    return fmt::format("read so far: {}{} = {}, so the value is now {}^{{{}}} mod {}", bits, "\u2082", value, base,
                       value, modulus_name(model));
}

PowerBit bit_view(const ModexpModel& model, std::uint64_t index) {
    const PowerRecord& power = *model.power;
    const PowerStep step = power.step(index);
    const std::size_t width = bit_length(power.modulus());
    const Number before = power.value_after(index - 1);
    PowerBit out;
    out.index = index;
    out.bit = step.bit;
    out.before = number_text(before, width);
    out.square.formula = out.before.excerpt + "\u00B2";
    finish(out.square, model, before * before, step.squared, "square");
    out.square.changed = changed_groups(out.before, out.square.result);
    if (step.multiplied) {
        const std::string base = model.base.text.excerpt;
        out.multiply.formula = fmt::format("{} \u00B7 {}", out.square.result.excerpt, base);
        finish(out.multiply, model, step.squared * power.base(), *step.multiplied, "product");
    } else {
        out.multiply.done = false;
        out.multiply.result = out.square.result;
        out.multiply.formula =
            fmt::format("the bit is 0: no multiplication, the value stays {}", out.square.result.excerpt);
    }
    out.multiply.changed = changed_groups(out.square.result, out.multiply.result);
    out.so_far = so_far(model, index);
    return out;
}

// What is known of the other side's power: its result, which crossed the wire.
void tell_unknown(const Trace& trace, ModexpModel& model) {
    const Recording& r = trace.recording();
    const Role role = model.owner.last().role;
    model.unknown = fmt::format(
        "The {0}'s private key {1} is not known here: it never leaves the {0}, and this recording is the {2}'s. Only "
        "{3} came over the wire. To find {1} from {3} = g^{{{1}}} mod p is the discrete logarithm problem.",
        keyhole::name(role), lower(role), keyhole::name(other(role)), upper(role));
    const std::size_t width = bit_length(r.parameters->p);
    model.base.text = number_text(r.parameters->g, width);
    model.modulus.text = number_text(r.parameters->p, width);
    model.result.text = number_text(*r.party(role).public_key, width);
    model.live =
        fmt::format("{}^{{?}} mod {} = {}", model.base.text.excerpt, modulus_name(model), model.result.text.excerpt);
}

} // namespace

ModexpModel make_modexp_model(const Trace& trace, const Node& node) {
    ModexpModel model;
    model.owner = owner_of(node);
    name_numbers(model);
    const bool of_party = model.owner.kind() != Kind::modexp;
    if (of_party && !trace.recording().party(model.owner.last().role).private_key) {
        tell_unknown(trace, model);
        return model;
    }
    model.power = &trace.power(model.owner);
    const PowerRecord& power = *model.power;
    const std::size_t width = bit_length(power.modulus());
    model.base.text = number_text(power.base(), width);
    model.exponent.text = number_text(power.exponent(), bit_length(power.exponent()));
    model.modulus.text = number_text(power.modulus(), width);
    model.result.text = number_text(power.result(), width);
    model.bits = power.step_count();
    model.ones = mpz_popcount(power.exponent().get_mpz_t());
    const std::string exponent = model.exponent.text.in_hex() ? model.exponent.letter : model.exponent.text.decimal;
    model.live = fmt::format("{}^{{{}}} mod {} = {}", model.base.text.excerpt, exponent, modulus_name(model),
                             model.result.text.excerpt);
    if (node.kind() == Kind::bit) model.current = bit_view(model, node.last().number);
    return model;
}

unsigned exponent_bit(const ModexpModel& model, std::uint64_t index) {
    return mpz_tstbit(model.power->exponent().get_mpz_t(), model.bits - index) != 0 ? 1 : 0;
}

std::string value_after(const ModexpModel& model, std::uint64_t index) {
    return brief_number(model.power->value_after(index));
}

PowerRow power_row(const ModexpModel& model, std::uint64_t index) {
    const PowerStep step = model.power->step(index);
    return {.node = model.owner.child({.kind = Kind::bit, .number = index}),
            .index = index,
            .bit = step.bit,
            .action = step.multiplied ? "square, multiply" : "square",
            .squared = brief_number(step.squared),
            .multiplied = step.multiplied ? brief_number(*step.multiplied) : ""};
}

} // namespace keyhole::viz
