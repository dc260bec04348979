#include "viz/pages/live/live_scene.hpp"

#include "core/steps/viewer.hpp"
#include "netsim/tcp/host_port.hpp"
#include "viz/base/meaning.hpp"
#include "viz/live/live_model.hpp"

namespace keyhole::viz {
namespace {

Scene nobody_yet(const LiveController& live) {
    Scene scene;
    for (const Role role : every_role) {
        const bool own = live.started() && live.options().role == role;
        scene.people.push_back({std::string(role == Role::server ? "Server" : "Client") + (own ? " (here)" : ""),
                                ink_of(meaning_of(role)),
                                {}});
    }
    if (live.started()) scene.verdict = live.options().role == Role::server ? "Nobody has connected yet." : "";
    return scene;
}

} // namespace

Scene live_scene(const LiveController& live, bool overheard) {
    const LiveParty* chosen = live.chosen();
    if (chosen == nullptr) return nobody_yet(live);
    const Party& party = chosen->party();
    Scene scene = exchange_scene(overheard ? seen_by(party.recording(), Viewer::eavesdropper) : party.recording());
    const std::size_t own = party.role() == Role::server ? 0 : 1, peer = 1 - own;
    scene.people[own].name += " (here)";
    if (!party.peer_name().empty()) scene.people[peer].name += " " + party.peer_name();
    for (const std::string& words : arrival_words(party))
        scene.arrows.push_back({peer, own, words, SceneArrow::Fate::waits});
    if (!chosen->trouble().empty()) {
        scene.verdict = chosen->trouble();
        scene.verdict_ink = Ink::error;
    } else {
        scene.verdict = chosen->turn();
        scene.verdict_ink = chosen->ready() ? Ink::current : Ink::text;
    }
    return scene;
}

std::vector<std::string> commands_to_type(const LiveController& live) {
    std::vector<std::string> out;
    if (!live.started() || live.options().role != Role::server || live.address().empty()) return out;
    // The real port is the one of the address that is listened on; with several they share it.
    const std::string first = live.address().substr(0, live.address().find(" and "));
    for (const HostPort& address : reachable_at(parse_host_port(first)))
        out.push_back("keyhole connect " + to_text(address));
    return out;
}

} // namespace keyhole::viz
