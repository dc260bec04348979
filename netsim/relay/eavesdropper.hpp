// What anybody on the path can know of an exchange, recorded line by line: p, g, both public keys and the messages as
// they were framed. The quiet relay listens with it while it forwards, a capture is read with it afterwards.
#pragma once

#include <optional>

#include "core/recording/recording.hpp"
#include "netsim/protocol/offer.hpp"

namespace keyhole {

/// What our own user is told.
inline const std::string& reason_of(const Fault& fault) { return fault.reason.empty() ? fault.detail : fault.reason; }

class Eavesdropper {
  public:
    /// Without `keep_messages` only the last message is kept.
    explicit Eavesdropper(bool keep_messages = true) : keep_messages_(keep_messages) { heard_.connected = true; }

    /// A line that `from` sent, and what it says. Returns why it is no part of the exchange (its receiver refuses it,
    /// or only this listener missed what comes before it); empty when it is one, or says nothing that is recorded.
    std::string hear(Role from, const std::string& line, const Frame& frame);

    /// Lines of that end did not come here: its next message may have any later seq.
    void miss(Role from) { ways_[static_cast<std::size_t>(from)].missed = true; }

    bool knows_keys() const { return heard_.parties[0].public_key && heard_.parties[1].public_key; }
    const Recording& recording() const { return heard_; }

  private:
    struct Way {
        std::uint64_t seq = 0; // of the last message
        bool missed = false;
    };

    std::string note(Role from, const std::string& line, const ParamsFrame& frame);
    std::string note(Role from, const std::string& line, const PublicKeyFrame& frame);
    std::string note(Role from, const std::string& line, const MessageFrame& frame);
    std::string note(Role, const std::string&, const ByeFrame&) { return {}; }
    std::string note(Role, const std::string&, const ErrorFrame&) { return {}; }

    bool keep_messages_;
    std::array<Way, 2> ways_{};
    std::optional<Offer> offer_;
    Recording heard_;
};

} // namespace keyhole
