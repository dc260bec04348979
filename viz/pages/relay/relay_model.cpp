#include "viz/pages/relay/relay_model.hpp"

#include <algorithm>

#include "core/base/error.hpp"

namespace keyhole::viz {
namespace {

// Empty, with `fault` filled, where the text is no address.
HostPort parse(const std::string& text, std::string& fault) {
    fault.clear();
    try {
        return parse_host_port(text);
    } catch (const Error& error) {
        fault = error.what();
        return {};
    }
}

} // namespace

void RelayModel::update() {
    if (controller_.version() == state_.version) return;
    state_ = controller_.state();
    const RelayClient* client = deciding();
    const auto waits =
        client == nullptr
            ? std::pair<std::uint64_t, std::uint64_t>{}
            : std::pair{client->id, client->held->number * 2 + (client->held->from == Role::client ? 1U : 0U)};
    if (waits == waits_) return;
    waits_ = waits;
    text = client == nullptr ? "" : client->held->content;
    flip = {};
    flip_error.clear();
}

bool RelayModel::start() {
    const RelaySetup setup{
        .listen = parse(listen, listen_error), .to = parse(to, to_error), .quiet = quiet, .hold = hold};
    if (!listen_error.empty() || !to_error.empty()) return false;
    controller_.start(setup);
    return true;
}

void RelayModel::set_hold(bool yes) {
    hold = yes;
    controller_.hold(yes);
}

const RelayClient* RelayModel::chosen() const {
    const auto found = std::ranges::find(state_.clients, chosen_, &RelayClient::id);
    return found != state_.clients.end() ? &*found : state_.clients.empty() ? nullptr : &state_.clients.front();
}

void RelayModel::choose_by(int by) {
    const RelayClient* now = chosen();
    if (now == nullptr) return;
    const auto last = static_cast<std::ptrdiff_t>(state_.clients.size()) - 1;
    const auto next = std::clamp<std::ptrdiff_t>(now - state_.clients.data() + by, 0, last);
    chosen_ = state_.clients[static_cast<std::size_t>(next)].id;
}

const RelayClient* RelayModel::deciding() const {
    const auto found = std::ranges::find_if(state_.clients, [](const RelayClient& c) { return c.held.has_value(); });
    return found == state_.clients.end() ? nullptr : &*found;
}

void RelayModel::send(const RelayClient& client) {
    controller_.deliver(client.id, text == client.held->content ? std::nullopt : std::optional(text));
}

bool RelayModel::has_ciphertext(const RelayClient& client) {
    return client.held && client.held->frame && std::holds_alternative<MessageFrame>(*client.held->frame);
}

void RelayModel::turn_bit(const RelayClient& client) {
    const auto line = flip_bit(std::get<MessageFrame>(*client.held->frame), flip.place);
    flip_error = line ? "" : "the message has no such byte";
    if (line) text = *line;
}

bool RelayModel::can_flip(const Recording& shown) const {
    return !running() && shown.parameters && !shown.messages.empty() && !is_overheard(shown);
}

void RelayModel::next_message(const Recording& shown) {
    message = message % std::max<std::size_t>(shown.messages.size(), 1) + 1;
}

std::optional<Recording> RelayModel::flipped(const Recording& shown) {
    flip_error.clear();
    return received_flipped(shown, message, flip.place, flip_error);
}

} // namespace keyhole::viz
