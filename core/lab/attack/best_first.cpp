#include "core/lab/attack/best_first.hpp"

namespace keyhole::lab {

BestFirst::BestFirst(std::vector<std::vector<double>> losses) : losses_(std::move(losses)) {
    waiting_.push({0, 0, std::vector<unsigned>(losses_.size())});
}

std::optional<std::vector<unsigned>> BestFirst::next() {
    if (waiting_.empty()) return std::nullopt;
    const Combination best = waiting_.top();
    waiting_.pop();
    for (std::size_t list = best.changed; list < losses_.size(); ++list) {
        const unsigned choice = best.choices[list];
        if (choice + 1 >= losses_[list].size()) continue;
        Combination worse = best;
        worse.changed = list;
        ++worse.choices[list];
        worse.loss += losses_[list][choice + 1] - losses_[list][choice];
        waiting_.push(std::move(worse));
    }
    return best.choices;
}

} // namespace keyhole::lab
