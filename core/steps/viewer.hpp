// Who knows what: the same exchange as one side recorded it, or as somebody who only listened. What that person cannot
// know is taken out of the recording, and for every step that is then missing there is a reason in words.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/recording/recording.hpp"
#include "core/steps/node.hpp"

namespace keyhole {

enum class Viewer { both, server, client, eavesdropper };

/// In one word, by Viewer: what --viewer takes.
inline constexpr std::array<std::string_view, 4> viewer_words = {"both", "server", "client", "eavesdropper"};
constexpr std::string_view word_of(Viewer viewer) { return viewer_words[static_cast<std::size_t>(viewer)]; }

/// "both sides", "the server", "the client", "an eavesdropper".
std::string_view name(Viewer viewer);

/// `both`, and then everyone who would see less than the recording holds; nobody where there is no exchange.
std::vector<Viewer> viewers_of(const Recording& recording);

/// What that viewer knows of the recording. A trace without an exchange has no sides and stays as it is.
Recording seen_by(Recording recording, Viewer viewer);

/// Whether the recording has that side's private values, or that side has not made any yet.
bool knows_secrets_of(const Recording& recording, Role role);

/// Why a step of the exchange is missing from the recording: "the client has a private key and never sends it".
/// Empty where the recording holds the step, or the exchange has not come to it.
std::string why_unknown(const Recording& recording, const Node& node);

} // namespace keyhole
