#include "viz/session/steps_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/steps/step_kinds.hpp"

namespace keyhole::viz {
namespace {

class Lister {
  public:
    Lister(const StepTree& tree, const Node& current, std::uint64_t radius)
        : tree_(tree), current_(current), radius_(radius) {}

    void list(const Node& parent, std::vector<StepRow>& rows) const {
        const std::size_t level = parent.depth();
        const std::uint64_t count = tree_.child_count(parent);
        if (count == 0) return;
        const bool path_goes_on = current_.depth() > level;
        const Node on_path = path_goes_on ? ancestor(level + 1) : Node{};
        const std::uint64_t middle = path_goes_on ? tree_.index(on_path) : 0;
        const std::uint64_t first = middle > radius_ + 1 ? middle - radius_ : 0;
        const std::uint64_t last = middle + radius_ + 2 < count ? middle + radius_ + 1 : count;
        if (first > 0) rows.push_back(gap(parent, first - 1, first, level));
        for (std::uint64_t i = first; i < last; ++i) {
            const Node node = tree_.child(parent, i);
            const bool here = path_goes_on && i == middle;
            rows.push_back({.node = node,
                            .depth = level,
                            .title = title(node, tree_.recording().variant.rounds),
                            .current = here && current_.depth() == level + 1,
                            .on_path = here,
                            .has_parts = tree_.child_count(node) > 0,
                            .gap = false});
            if (here) list(node, rows);
        }
        if (last < count) rows.push_back(gap(parent, last, count - last, level));
    }

  private:
    Node ancestor(std::size_t depth) const {
        Node node = current_;
        while (node.depth() > depth) node = node.parent();
        return node;
    }
    StepRow gap(const Node& parent, std::uint64_t goes_to, std::uint64_t left_out, std::size_t level) const {
        return {.node = tree_.child(parent, goes_to),
                .depth = level,
                .title = fmt::format("{} more", left_out),
                .gap = true};
    }

    const StepTree& tree_;
    const Node& current_;
    std::uint64_t radius_;
};

} // namespace

std::vector<StepRow> step_rows(const StepTree& tree, const Node& current, std::uint64_t radius) {
    std::vector<StepRow> rows;
    Lister(tree, current, radius).list(Node{}, rows);
    return rows;
}

} // namespace keyhole::viz
