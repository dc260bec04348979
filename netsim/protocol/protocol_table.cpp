#include "netsim/protocol/protocol_table.hpp"

#include <iterator>

namespace keyhole {
namespace {

// Each in the order of its enumeration.
constexpr std::string_view state_names[] = {
    "choose",    "send_params", "await_params",   "check_params", "draw_private", "compute_public", "send_key",
    "await_key", "check_key",   "compute_shared", "derive",       "open",         "encrypt",        "frame",
    "send",      "decrypt",     "leaving",        "parting",      "refusing",     "closed",         "where it was"};
static_assert(std::size(state_names) == static_cast<std::size_t>(State::resume) + 1);

constexpr std::string_view trigger_names[] = {
    "its own turn",     "params arrives", "public_key arrives",   "message arrives",
    "bye arrives",      "error arrives",  "a bad line arrives",   "a text waits to be sent",
    "the user is done", "the user stops", "the peer's bytes end", "time is up"};
static_assert(std::size(trigger_names) == static_cast<std::size_t>(Trigger::timeout) + 1);

constexpr std::string_view action_names[] = {"choose the parameters",
                                             "send params",
                                             "receive the parameters",
                                             "check the parameters",
                                             "draw a private key",
                                             "compute the public key",
                                             "send public_key",
                                             "receive the peer's public key",
                                             "check the peer's public key",
                                             "compute the shared secret",
                                             "derive the DES key",
                                             "encode the text",
                                             "pad and encrypt",
                                             "frame",
                                             "send message",
                                             "check seq and decode",
                                             "decrypt and unpad",
                                             "send bye",
                                             "receive the bye",
                                             "receive the error",
                                             "note the end",
                                             "refuse",
                                             "send error",
                                             "close"};
static_assert(std::size(action_names) == static_cast<std::size_t>(Action::close) + 1);

} // namespace

std::string_view name(State state) { return state_names[static_cast<std::size_t>(state)]; }

std::string_view name(Trigger trigger) { return trigger_names[static_cast<std::size_t>(trigger)]; }

std::string_view name(Action action) { return action_names[static_cast<std::size_t>(action)]; }

bool sends(Action action) {
    switch (action) {
        case Action::send_params:
        case Action::send_public:
        case Action::send:
        case Action::send_bye:
        case Action::send_error: return true;
        default: return false;
    }
}

} // namespace keyhole
