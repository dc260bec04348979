// A server and a client without sockets, and what a party answers to a line that it refuses.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "netsim/protocol/party.hpp"
#include "tests/support/catch.hpp"

namespace keyhole::testing {

inline PartyOptions server_options(Mode mode = Mode::cbc) {
    return {.offer = make_offer(*find_group("toy23"), dh::Kdf::sha256, mode), .random = Random::seeded("party")};
}

inline PartyOptions client_options() { return {.offer = {}, .random = Random::seeded("party")}; }

// A server and a client, joined by this function alone.
inline void exchange(Party& a, Party& b) {
    for (bool moved = true; moved;) {
        a.run();
        b.run();
        const std::string from_a = a.take_output(), from_b = b.take_output();
        moved = !from_a.empty() || !from_b.empty();
        b.receive(to_bytes(from_a));
        a.receive(to_bytes(from_b));
    }
}

struct Pair {
    explicit Pair(Mode mode = Mode::cbc)
        : server(Role::server, server_options(mode)), client(Role::client, client_options()) {
        exchange(server, client);
        REQUIRE(server.established());
        REQUIRE(client.established());
        server.take_events();
        client.take_events();
    }
    Party server, client;
};

template <typename Kind>
std::optional<Kind> event_of(Party& party) {
    for (const Event& event : party.take_events()) {
        if (const Kind* found = std::get_if<Kind>(&event)) return *found;
    }
    return std::nullopt;
}

// What the party answers to that line; it must be the end of the chat.
inline nlohmann::json refusal(Party& party, const std::string& line) {
    party.run();
    party.take_output();
    party.receive(to_bytes(line + "\n"));
    party.run();
    CHECK(party.closed());
    const auto refused = event_of<Refused>(party);
    REQUIRE(refused);
    CHECK_FALSE(refused->by_peer);
    const auto answer = nlohmann::json::parse(party.take_output());
    CHECK(answer["type"] == "error");
    CHECK(answer["code"] == refused->code);
    return answer;
}

inline std::string message_line(std::uint64_t seq, const std::string& iv, const std::string& ciphertext) {
    return encode_frame(MessageFrame{seq, iv, ciphertext});
}

} // namespace keyhole::testing
