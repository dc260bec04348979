#include "viz/live/live_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "netsim/protocol/frame_words.hpp"

namespace keyhole::viz {
namespace {

// What the state waits for, with the one who has to do something.
std::string awaited(const Party& party) {
    const std::string_view peer = name(other(party.role()));
    switch (party.state()) {
        case State::await_params: return fmt::format("the {}'s parameters", peer);
        case State::await_key: return fmt::format("the {}'s public key", peer);
        case State::open: return fmt::format("a message of the {}, or a text of yours", peer);
        case State::parting: return fmt::format("the {}'s bye", peer);
        default: return fmt::format("the {}", peer);
    }
}

Node below(Kind top, Kind kind, Role role) { return Node{}.child({.kind = top}).child({.kind = kind, .role = role}); }

template <class Value>
void take_over(std::optional<Value>& held, const std::optional<Value>& now, bool& changed) {
    if (held || !now) return;
    held = now;
    changed = true;
}

bool grow(MessageRecord& held, const MessageRecord& now) {
    bool changed = false;
    take_over(held.sent, now.sent, changed);
    take_over(held.received, now.received, changed);
    if (held.sent && now.sent && held.sent->frame.empty() && !now.sent->frame.empty()) {
        held.sent->frame = now.sent->frame;
        changed = true;
    }
    if (held.sent && now.sent && held.sent->unconfirmed != now.sent->unconfirmed) {
        held.sent->unconfirmed = now.sent->unconfirmed;
        changed = true;
    }
    if (held.received && now.received && held.received->padded.empty() && !now.received->padded.empty()) {
        held.received->padded = now.received->padded;
        changed = true;
    }
    if (held.received && now.received) take_over(held.received->plaintext, now.received->plaintext, changed);
    return changed;
}

} // namespace

std::string action_words(const Party& party, Action action) {
    if (action == Action::refuse && party.waiting().empty()) return "refuse: time is up";
    return std::string(name(action));
}

std::string turn_words(const Party& party) {
    if (const auto action = party.next_action()) return fmt::format("Next: {}.", action_words(party, *action));
    if (party.closed()) return "The exchange is over; what was recorded stays.";
    return fmt::format("Waiting for {}.", awaited(party));
}

std::string where_words(const Party& party) {
    if (const auto action = party.next_action()) return fmt::format("before: {}", action_words(party, *action));
    return fmt::format("while waiting for {}", awaited(party));
}

std::vector<std::string> arrival_words(const Party& party) {
    std::vector<std::string> out;
    for (const Arrival& arrival : party.waiting()) {
        const Frame* frame = std::get_if<Frame>(&arrival.content);
        const std::string what =
            frame ? fmt::format("{}, {}", frame_label(*frame), counted(arrival.line.size() + 1, "byte"))
                  : "a line that is no frame";
        out.push_back(fmt::format("{}  {}", out.size() + 1, what));
    }
    return out;
}

std::vector<std::string> overheard_words(const Recording& recording) {
    constexpr std::size_t most_lines = 50, most_bytes = 16;
    std::vector<std::string> out;
    const std::size_t count = recording.messages.size();
    for (std::size_t i = count - std::min(count, most_lines); i < count; ++i) {
        const MessageRecord& m = recording.messages[i];
        if (!m.received && (!m.sent || m.sent->frame.empty())) continue; // not on the wire yet
        const Bytes& bytes = m.received ? m.received->ciphertext : m.sent->ciphertext;
        out.push_back(fmt::format(
            "{}> message {}: {} of ciphertext, 0x{}{}", name(m.sender), m.seq, counted(bytes.size(), "byte"),
            to_hex(ByteView(bytes).first(std::min(bytes.size(), most_bytes))), bytes.size() > most_bytes ? ".." : ""));
    }
    return out;
}

std::string_view phase_words(const Party& party) {
    return party.closed() ? "over" : party.established() ? "open" : "handshake";
}

Node step_of_action(const Recording& recording, Role role, Action action) {
    const auto last = [&](Kind kind) {
        return Node{}.child({.kind = Kind::message, .number = recording.messages.size()}).child({.kind = kind});
    };
    switch (action) {
        case Action::choose: return below(Kind::parameters, Kind::choose, role);
        case Action::check_params: return below(Kind::parameters, Kind::check, role);
        case Action::draw_private: return below(Kind::keys, Kind::private_key, role);
        case Action::compute_public: return below(Kind::keys, Kind::public_key, role);
        case Action::check_public: return below(Kind::keys, Kind::public_key, other(role));
        case Action::compute_shared: return below(Kind::secret, Kind::shared, role);
        case Action::derive: return below(Kind::secret, Kind::derive, role);
        case Action::encrypt: return last(Kind::encrypt);
        case Action::frame:
        case Action::send: return last(Kind::frame);
        case Action::decode: return last(Kind::decode);
        case Action::decrypt: return last(Kind::unpad);
        default: return {};
    }
}

std::vector<std::uint64_t> grow(Recording& held, const Recording& now) {
    held.connected = now.connected;
    if (!held.parameters) held.parameters = now.parameters;
    held.parties = now.parties;
    std::vector<std::uint64_t> changed;
    for (std::size_t i = 0; i < held.messages.size(); ++i) {
        if (grow(held.messages[i], now.messages[i])) changed.push_back(i + 1);
    }
    for (std::size_t i = held.messages.size(); i < now.messages.size(); ++i) held.messages.push_back(now.messages[i]);
    return changed;
}

} // namespace keyhole::viz
