#include "netsim/protocol/loopback.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace keyhole {
namespace {

// Below this many bits two of five numbers are easily equal, and a class would look for a reason.
constexpr std::size_t tiny_bits = 12;
constexpr int most_tries = 200; // in the smallest groups no five numbers differ

bool all_differ(const Recording& r) {
    const auto& [server, client] = r.parties;
    std::array numbers = {*server.private_key, *client.private_key, *server.public_key, *client.public_key,
                          *server.shared};
    std::ranges::sort(numbers);
    return std::ranges::adjacent_find(numbers) == numbers.end();
}

} // namespace

std::vector<Say> default_scene() {
    return {{Role::client, "This is a message"}, {Role::server, "This is a response from the server"}};
}

Exchange::Exchange(const ExchangeOptions& options)
    : server_(Role::server, PartyOptions{.offer = make_offer(options.group, options.kdf, options.mode),
                                         .random = options.random,
                                         .private_key = options.server_private,
                                         .variant = options.variant}),
      client_(Role::client, PartyOptions{.offer = {},
                                         .random = options.random,
                                         .private_key = options.client_private,
                                         .variant = options.variant}) {
    merged_.variant = options.variant;
    pump();
    for (const Say& line : options.says) {
        if (!over()) say(line.role, line.text);
    }
}

void Exchange::say(Role role, std::string text) {
    (role == Role::server ? server_ : client_).say(std::move(text));
    pump();
}

void Exchange::pump() {
    while (server_.next_action() || client_.next_action()) {
        server_.run();
        client_.receive(to_bytes(server_.take_output()));
        client_.run();
        server_.receive(to_bytes(client_.take_output()));
    }
    assert((server_.established() && client_.established()) || (over() && !merged_.variant.is_des()));
    server_.take_events();
    client_.take_events();
    merge();
}

// After pump() nothing is on its way: both sides have the same messages in the same order.
void Exchange::merge() {
    const Recording& server = server_.recording();
    const Recording& client = client_.recording();
    merged_.connected = true;
    merged_.parameters = server.parameters;
    merged_.party(Role::server) = server.party(Role::server);
    merged_.party(Role::client) = client.party(Role::client);
    assert(server.messages.size() == client.messages.size());
    for (std::size_t i = merged_.messages.size(); i < server.messages.size(); ++i) {
        MessageRecord message = server.messages[i];
        assert(message.sender == client.messages[i].sender && message.seq == client.messages[i].seq);
        if (message.sent) {
            message.received = client.messages[i].received;
        } else {
            message.sent = client.messages[i].sent;
        }
        merged_.messages.push_back(std::move(message));
    }
}

Recording run_exchange(const ExchangeOptions& options) {
    const bool chosen = options.random.predictable() || options.server_private || options.client_private;
    if (chosen || bit_length(options.group.p) > tiny_bits) return Exchange(options).recording();
    ExchangeOptions handshake = options;
    handshake.says.clear();
    Recording drawn = Exchange(handshake).recording();
    for (int i = 0; i < most_tries && !all_differ(drawn); ++i) drawn = Exchange(handshake).recording();
    ExchangeOptions with_keys = options;
    with_keys.server_private = drawn.party(Role::server).private_key;
    with_keys.client_private = drawn.party(Role::client).private_key;
    return Exchange(with_keys).recording();
}

} // namespace keyhole
