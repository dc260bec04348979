#include "viz/pages/relay/relay_scene.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "netsim/tcp/host_port.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t server_place = 0, middle_place = 1, client_place = 2;
constexpr std::size_t longest_text = 40; // characters beside an arrow

// A key for each end, in two colours.
Ink key_ink(Role end) { return end == Role::client ? Ink::key : Ink::sbox; }

std::string shown(std::string_view text) { return excerpt(text, longest_text); }

bool of(const RelayNote& note, std::string_view side, std::uint64_t id) {
    return note.who == side || note.who == fmt::format("{}#{}", side, id);
}

// What a note tells of: from one end through the middle to the other, or not as far.
void add_note(Scene& scene, const RelayNote& note, bool from_client) {
    const std::size_t from = from_client ? client_place : server_place, to = from_client ? server_place : client_place;
    using enum SceneArrow::Fate;
    switch (note.kind) {
        case RelayNote::Kind::passed:
            scene.arrows.push_back({from, middle_place, shown(note.text), arrived});
            scene.arrows.push_back({middle_place, to, shown(note.text), arrived});
            break;
        case RelayNote::Kind::altered: scene.arrows.push_back({middle_place, to, shown(note.text), altered}); break;
        case RelayNote::Kind::dropped: scene.arrows.push_back({from, middle_place, shown(note.text), lost}); break;
        default: break;
    }
}

std::string verdict(const RelayClient& client, bool quiet) {
    const auto& [server, with_client] = client.fingerprints;
    if (quiet) return "It only listens: it knows what crossed the wire, and no key.";
    if (!server || !with_client) return {};
    return *server == *with_client ? "" : "The fingerprints differ: whoever reads them to each other finds the relay.";
}

} // namespace

Scene relay_scene(const RelayState& state, const RelayClient* client, bool quiet, const std::string& held_text) {
    Scene scene;
    scene.people = {{"Server", ink_of(meaning_of(Role::server)), {}},
                    {quiet ? "Listens" : "In the middle", Ink::error, {}, quiet},
                    {"Client", ink_of(meaning_of(Role::client)), {}}};
    if (client == nullptr) {
        if (!state.address.empty())
            scene.verdict =
                "At the client, type: keyhole connect " +
                to_text(reachable_at(parse_host_port(state.address.substr(0, state.address.find(' '))), 1).front());
        scene.verdict_ink = Ink::current;
        return scene;
    }
    for (const Role end : every_role) {
        const std::optional<std::uint64_t> key = quiet ? std::nullopt : client->keys[index(end)];
        if (!key) continue;
        const SceneFact fact{"key", fmt::format("{:016X}", *key), key_ink(end)};
        scene.people[end == Role::client ? client_place : server_place].facts.push_back(fact);
        scene.people[middle_place].facts.push_back(
            {end == Role::client ? "with the client" : "with the server", fact.value, fact.ink});
    }
    for (const RelayNote& note : state.notes) {
        if (of(note, "client", client->id)) add_note(scene, note, true);
        if (of(note, "server", client->id)) add_note(scene, note, false);
    }
    if (client->held) {
        const bool from_client = client->held->from == Role::client;
        const std::string& words = client->held->frame ? client->held->content : held_text;
        scene.arrows.push_back({from_client ? client_place : server_place, middle_place, shown(client->held->content)});
        scene.arrows.push_back(
            {middle_place, from_client ? server_place : client_place, shown(words), SceneArrow::Fate::waits});
    }
    for (const Role end : every_role) {
        if (const auto& digits = client->fingerprints[index(end)]; digits && !(quiet && end == Role::server))
            scene.fingerprints.push_back({"fingerprint", *digits, quiet ? Ink::secret : key_ink(end)});
    }
    scene.verdict = verdict(*client, quiet);
    return scene;
}

} // namespace keyhole::viz
