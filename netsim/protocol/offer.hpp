// What a server offers at the start of a handshake, and the checks that numbers from a peer must pass.
#pragma once

#include <string_view>
#include <variant>

#include "core/dh/dh.hpp"
#include "core/dh/role.hpp"
#include "core/modes/modes.hpp"
#include "core/recording/recording.hpp"
#include "netsim/protocol/message.hpp"

namespace keyhole {

/// Parameters of an exchange that were checked and found good.
struct Offer {
    Group group;
    dh::Kdf kdf = dh::Kdf::sha256;
    Mode mode = Mode::cbc;
    dh::ParameterReport report;
};

/// Throws Error (bad_input) when p and g are no parameters for Diffie-Hellman. Takes seconds for the largest p.
Offer make_offer(const Group& group, dh::Kdf kdf, Mode mode);

/// What a chat partner beside a lecture offers: the parameters of the exchange that is shown, or toy23's where it has
/// none that a peer would take. Takes seconds for the largest p.
Offer offer_like(const Recording& shown);

/// A params line as a client checks it. Takes seconds for the largest p.
std::variant<Offer, Fault> read_offer(const ParamsFrame& frame);

/// The params line for an offer.
ParamsFrame params_frame(const Offer& offer);

/// Throws Error (bad_input) when `x` is no private key for this offer, or no peer would take its public key.
void check_private_key(const Number& x, const Offer& offer, Role role);

/// A public key in hex, as a party that agreed to `offer` checks it.
std::variant<Number, Fault> read_public_key(std::string_view hex, const Offer& offer);

} // namespace keyhole
