#include "netsim/protocol/protocol_table.hpp"

namespace keyhole {

std::string_view name(State state) {
    switch (state) {
        case State::choose: return "choose";
        case State::send_params: return "send_params";
        case State::await_params: return "await_params";
        case State::check_params: return "check_params";
        case State::draw_private: return "draw_private";
        case State::compute_public: return "compute_public";
        case State::send_key: return "send_key";
        case State::await_key: return "await_key";
        case State::check_key: return "check_key";
        case State::compute_shared: return "compute_shared";
        case State::derive: return "derive";
        case State::open: return "open";
        case State::encrypt: return "encrypt";
        case State::frame: return "frame";
        case State::send: return "send";
        case State::decrypt: return "decrypt";
        case State::leaving: return "leaving";
        case State::parting: return "parting";
        case State::refusing: return "refusing";
        case State::closed: return "closed";
        case State::resume: return "where it was";
    }
    return {};
}

std::string_view name(Trigger trigger) {
    switch (trigger) {
        case Trigger::step: return "its own turn";
        case Trigger::params: return "params arrives";
        case Trigger::public_key: return "public_key arrives";
        case Trigger::message: return "message arrives";
        case Trigger::bye: return "bye arrives";
        case Trigger::error: return "error arrives";
        case Trigger::garbage: return "a bad line arrives";
        case Trigger::say: return "a text waits to be sent";
        case Trigger::leave: return "the user is done";
        case Trigger::stop: return "the user stops";
        case Trigger::hang_up: return "the peer's bytes end";
        case Trigger::timeout: return "time is up";
    }
    return {};
}

std::string_view name(Action action) {
    switch (action) {
        case Action::choose: return "choose the parameters";
        case Action::send_params: return "send params";
        case Action::receive_params: return "receive the parameters";
        case Action::check_params: return "check the parameters";
        case Action::draw_private: return "draw a private key";
        case Action::compute_public: return "compute the public key";
        case Action::send_public: return "send public_key";
        case Action::receive_public: return "receive the peer's public key";
        case Action::check_public: return "check the peer's public key";
        case Action::compute_shared: return "compute the shared secret";
        case Action::derive: return "derive the DES key";
        case Action::encode: return "encode the text";
        case Action::encrypt: return "pad and encrypt";
        case Action::frame: return "frame";
        case Action::send: return "send message";
        case Action::decode: return "check seq and decode";
        case Action::decrypt: return "decrypt and unpad";
        case Action::send_bye: return "send bye";
        case Action::receive_bye: return "receive the bye";
        case Action::receive_error: return "receive the error";
        case Action::receive_end: return "note the end";
        case Action::refuse: return "refuse";
        case Action::send_error: return "send error";
        case Action::close: return "close";
    }
    return {};
}

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
