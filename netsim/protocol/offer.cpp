#include "netsim/protocol/offer.hpp"

#include <fmt/format.h>

#include <string>

#include "core/base/error.hpp"

namespace keyhole {
namespace {

// The number, unless it has more than `bits` bits: longer ones are not even converted.
std::optional<Number> bounded_hex(std::string_view digits, std::size_t bits) {
    std::string_view significant = digits;
    while (significant.size() > 1 && significant.front() == '0') significant.remove_prefix(1);
    if (significant.size() > (bits + 3) / 4) return std::nullopt;
    return number_from_hex(significant);
}

// Which byte of a field is no hex digit; empty where all are.
std::string hex_fault(std::string_view name, std::string_view text) {
    if (text.empty()) return fmt::format("{} is empty", name);
    const std::size_t at = text.find_first_not_of("0123456789abcdefABCDEF");
    if (at == std::string_view::npos) return {};
    return fmt::format("byte {} of {} is '{}', no hex digit", at + 1, name, escape_controls(text.substr(at, 1)));
}

// What somebody else calls the group is not believed: p and g are what counts.
Group group_of(const Number& p, const Number& g) {
    const Group* named = find_group(p, g);
    return named != nullptr ? *named : Group{.name = "custom", .source = {}, .p = p, .g = g};
}

std::string stands(std::string_view name, std::string_view value) {
    return fmt::format("{} is '{}'", name, excerpt(value));
}

} // namespace

Offer make_offer(const Group& group, dh::Kdf kdf, Mode mode) {
    Offer offer{.group = group, .kdf = kdf, .mode = mode, .report = dh::check_parameters(group.p, group.g)};
    if (!offer.report.ok()) {
        throw bad_input(fmt::format("these parameters are no good ({}; see keyhole group check)", offer.report.fault));
    }
    return offer;
}

Offer offer_like(const Recording& shown) {
    if (shown.parameters) {
        const auto& [name, p, g, kdf, mode] = *shown.parameters;
        const dh::ParameterReport report = dh::check_parameters(p, g);
        if (report.ok()) return {.group = group_of(p, g), .kdf = kdf, .mode = mode, .report = report};
    }
    return make_offer(*find_group("toy23"), dh::Kdf::sha256, Mode::cbc);
}

std::variant<Offer, Fault> read_offer(const ParamsFrame& frame) {
    const auto bad = [](std::string why, std::string reason = {}) {
        return Fault{WireCode::bad_params, std::move(why), std::move(reason)};
    };
    const auto kdf = dh::find_kdf(frame.kdf);
    const auto mode = find_chat_mode(frame.mode);
    if (frame.protocol != protocol_name) return bad("the protocol is unknown", stands("protocol", frame.protocol));
    if (!kdf || name(*kdf) != frame.kdf) return bad("the kdf is unknown", stands("kdf", frame.kdf));
    if (!mode || name(*mode) != frame.mode) return bad("the mode is unknown", stands("mode", frame.mode));
    for (const std::string& fault : {hex_fault("p", frame.p), hex_fault("g", frame.g)}) {
        if (!fault.empty()) return bad("p or g is not hex", fault);
    }
    const auto p = bounded_hex(frame.p, dh::max_prime_bits);
    if (!p) return bad(fmt::format("p has more than {} bits", dh::max_prime_bits));
    const auto g = bounded_hex(frame.g, dh::max_prime_bits);
    if (!g) return bad("g is outside 2..p-2");
    const dh::ParameterReport report = dh::check_parameters(*p, *g);
    if (!report.ok()) return bad(report.fault);
    return Offer{.group = group_of(*p, *g), .kdf = *kdf, .mode = *mode, .report = report};
}

ParamsFrame params_frame(const Offer& offer) {
    return {.protocol = std::string(protocol_name),
            .group = offer.group.name,
            .p = to_wire_hex(offer.group.p),
            .g = to_wire_hex(offer.group.g),
            .kdf = std::string(name(offer.kdf)),
            .mode = std::string(name(offer.mode))};
}

void check_private_key(const Number& x, const Offer& offer, Role role) {
    const std::string fault = dh::private_key_fault(x, offer.group, offer.report);
    if (fault.empty()) return;
    throw bad_input(fmt::format("the {}'s private key {} is none for this group ({}; give another)", name(role),
                                excerpt(to_text(x)), fault));
}

std::variant<Number, Fault> read_public_key(std::string_view hex, const Offer& offer) {
    const auto bad = [](std::string why, std::string reason = {}) {
        return Fault{WireCode::bad_public_key, std::move(why), std::move(reason)};
    };
    if (std::string fault = hex_fault("y", hex); !fault.empty())
        return bad("the public value is not hex", std::move(fault));
    const auto y = bounded_hex(hex, offer.report.p_bits);
    if (!y) return bad("the public value is outside 2..p-2");
    if (std::string fault = dh::public_value_fault(*y, offer.group.p, offer.report); !fault.empty()) {
        return bad(std::move(fault), fmt::format("y is {}", excerpt(to_text(*y))));
    }
    return *y;
}

} // namespace keyhole
