#include "viz/pages/attack/attack_cards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.hpp"

namespace keyhole::viz {

std::vector<AttackCard> attack_cards() {
    std::vector<cards::Device> devices;
    try {
        devices = cards::opencl_devices();
    } catch (const Error&) {
        return {}; // the page offers the cores alone; `keyhole crack devices` says why
    }
    const bool real = std::ranges::any_of(devices, [](const cards::Device& device) { return device.is_card(); });
    std::vector<AttackCard> cards;
    for (cards::Device& device : devices) {
        if (device.is_card() == real) cards.push_back({std::move(device), 0});
    }
    return cards;
}

double measured_rate(const AttackCard& card, double seconds) { return cards::card_rate(card.device, seconds); }

KeySearchState search_on(AttackDevices devices, const std::vector<AttackCard>& chosen, bool gentle,
                         const KeySearch& search, KeySearchState from, KeySearchOptions options, std::string& lost) {
    std::vector<std::unique_ptr<cards::Card>> cards;
    if (devices != AttackDevices::cpu) {
        for (const AttackCard& card : chosen)
            cards.push_back(std::make_unique<cards::Card>(card.device, search, cards::CardOptions{.gentle = gentle}));
    }
    for (const auto& card : cards) options.helpers.push_back(card.get());
    if (devices == AttackDevices::cards && !cards.empty()) options.threads = 0;
    options.left_out = [&](const ChunkSearcher& card, const std::string& why) {
        lost += fmt::format("{} is left out: {}\n", card.name(), why);
    };
    bool stopped = false;
    options.progress = [&stopped, progress = std::move(options.progress)](const KeySearchState& state) {
        stopped = stopped || !progress(state);
        return !stopped;
    };
    KeySearchState end = run_key_search(search, std::move(from), options);
    if (!finished(search, end) && !stopped) throw io_error("no device is left that searches: " + lost);
    return end;
}

} // namespace keyhole::viz
