#include "core/lab/cone/cone_address.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/spelling/whole_number.hpp"

namespace keyhole::lab {
namespace {

using Value = ConeBit::Value;

std::optional<Value> value_of(Kind kind) {
    switch (kind) {
        case Kind::ip: return Value::after_ip;
        case Kind::round:
        case Kind::join: return Value::halves;
        case Kind::expand: return Value::expanded;
        case Kind::mix: return Value::mixed;
        case Kind::sbox: return Value::sbox;
        case Kind::permute: return Value::p_out;
        case Kind::swap: return Value::preoutput;
        case Kind::fp: return Value::output;
        default: return std::nullopt;
    }
}

unsigned bit_number(std::string_view text, unsigned most, std::string_view address) {
    const auto bit = whole_number<unsigned>(text);
    if (!bit || *bit < 1 || *bit > most) {
        throw bad_input(fmt::format("no bit \"{}\" of {} (what it gives has {} bits; write 1 to {} behind the #)",
                                    excerpt(text), address, most, most));
    }
    return *bit;
}

} // namespace

std::optional<unsigned> cone_bits(const Node& node) {
    const auto value = value_of(node.kind());
    if (!value) return std::nullopt;
    return node.kind() == Kind::join ? 32 : bits_of(*value);
}

ConeStep cone_step(const Trace& trace, std::string_view address_and_bit) {
    const std::size_t hash = address_and_bit.find('#');
    if (hash == std::string_view::npos) {
        throw bad_input(
            fmt::format("no bit in \"{}\" (write ADDRESS#BIT, such as "
                        "message.1/encrypt/block.1/round.5/sbox.3#2)",
                        excerpt(address_and_bit)));
    }
    const std::string_view address = address_and_bit.substr(0, hash), number = address_and_bit.substr(hash + 1);
    const Node node = trace.tree().at(address);
    const auto value = value_of(node.kind());
    if (!value) {
        throw bad_input(
            fmt::format("no cone of {} (it is no bit of a block on its way; name ip, round.N, a step of a "
                        "round, swap or fp)",
                        address));
    }
    const bool join = node.kind() == Kind::join;
    const unsigned bit = bit_number(number, *cone_bits(node), address);
    return {node,
            {*value, static_cast<unsigned>(node.number(Kind::round)), static_cast<unsigned>(node.number(Kind::sbox)),
             join ? 32 + bit : bit}};
}

std::vector<ConeRow> cone_of(const Trace& trace, const ConeStep& step) {
    const Pass& pass = trace.pass(step.node);
    return cone_of(step.bit, trace.block(step.node).trace.input, pass.schedule.key, pass.variant,
                   pass.cipher_direction());
}

ConeMap cone_map(const Trace& trace, const ConeStep& step) {
    const Pass& pass = trace.pass(step.node);
    return cone_map(step.bit, trace.block(step.node).trace.input, pass.schedule.key, pass.variant,
                    pass.cipher_direction());
}

} // namespace keyhole::lab
