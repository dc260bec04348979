#include "netsim/relay/eavesdropper.hpp"

#include <fmt/format.h>

namespace keyhole {

std::string Eavesdropper::hear(Role from, const std::string& line, const Frame& frame) {
    return std::visit([&](const auto& content) { return note(from, line, content); }, frame);
}

std::string Eavesdropper::note(Role from, const std::string&, const ParamsFrame& frame) {
    if (from != Role::server) return "the server sends the parameters, not the client";
    if (offer_) return "there are parameters already";
    auto read = read_offer(frame);
    if (const auto* fault = std::get_if<Fault>(&read)) return reason_of(*fault);
    offer_ = std::get<Offer>(std::move(read));
    heard_.parameters = Parameters{.group = offer_->group.name,
                                   .p = offer_->group.p,
                                   .g = offer_->group.g,
                                   .kdf = offer_->kdf,
                                   .mode = offer_->mode};
    heard_.party(Role::server).agreed = true;
    return {};
}

std::string Eavesdropper::note(Role from, const std::string&, const PublicKeyFrame& frame) {
    PartyRecord& party = heard_.party(from);
    if (!offer_) return "there are no parameters yet";
    if (party.public_key) return "there is a public key already";
    auto read = read_public_key(frame.y, *offer_);
    if (const auto* fault = std::get_if<Fault>(&read)) return reason_of(*fault);
    party.public_key = std::get<Number>(std::move(read));
    party.agreed = true; // its key says so
    return {};
}

std::string Eavesdropper::note(Role from, const std::string& line, const MessageFrame& frame) {
    Way& way = ways_[static_cast<std::size_t>(from)];
    if (!knows_keys()) return "a public key is missing before it";
    if (way.missed ? frame.seq <= way.seq : frame.seq != way.seq + 1)
        return fmt::format("its seq is {} and {} comes next", frame.seq, way.seq + 1);
    way = {.seq = frame.seq, .missed = false};
    ReceivedMessage received{.frame = line,
                             .iv = {},
                             .ciphertext = from_base64(frame.ciphertext).value_or(Bytes{}),
                             .padded = {},
                             .plaintext = {}};
    const auto iv = from_base64(frame.iv.value_or(""));
    if (heard_.mode() != Mode::ecb && iv && iv->size() == 8) received.iv = load_block(*iv);
    if (!keep_messages_) heard_.messages.clear();
    heard_.messages.push_back({.sender = from, .seq = frame.seq, .sent = {}, .received = std::move(received)});
    return {};
}

} // namespace keyhole
