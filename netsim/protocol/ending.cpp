#include "netsim/protocol/ending.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"

namespace keyhole {
namespace {

constexpr std::size_t longest_text = 60; // characters of a text that is told

// Where in the exchange it happened, after a verb; a chat needs no such words.
std::string_view at(Phase phase) {
    switch (phase) {
        case Phase::silent: return " before it said a word";
        case Phase::handshake: return " during the handshake";
        default: return "";
    }
}

LossWords closed(Phase phase, std::string_view peer) {
    switch (phase) {
        case Phase::silent:
            return {fmt::format("{} closed the connection{}", peer, at(phase)),
                    "it is full or going down, or stands in for another that is away"};
        case Phase::handshake:
            return {fmt::format("{} closed the connection{}", peer, at(phase)), "its program ended, or gave up"};
        default: return {fmt::format("{} closed the connection without a bye", peer), "its program ended"};
    }
}

} // namespace

LossWords loss_words(const Loss& loss, Phase phase, std::string_view peer) {
    switch (loss.how) {
        case Ending::reset:
            return {fmt::format("the connection to {} was reset{}", peer, at(phase)),
                    phase == Phase::silent ? "nobody there took it: its program is full, going down or gone"
                                           : "its program ended, or its machine was restarted"};
        case Ending::vanished:
            return {fmt::format("{} is not heard any more", peer),
                    "its machine has not answered for about a minute: it is off, or the network between is cut"};
        case Ending::stalled:
            return {fmt::format("{} is too slow", peer),
                    "its machine answers, but its program does not read what is sent to it"};
        case Ending::failed: return {fmt::format("the connection to {} broke{}", peer, at(phase)), loss.detail};
        default: return closed(phase, peer);
    }
}

std::string to_text(const LossWords& words) { return fmt::format("{} ({})", words.what, words.why); }

UndeliveredWords undelivered_words(const Undelivered& lost, std::string_view peer) {
    UndeliveredWords words;
    const std::string first =
        lost.first.empty() ? "" : fmt::format(", the first: {}", excerpt(lost.first, longest_text));
    if (lost.sent > 0)
        words.sent = fmt::format("{} may not have reached {}: its machine never confirmed {}{}",
                                 counted(lost.sent, "message"), peer, singular_or(lost.sent, "it", "them"), first);
    if (lost.unsent > 0)
        words.unsent =
            fmt::format("not sent to {}: {}{}", peer, counted(lost.unsent, "line"), lost.sent > 0 ? "" : first);
    return words;
}

} // namespace keyhole
