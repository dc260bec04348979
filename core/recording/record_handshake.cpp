#include "core/recording/record_handshake.hpp"

namespace keyhole {

Recording record_handshake(Parameters parameters, const Number& server_private, const Number& client_private) {
    Recording recording;
    recording.connected = true;
    recording.party(Role::server).private_key = server_private;
    recording.party(Role::client).private_key = client_private;
    for (PartyRecord& party : recording.parties) {
        party.agreed = true;
        party.public_key = power_modulo(parameters.g, *party.private_key, parameters.p);
    }
    for (const Role role : every_role) {
        PartyRecord& party = recording.party(role);
        party.shared = power_modulo(*recording.party(other(role)).public_key, *party.private_key, parameters.p);
        party.derived = true;
    }
    recording.parameters = std::move(parameters);
    return recording;
}

} // namespace keyhole
