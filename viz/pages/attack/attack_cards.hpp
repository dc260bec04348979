// The graphics cards of an attack: which are here, how fast each is, and whether the search runs on them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/attack/cards/card.hpp"

namespace keyhole::viz {

/// What a search runs on.
enum class AttackDevices { cpu, both, cards };

struct AttackCard {
    cards::Device device;
    double rate = 0; // keys a second; 0: not measured yet
};

/// The real cards; where there are none, OpenCL on this CPU, which searches alike. Empty where there is no loader, no
/// driver, or a broken one.
std::vector<AttackCard> attack_cards();

/// Keys a second of a card, measured for about `seconds`.
double measured_rate(const AttackCard& card, double seconds);

/// "one core", "NVIDIA H100", "2 cores and NVIDIA H100".
std::string device_words(AttackDevices devices, const std::vector<AttackCard>& cards, unsigned cores);

/// Searches from `from` on the chosen devices as run_key_search does, with `options` for what is alike on all. Throws
/// Error (io) where nothing is left that searches; `lost` gets a line for each card that was left out.
KeySearchState search_on(AttackDevices devices, const std::vector<AttackCard>& cards, bool gentle,
                         const KeySearch& search, KeySearchState from, KeySearchOptions options, std::string& lost);

} // namespace keyhole::viz
