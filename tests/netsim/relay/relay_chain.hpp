// A client, a relay and a server without sockets, and alterations of what passes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "netsim/relay/flip_bit.hpp"
#include "netsim/relay/relay.hpp"
#include "tests/support/catch.hpp"

namespace keyhole::testing {

// A client, a relay and a server, joined by this struct alone.
struct Chain {
    explicit Chain(RelayOptions options, Mode mode = Mode::cbc)
        : server(Role::server, {.offer = make_offer(*find_group("modp768"), dh::Kdf::sha256, mode),
                                .random = Random::seeded("server")}),
          client(Role::client, {.offer = {}, .random = Random::seeded("client")}),
          relay(make_relay(std::move(options))) {
        run();
    }

    void run() {
        for (bool moved = true; moved;) {
            server.run();
            client.run();
            const std::string from_server = server.take_output(), from_client = client.take_output();
            if (!from_server.empty()) relay->receive(Role::server, to_bytes(from_server));
            if (!from_client.empty()) relay->receive(Role::client, to_bytes(from_client));
            relay->run();
            const std::string to_server = relay->take_output(Role::server),
                              to_client = relay->take_output(Role::client);
            server.receive(to_bytes(to_server));
            client.receive(to_bytes(to_client));
            relay->note_progress(Role::server, taken_by_server += to_server.size());
            relay->note_progress(Role::client, taken_by_client += to_client.size());
            if (relay->write_closed(Role::server)) server.end_of_input();
            if (relay->write_closed(Role::client)) client.end_of_input();
            moved = !(from_server + from_client + to_server + to_client).empty() || server.next_action() ||
                    client.next_action();
        }
        for (RelayEvent& event : relay->take_events()) events.push_back(std::move(event));
    }

    static std::vector<std::string> texts(Party& party) {
        std::vector<std::string> out;
        for (const Event& event : party.take_events()) {
            if (const auto* text = std::get_if<TextArrived>(&event)) out.push_back(text->text);
            if (const auto* refused = std::get_if<Refused>(&event)) out.push_back("refused " + refused->code);
        }
        return out;
    }

    Party server, client;
    std::unique_ptr<Relay> relay;
    std::uint64_t taken_by_server = 0, taken_by_client = 0; // bytes, ever
    std::vector<RelayEvent> events;
};

using Texts = std::vector<std::string>;

inline Alteration replace_first(Role from, std::string with) {
    return [from, with](const Passage& passage) -> std::optional<std::string> {
        return passage.from == from && passage.number == 1 ? with : passage.content;
    };
}

inline Alteration flip(BitPlace place) {
    return [place](const Passage& passage) -> std::optional<std::string> {
        const auto* message = std::get_if<MessageFrame>(&*passage.frame);
        return message && message->seq == 1 ? flip_bit(*message, place) : passage.content;
    };
}

} // namespace keyhole::testing
