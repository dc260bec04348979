// A page in a browser reaches no graphics card that could search keys.
#include "viz/pages/attack/attack_cards.hpp"

namespace keyhole::viz {

std::vector<AttackCard> attack_cards() { return {}; }

double measured_rate(const AttackCard& /*card*/, double /*seconds*/) { return 0; }

KeySearchState search_on(AttackDevices /*devices*/, const std::vector<AttackCard>& /*cards*/, bool /*gentle*/,
                         const KeySearch& search, KeySearchState from, KeySearchOptions options,
                         std::string& /*lost*/) {
    return run_key_search(search, std::move(from), options);
}

} // namespace keyhole::viz
