// The machine: which transition is next, and how one is performed. What the actions do is in party_actions.cpp.
#include "netsim/protocol/party.hpp"

#include <fmt/format.h>

#include <cassert>

#include "core/base/error.hpp"

namespace keyhole {
namespace {

// What a frame is to the table.
struct FrameTrigger {
    Trigger operator()(const ParamsFrame&) const { return Trigger::params; }
    Trigger operator()(const PublicKeyFrame&) const { return Trigger::public_key; }
    Trigger operator()(const MessageFrame&) const { return Trigger::message; }
    Trigger operator()(const ByeFrame&) const { return Trigger::bye; }
    Trigger operator()(const ErrorFrame&) const { return Trigger::error; }
};

Trigger trigger_of(const Arrival& arrival) {
    const Frame* frame = std::get_if<Frame>(&arrival.content);
    return frame ? std::visit(FrameTrigger{}, *frame) : Trigger::garbage;
}

} // namespace

Offer make_offer(const Group& group, dh::Kdf kdf, Mode mode) {
    Offer offer{.group = group, .kdf = kdf, .mode = mode, .report = dh::check_parameters(group.p, group.g)};
    if (!offer.report.ok()) {
        throw bad_input(fmt::format("these parameters are no good ({}; see keyhole group check)", offer.report.fault));
    }
    return offer;
}

Party::Party(Role role, PartyOptions options)
    : role_(role), options_(std::move(options)), state_(role == Role::server ? State::choose : State::await_params) {
    assert(options_.offer.has_value() == (role == Role::server));
    recording_.connected = true;
}

bool Party::say(std::string text) {
    if (text.size() > max_text_bytes) {
        throw bad_input(
            fmt::format("the message is too long (it has more than {} bytes; send it in parts)", max_text_bytes));
    }
    if (!is_utf8(text)) throw bad_input("the message is not UTF-8 (nothing was sent; convert it first)");
    if (leave_ || stop_ || state_ == State::leaving || state_ == State::parting || state_ == State::refusing ||
        closed()) {
        return false;
    }
    unsent_ += line_size(text);
    outbox_.push_back(std::move(text));
    return true;
}

void Party::forget_unsent() {
    outbox_.clear();
    unsent_ = 0;
}

void Party::turn_away(WireCode code, std::string detail) {
    fault_ = {code, std::move(detail)};
    state_ = State::refusing;
}

void Party::tick(std::uint64_t now) {
    if (!since_ || traffic_) since_ = now;
    traffic_ = false;
    now_ = now;
}

// Whether that trigger is there; frames are looked at by next_transition.
bool Party::pending(Trigger trigger) const {
    switch (trigger) {
        case Trigger::step: return true;
        case Trigger::timeout: {
            const std::uint64_t limit = state_ == State::parting ? options_.parting_limit
                                        : established_           ? options_.idle_limit
                                                                 : options_.handshake_limit;
            return since_ && !traffic_ && now_ - *since_ >= limit;
        }
        case Trigger::say: return !outbox_.empty();
        case Trigger::leave: return leave_;
        case Trigger::stop: return stop_;
        case Trigger::hang_up: return inbox_.ended() && inbox_.arrivals().empty();
        default: return false;
    }
}

std::optional<Transition> Party::next_transition() const {
    if (closed()) return std::nullopt;
    const auto row = [&](Trigger trigger) { return pending(trigger) ? find_transition(state_, trigger) : nullptr; };
    using enum Trigger;
    for (const Trigger trigger : {step, timeout, say, leave, stop}) {
        if (const Transition* found = row(trigger)) return *found;
    }
    if (!inbox_.arrivals().empty()) {
        const Trigger trigger = trigger_of(inbox_.arrivals().front());
        if (const Transition* found = find_transition(state_, trigger)) return *found;
        return Transition{state_, trigger, Action::refuse, State::refusing};
    }
    const Transition* found = row(hang_up);
    return found ? std::optional(*found) : std::nullopt;
}

std::optional<Action> Party::next_action() const {
    const auto next = next_transition();
    return next ? std::optional(next->action) : std::nullopt;
}

bool Party::takes_long() const {
    constexpr std::size_t long_check = 1024, long_power = 2048; // bits of p
    switch (next_action().value_or(Action::close)) {
        case Action::check_params: return offered_.p.size() > long_check / 4;
        case Action::draw_private:
        case Action::compute_public:
        case Action::compute_shared:
            return agreed_->report.p_bits > (agreed_->group.exponent_bits > 0 ? long_power : long_check);
        default: return false;
    }
}

void Party::perform() {
    const auto next = next_transition();
    assert(next);
    if (next->action == Action::decode) resume_ = state_;
    if (next->action == Action::refuse) {
        if (next->trigger == Trigger::timeout) {
            fault_ = {WireCode::timeout, established_ ? "no traffic for too long" : "the handshake took too long"};
        } else if (const Arrival arrival = inbox_.take(); const Fault* fault = std::get_if<Fault>(&arrival.content)) {
            fault_ = *fault;
        } else {
            fault_ = {WireCode::unexpected_message, fmt::format("not now: {}", name(next->trigger))};
        }
    }
    if (const auto fault = act(next->action)) {
        fault_ = *fault;
        state_ = State::refusing;
        return;
    }
    state_ = next->next == State::resume ? resume_ : next->next;
    if (state_ == State::open || state_ == State::parting) traffic_ = true;
    if (closed()) {
        inbox_.close();
        forget_unsent();
        emit(Closed{});
    }
}

void Party::run() {
    while (next_action()) perform();
}

std::string Party::take_output() { return std::exchange(output_, {}); }

std::vector<Event> Party::take_events() { return std::exchange(events_, {}); }

} // namespace keyhole
