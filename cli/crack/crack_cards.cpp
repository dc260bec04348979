#include "cli/crack/crack_cards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/base/error.hpp"

namespace keyhole::cli {

CrackCards::CrackCards(const cards::DeviceChoice& choice, bool asked, bool gentle, const KeySearch& search,
                       const KeySearchState& state)
    : choice_(choice) {
    if (!choice.cards()) return;
    const double keys =
        static_cast<double>(search.end_chunk() - state.next_chunk) * static_cast<double>(search.keys_per_chunk());
    const bool enough = keys >= cards::fewest_keys_for_cards;
    if (choice.automatic && !enough && !asked) return;
    std::vector<cards::Device> devices;
    try {
        devices = cards::opencl_devices();
    } catch (const Error& error) {
        if (!choice.automatic) throw;
        if (asked) fmt::print(stderr, "keyhole: warning: {}: the CPU searches alone\n", error.what());
        return;
    }
    const auto chosen = cards::chosen_cards(choice, devices);
    if (choice.automatic && asked && chosen.empty())
        fmt::print(stderr, "keyhole: note: no graphics card with an OpenCL driver is here; the CPU searches alone\n");
    if (choice.automatic && !enough) return;
    for (const cards::Device& device : chosen)
        cards_.push_back(std::make_unique<cards::Card>(device, search, cards::CardOptions{.gentle = gentle}));
}

void CrackCards::prepare(const std::function<bool()>& stopped) {
    if (choice_.automatic) return;
    for (const auto& card : cards_) {
        try {
            card->prepare(stopped);
        } catch (const Error& error) {
            const std::string words =
                fmt::format("{} cannot search ({}; `keyhole crack devices` tries all, and --device cpu needs none)",
                            card->name(), error.what());
            if (card->hangs()) fmt::print(stderr, "keyhole: error: {}\n", words);
            end_if_one_hangs(static_cast<int>(Failure::io));
            throw io_error(words);
        }
    }
}

std::vector<ChunkSearcher*> CrackCards::helpers() const {
    std::vector<ChunkSearcher*> helpers;
    for (const auto& card : cards_) helpers.push_back(card.get());
    return helpers;
}

std::string CrackCards::names() const {
    std::string names;
    for (std::size_t i = 0; i < cards_.size(); ++i) {
        names += i == 0 ? "" : i + 1 == cards_.size() ? " and " : ", ";
        names += cards_[i]->name();
    }
    return names;
}

void CrackCards::end_if_one_hangs(int status) const {
    if (std::none_of(cards_.begin(), cards_.end(), [](const auto& card) { return card->hangs(); })) return;
    std::fflush(nullptr);
    std::_Exit(status);
}

} // namespace keyhole::cli
