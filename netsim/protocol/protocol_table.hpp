// The state machine of a party as one table: in this state, on this trigger, do this action and go to that state. The
// party runs on it and docs/protocol.md prints it. Two rules beside it: a frame that no row takes is refused
// (unexpected_message), and an action that finds a fault refuses instead of going on.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keyhole {

enum class State {
    choose,
    send_params,
    await_params,
    check_params,
    draw_private,
    compute_public,
    send_key,
    await_key,
    check_key,
    compute_shared,
    derive,
    open,
    encrypt,
    frame,
    send,
    decrypt,
    leaving,
    parting,
    refusing,
    closed,
    resume, // only as a next state: open or parting, where the message found it
};

enum class Trigger {
    step, // nothing is waited for: it is this party's turn
    params,
    public_key,
    message,
    bye,
    error,
    garbage, // a line that is no frame
    say,     // a text of our own waits
    leave,   // our user has nothing more to say
    stop,    // our user goes now
    hang_up, // the peer sends nothing more
    timeout,
};

enum class Action {
    choose,
    send_params,
    receive_params,
    check_params,
    draw_private,
    compute_public,
    send_public,
    receive_public,
    check_public,
    compute_shared,
    derive,
    encode,
    encrypt,
    frame,
    send,
    decode,
    decrypt,
    send_bye,
    receive_bye,
    receive_error,
    receive_end,
    refuse,
    send_error,
    close,
};

struct Transition {
    State state;
    Trigger trigger;
    Action action;
    State next;
};

// clang-format off
inline constexpr auto transitions = std::to_array<Transition>({
    {State::choose,         Trigger::step,       Action::choose,         State::send_params},
    {State::send_params,    Trigger::step,       Action::send_params,    State::draw_private},
    {State::await_params,   Trigger::params,     Action::receive_params, State::check_params},
    {State::check_params,   Trigger::step,       Action::check_params,   State::draw_private},
    {State::draw_private,   Trigger::step,       Action::draw_private,   State::compute_public},
    {State::compute_public, Trigger::step,       Action::compute_public, State::send_key},
    {State::send_key,       Trigger::step,       Action::send_public,    State::await_key},
    {State::await_key,      Trigger::public_key, Action::receive_public, State::check_key},
    {State::check_key,      Trigger::step,       Action::check_public,   State::compute_shared},
    {State::compute_shared, Trigger::step,       Action::compute_shared, State::derive},
    {State::derive,         Trigger::step,       Action::derive,         State::open},
    {State::open,           Trigger::say,        Action::encode,         State::encrypt},
    {State::encrypt,        Trigger::step,       Action::encrypt,        State::frame},
    {State::frame,          Trigger::step,       Action::frame,          State::send},
    {State::send,           Trigger::step,       Action::send,           State::open},
    {State::open,           Trigger::message,    Action::decode,         State::decrypt},
    {State::parting,        Trigger::message,    Action::decode,         State::decrypt},
    {State::decrypt,        Trigger::step,       Action::decrypt,        State::resume},
    {State::open,           Trigger::leave,      Action::send_bye,       State::parting},
    {State::open,           Trigger::stop,       Action::send_bye,       State::closed},
    {State::await_params,   Trigger::stop,       Action::send_bye,       State::closed},
    {State::await_key,      Trigger::stop,       Action::send_bye,       State::closed},
    {State::parting,        Trigger::stop,       Action::close,          State::closed},
    {State::await_params,   Trigger::bye,        Action::receive_bye,    State::leaving},
    {State::await_key,      Trigger::bye,        Action::receive_bye,    State::leaving},
    {State::open,           Trigger::bye,        Action::receive_bye,    State::leaving},
    {State::parting,        Trigger::bye,        Action::receive_bye,    State::closed},
    {State::await_params,   Trigger::hang_up,    Action::receive_end,    State::leaving},
    {State::await_key,      Trigger::hang_up,    Action::receive_end,    State::leaving},
    {State::open,           Trigger::hang_up,    Action::receive_end,    State::leaving},
    {State::parting,        Trigger::hang_up,    Action::receive_end,    State::closed},
    {State::leaving,        Trigger::step,       Action::send_bye,       State::closed},
    {State::await_params,   Trigger::error,      Action::receive_error,  State::closed},
    {State::await_key,      Trigger::error,      Action::receive_error,  State::closed},
    {State::open,           Trigger::error,      Action::receive_error,  State::closed},
    {State::parting,        Trigger::error,      Action::receive_error,  State::closed},
    {State::await_params,   Trigger::garbage,    Action::refuse,         State::refusing},
    {State::await_key,      Trigger::garbage,    Action::refuse,         State::refusing},
    {State::open,           Trigger::garbage,    Action::refuse,         State::refusing},
    {State::parting,        Trigger::garbage,    Action::refuse,         State::refusing},
    {State::await_params,   Trigger::timeout,    Action::refuse,         State::refusing},
    {State::await_key,      Trigger::timeout,    Action::refuse,         State::refusing},
    {State::open,           Trigger::timeout,    Action::refuse,         State::refusing},
    {State::parting,        Trigger::timeout,    Action::close,          State::closed},
    {State::refusing,       Trigger::step,       Action::send_error,     State::closed},
});
// clang-format on

/// `row_numbers[state][trigger]`: the row, counted from 1; 0: there is none. `resume` and `timeout` are the last
/// of their kinds.
inline constexpr auto row_numbers = [] {
    constexpr auto states = static_cast<std::size_t>(State::resume) + 1;
    constexpr auto triggers = static_cast<std::size_t>(Trigger::timeout) + 1;
    std::array<std::array<std::uint8_t, triggers>, states> numbers{};
    for (std::size_t i = 0; i < transitions.size(); ++i) {
        const Transition& row = transitions[i];
        numbers[static_cast<std::size_t>(row.state)][static_cast<std::size_t>(row.trigger)] =
            static_cast<std::uint8_t>(i + 1);
    }
    return numbers;
}();

/// The row for a state and a trigger; nullptr when there is none.
constexpr const Transition* find_transition(State state, Trigger trigger) {
    const std::size_t number = row_numbers[static_cast<std::size_t>(state)][static_cast<std::size_t>(trigger)];
    return number == 0 ? nullptr : &transitions[number - 1];
}

std::string_view name(State state);
std::string_view name(Trigger trigger);
std::string_view name(Action action);
/// Whether the action sends bytes.
bool sends(Action action);

} // namespace keyhole
