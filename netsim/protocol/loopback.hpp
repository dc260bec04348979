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
};

class Exchange {
  public:
    /// Does the handshake and sends `says`. Throws Error (bad_input) for parameters and private keys that are no good
    /// and for texts that Party::say refuses.
    explicit Exchange(const ExchangeOptions& options);

    /// One more text, sent and received at once. Throws Error (bad_input) as Party::say.
    void say(Role role, std::string text);

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
