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

Party::Party(Role role, PartyOptions options)
    : actions_(role, std::move(options)), state_(role == Role::server ? State::choose : State::await_params) {
    assert(actions_.options.offer.has_value() == (role == Role::server));
}

void check_text(std::string_view text) {
    if (text.size() > max_text_bytes) {
        throw bad_input(
            fmt::format("the message is too long (it has more than {} bytes; send it in parts)", max_text_bytes));
    }
    if (!is_utf8(text)) throw bad_input("the message is not UTF-8 (nothing was sent; convert it first)");
}

bool Party::say(std::string text) {
    check_text(text);
    if (leave_ || stop_ || state_ == State::leaving || state_ == State::parting || state_ == State::refusing ||
        closed()) {
        return false;
    }
    actions_.queue(std::move(text));
    return true;
}

void Party::receive(ByteView bytes) {
    actions_.heard = actions_.heard || !bytes.empty();
    actions_.inbox.put(bytes);
}

void Party::end_of_input(const Loss& loss) {
    if (actions_.loss.how == Ending::none || loss.broken()) actions_.loss = loss;
    actions_.inbox.end();
}

void Party::note_progress(std::uint64_t confirmed) {
    traffic_ = true;
    actions_.confirm(confirmed);
}

void Party::hang_up() {
    actions_.wordless = true;
    established() ? bye() : stop();
}

void Party::turn_away(WireCode code, std::string detail) {
    actions_.fault = {code, std::move(detail)};
    state_ = State::refusing;
}

void Party::tick(std::uint64_t now) {
    if (!since_ || traffic_) since_ = now;
    traffic_ = false;
    now_ = now;
}

// Triggers that need no frame.
bool Party::pending(Trigger trigger) const {
    const PartyOptions& options = actions_.options;
    switch (trigger) {
        case Trigger::step: return true;
        case Trigger::timeout: {
            const std::uint64_t limit = state_ == State::parting ? options.parting_limit
                                        : established()          ? options.idle_limit
                                                                 : options.handshake_limit;
            return since_ && !traffic_ && now_ - *since_ >= limit;
        }
        case Trigger::say: return actions_.unsent_texts() > 0 && !actions_.loss.broken();
        case Trigger::leave: return leave_;
        case Trigger::stop: return stop_;
        case Trigger::hang_up: return actions_.inbox.ended() && waiting().empty();
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
    if (!waiting().empty()) {
        const Trigger trigger = trigger_of(waiting().front());
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

// Why the party refuses: time is up, a line is no frame, or it is one that has no place here.
Fault Party::fault_of(Trigger refused) {
    if (refused == Trigger::timeout) {
        return {WireCode::timeout, established() ? "no traffic for too long" : "the handshake took too long"};
    }
    const Arrival arrival = actions_.inbox.take();
    if (const Fault* fault = std::get_if<Fault>(&arrival.content)) return *fault;
    return {WireCode::unexpected_message, fmt::format("not now: {}", name(refused))};
}

void Party::perform() {
    const auto next = next_transition();
    assert(next);
    if (next->action == Action::decode) resume_ = state_;
    if (next->action == Action::refuse) actions_.fault = fault_of(next->trigger);
    if (const auto fault = actions_.act(next->action)) {
        actions_.fault = *fault;
        state_ = State::refusing;
        return;
    }
    state_ = next->next == State::resume ? resume_ : next->next;
    if (state_ == State::open || state_ == State::parting) traffic_ = true;
    if (closed()) close();
}

void Party::close() {
    actions_.inbox.close();
    actions_.drop_unsent();
    actions_.events.emplace_back(Closed{});
}

void Party::run() {
    while (next_action()) perform();
}

} // namespace keyhole
