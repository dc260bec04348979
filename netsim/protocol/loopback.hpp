// Two parties in one process, joined by a string each way, and one recording of both sides, in which nothing is
// unknown.
#pragma once

#include <string>
#include <vector>

#include "netsim/protocol/party.hpp"

namespace keyhole {

struct Say {
    Role role = Role::client;
    std::string text;
};

/// The client's "This is a message", and the server's answer.
std::vector<Say> default_scene();

struct ExchangeOptions {
    Group group;
    dh::Kdf kdf = dh::Kdf::sha256;
    Mode mode = Mode::cbc;
    Random random = Random::system();
    std::vector<Say> says;
    std::optional<Number> server_private = std::nullopt, client_private = std::nullopt; // empty: drawn
    des::Variant variant = {};
};

class Exchange {
  public:
    /// Does the handshake and sends `says`. Throws Error (bad_input) for parameters and private keys that are no good
    /// and for texts that Party::say refuses.
    explicit Exchange(const ExchangeOptions& options);

    /// One more text, sent and received at once. Throws Error (bad_input) as Party::say.
    void say(Role role, std::string text);

    /// A receiver refused a message, as happens in a variant that does not decipher what it enciphers: nothing more
    /// can be said, and texts that were still to be said are not in the recording.
    bool over() const { return server_.closed() || client_.closed(); }

    /// It only ever grows.
    const Recording& recording() const { return merged_; }

  private:
    void pump();
    void merge();

    Party server_, client_;
    Recording merged_;
};

/// The whole exchange at once. Private keys that are drawn in a tiny group are drawn until both keys of both sides and
/// the secret differ, where that can be: a lecture is no place for A = B by chance.
Recording run_exchange(const ExchangeOptions& options);

} // namespace keyhole
