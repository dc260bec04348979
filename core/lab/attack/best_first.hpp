// One choice from each of several lists, the most likely combination first: an attack that counted several parts of a
// key tries them in this order.
#pragma once

#include <optional>
#include <queue>
#include <vector>

namespace keyhole::lab {

class BestFirst {
  public:
    /// `losses[list][choice]`: by how much a choice is worse than its list's best, rising in each list. No list is
    /// empty.
    explicit BestFirst(std::vector<std::vector<double>> losses);

    /// The choice of each list; empty when all combinations have been given.
    std::optional<std::vector<unsigned>> next();

  private:
    struct Combination {
        double loss;
        std::size_t changed; // only lists from this one on go further, so that none comes twice
        std::vector<unsigned> choices;

        bool operator<(const Combination& other) const { return loss > other.loss; }
    };

    std::vector<std::vector<double>> losses_;
    std::priority_queue<Combination> waiting_;
};

} // namespace keyhole::lab
