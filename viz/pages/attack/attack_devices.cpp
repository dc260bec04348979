#include "core/base/words.hpp"
#include "viz/pages/attack/attack_cards.hpp"

namespace keyhole::viz {

std::string device_words(AttackDevices devices, const std::vector<AttackCard>& cards, unsigned cores) {
    std::string words;
    if (devices != AttackDevices::cards) words = counted(cores, "core");
    if (devices == AttackDevices::cpu) return words;
    for (std::size_t i = 0; i < cards.size(); ++i) {
        if (!words.empty()) words += i + 1 == cards.size() ? " and " : ", ";
        words += cards[i].device.name;
    }
    return words;
}

} // namespace keyhole::viz
