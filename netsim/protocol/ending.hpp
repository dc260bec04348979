// How a connection ended and how far the two had come: the one place that knows what people are told of it. Programs,
// relay and window all take their words from here, so the cause that is told is the same everywhere.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keyhole {

enum class Ending {
    none,     // it has not
    closed,   // the peer sends nothing more, in order
    reset,    // the peer's machine says that nobody is there for these bytes any more
    vanished, // the peer's machine has not answered for too long: it or the network is gone
    stalled,  // the peer's machine answers, and its program does not read
    failed,   // what the system says in words of its own
};

/// Nothing of the peer came, its handshake began, or it is done.
enum class Phase { silent, handshake, chat };

/// A connection's end, as far as it is known.
struct Loss {
    Ending how = Ending::none;
    std::string detail = {}; // of `failed`: the system's words

    /// Nothing comes any more, and nothing that is sent would arrive.
    bool broken() const { return how != Ending::none && how != Ending::closed; }
    bool operator==(const Loss&) const = default;
};

struct LossWords {
    std::string what; // "the server closed the connection without a bye"
    std::string why;  // "its program ended", or what it may be where it cannot be known
};

/// `peer`: "the server", "client#2". `how` is not `none`.
LossWords loss_words(const Loss& loss, Phase phase, std::string_view peer);

/// Both in one line: "WHAT (WHY)".
std::string to_text(const LossWords& words);

/// What this side said and the peer's machine never confirmed when the connection was over.
struct Undelivered {
    std::size_t sent = 0;   // messages that went out; they may have arrived all the same
    std::size_t unsent = 0; // texts that did not even go out
    std::string first;      // the first of all these texts

    bool any() const { return sent + unsent > 0; }
};

struct UndeliveredWords {
    std::string sent, unsent; // a line each; empty where there are none
};

/// `peer` as above. Texts are cut short and fit for a terminal.
UndeliveredWords undelivered_words(const Undelivered& lost, std::string_view peer);

} // namespace keyhole
