#include "core/steps/no_such_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/spelling/spelling.hpp"
#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "core/steps/viewer.hpp"

namespace keyhole {
namespace {

std::string name_of(const StepTree& tree, const Node& node, std::uint64_t child) {
    return component(tree.child(node, child).last(), node.depth() == 0);
}

// The names of a step's children; of many that differ in their number only, the first and the last one.
std::string list_children(const StepTree& tree, const Node& node) {
    constexpr std::uint64_t most_looked_at = 64, most_alike = 3;
    const std::uint64_t count = tree.child_count(node);
    if (count > most_looked_at)
        return fmt::format("{}, .., {}", name_of(tree, node, 0), name_of(tree, node, count - 1));
    std::vector<std::string> names;
    for (std::uint64_t i = 0; i < count;) {
        std::uint64_t end = i + 1;
        while (end < count && tree.child(node, end).kind() == tree.child(node, i).kind()) ++end;
        if (end - i > most_alike) {
            names.insert(names.end(), {name_of(tree, node, i), "..", name_of(tree, node, end - 1)});
        } else {
            for (std::uint64_t k = i; k < end; ++k) names.push_back(name_of(tree, node, k));
        }
        i = end;
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

// The child of that name, whatever the case of its letters, or the one whose name is a slip away.
std::optional<Node> near_child(const StepTree& tree, const Node& node, std::string_view typed) {
    constexpr std::uint64_t most_compared = 64;
    const std::string before = node.depth() == 0 ? "" : address(node) + "/";
    const std::uint64_t count = tree.child_count(node);
    if (count == 0) return std::nullopt;
    std::vector<std::string> names;
    for (std::uint64_t i = 0; i < std::min(count, most_compared); ++i) names.push_back(name_of(tree, node, i));
    // Of many that differ in their number only: the one of the number that was typed.
    const std::string last = name_of(tree, node, count - 1);
    names.push_back(last.substr(0, last.rfind('.') + 1).append(typed.substr(typed.find_last_not_of("0123456789") + 1)));
    const auto same = std::ranges::find_if(names, [&](const std::string& name) { return same_word(name, typed); });
    if (same != names.end()) return tree.find(before + *same);
    const std::vector<std::string_view> known(names.begin(), names.end());
    const auto near = near_word(typed, known);
    return near ? tree.find(before + std::string(*near)) : std::nullopt;
}

std::string nearest_address(const StepTree& tree, std::string_view text) {
    constexpr std::size_t longest = 200;
    if (text.empty() || text.size() > longest) return {};
    Node node;
    for (const std::string_view part : split(text, "/")) {
        const auto next = near_child(tree, node, part);
        if (!next) return {};
        node = *next;
    }
    return address(node);
}

} // namespace

Error no_such_step(const StepTree& tree, std::string_view text) {
    if (const auto node = parse_address(text)) {
        if (const std::string why = why_unknown(tree.recording(), *node); !why.empty())
            return bad_input(fmt::format("'{}' is not known here ({}; look at it on that side)", text, why));
    } else if (const std::string meant = nearest_address(tree, text); !meant.empty()) {
        return bad_input(fmt::format("no step '{}' in this trace (no step has that name; did you mean {}?)",
                                     excerpt(text, 80), meant));
    }
    // Name the deepest part that exists, and what lies below it.
    Node deepest;
    for (std::size_t slash = text.find('/');; slash = text.find('/', slash + 1)) {
        const auto node = tree.find(text.substr(0, slash));
        if (!node) break;
        deepest = *node;
        if (slash == std::string_view::npos) break;
    }
    const std::string below = list_children(tree, deepest);
    const std::string where = deepest.depth() == 0 ? "the trace" : address(deepest);
    return bad_input(fmt::format("no step '{}' in this trace ({} {}; name one of the steps it holds)",
                                 excerpt(text, 80), where, below.empty() ? "has no steps below it" : "has " + below));
}

} // namespace keyhole
