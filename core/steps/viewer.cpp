#include "core/steps/viewer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace keyhole {
namespace {

void forget_secrets(PartyRecord& party) {
    party.private_key.reset();
    party.shared.reset();
    party.derived = false;
}

// Of a message that was framed: the line and what can be read in it without a key.
std::optional<ReceivedMessage> overheard(const MessageRecord& m) {
    const auto line = [](const auto& side) {
        return ReceivedMessage{
            .frame = side.frame, .iv = side.iv, .ciphertext = side.ciphertext, .padded = {}, .plaintext = {}};
    };
    if (m.received) return line(*m.received);
    if (m.sent && !m.sent->frame.empty()) return line(*m.sent);
    return std::nullopt;
}

std::string public_key_reason(Role role) {
    return fmt::format("the {} alone computes it: only the result crosses the wire, never the exponent", name(role));
}

std::string in_message(const MessageRecord& m, Kind kind, bool heard_only) {
    using enum Kind;
    const Role receiver = other(m.sender);
    switch (kind) {
        case encode:
        case pad:
        case encrypt:
            return m.sent ? "" : fmt::format("the {} does this before anything crosses the wire", name(m.sender));
        case decode: return m.received ? "" : fmt::format("the {} does this for itself", name(receiver));
        case decrypt:
        case unpad:
            if (heard_only) return "it takes the DES key, which nobody who only listens has";
            return m.received ? "" : fmt::format("the {} does this for itself", name(receiver));
        default: return {};
    }
}

} // namespace

std::string_view name(Viewer viewer) {
    switch (viewer) {
        case Viewer::both: return "both sides";
        case Viewer::server: return "the server";
        case Viewer::client: return "the client";
        case Viewer::eavesdropper: return "an eavesdropper";
    }
    return {};
}

std::vector<Viewer> viewers_of(const Recording& recording) {
    if (recording.des || recording.power || !recording.parameters) return {};
    std::vector<Viewer> viewers{Viewer::both};
    const auto known = [&](Role role) { return recording.party(role).private_key.has_value(); };
    if (known(Role::server) && known(Role::client)) viewers.insert(viewers.end(), {Viewer::server, Viewer::client});
    if (!is_overheard(recording)) viewers.push_back(Viewer::eavesdropper);
    return viewers;
}

Recording seen_by(Recording recording, Viewer viewer) {
    if (viewer == Viewer::both || recording.des || recording.power) return recording;
    if (viewer == Viewer::eavesdropper) {
        for (PartyRecord& party : recording.parties) forget_secrets(party);
        for (MessageRecord& m : recording.messages) {
            m.received = overheard(m);
            m.sent.reset();
        }
    } else {
        const Role own = viewer == Viewer::server ? Role::server : Role::client;
        forget_secrets(recording.party(other(own)));
        for (MessageRecord& m : recording.messages) {
            if (m.sender == own) {
                m.received.reset();
            } else {
                if (!m.received) m.received = overheard(m);
                m.sent.reset();
            }
        }
    }
    std::erase_if(recording.messages, [](const MessageRecord& m) { return !m.sent && !m.received; });
    return recording;
}

bool knows_secrets_of(const Recording& recording, Role role) {
    const PartyRecord& party = recording.party(role);
    return party.private_key.has_value() || !party.public_key.has_value();
}

std::string why_unknown(const Recording& recording, const Node& node) {
    using enum Kind;
    if (node.depth() == 0 || recording.des || recording.power) return {};
    const Part& top = node.part(0);
    if (top.kind == message) {
        if (node.depth() < 2 || top.number > recording.messages.size()) return {};
        return in_message(recording.messages[top.number - 1], node.part(1).kind, is_overheard(recording));
    }
    if (top.kind == secret && node.depth() == 1)
        return is_overheard(recording) ? "each side computes the secret for itself from its own private key" : "";
    if (node.depth() < 2 || (top.kind != keys && top.kind != secret)) return {};
    const Role role = node.part(1).role;
    if (knows_secrets_of(recording, role)) return {};
    switch (node.part(1).kind) {
        case private_key: return fmt::format("the {} has a private key and never sends it", name(role));
        case public_key: return node.depth() == 2 ? std::string() : public_key_reason(role);
        case shared:
            return fmt::format("the {} computes the secret from its own private key, which it never sends", name(role));
        case derive:
        case schedule: return fmt::format("the {} makes the DES key from the secret and sends neither", name(role));
        default: return {};
    }
}

} // namespace keyhole
