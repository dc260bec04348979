#include "viz/panels/scrubber_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/steps/address.hpp"

namespace keyhole::viz {
namespace {

constexpr std::uint64_t most_phases = 24;
constexpr std::uint64_t most_marks = 64;

std::string label_of(const Node& node) {
    std::string label = component(node.last(), true);
    std::ranges::replace(label, '.', ' ');
    return label;
}

Meaning meaning_of_message(const Recording& recording, std::uint64_t number) {
    // The workbench's message has no sender.
    return recording.des ? Meaning::sbox : meaning_of(recording.messages[number - 1].sender);
}

Meaning meaning_of_step(const Recording& recording, const Node& node) {
    switch (node.kind()) {
        case Kind::parameters: return meaning_of(Role::server);
        case Kind::keys:
        case Kind::schedule:
        case Kind::modexp: return Meaning::key;
        case Kind::secret: return Meaning::secret;
        case Kind::message: return meaning_of_message(recording, node.number(Kind::message));
        default: return Meaning::plain;
    }
}

// Top-level steps, with messages taken together in equal bundles when there are too many of them.
std::vector<Phase> phases_of(const StepTree& tree) {
    std::vector<Phase> phases;
    const std::uint64_t count = tree.child_count(Node{});
    const std::uint64_t messages = tree.recording().messages.size();
    const std::uint64_t others = count - messages;
    const std::uint64_t room = most_phases - std::min(others, most_phases - 1);
    const std::uint64_t bundle = std::max<std::uint64_t>(1, (messages + room - 1) / room);
    std::uint64_t number = 1;
    for (std::uint64_t i = 0; i < count;) {
        const std::uint64_t taken = i < others ? 1 : std::min(bundle, count - i);
        Phase phase{.node = tree.child(Node{}, i), .label = {}, .first = number, .size = 0};
        phase.label = label_of(phase.node);
        phase.meaning = meaning_of_step(tree.recording(), phase.node);
        for (std::uint64_t other = 1; other < taken; ++other) {
            if (meaning_of_message(tree.recording(), i - others + 1 + other) != phase.meaning)
                phase.meaning = Meaning::sbox;
        }
        if (taken > 1) phase.label = fmt::format("messages {} to {}", i - others + 1, i - others + taken);
        for (const std::uint64_t end = i + taken; i < end; ++i) phase.size += tree.size(tree.child(Node{}, i));
        number += phase.size;
        phases.push_back(std::move(phase));
    }
    return phases;
}

std::uint64_t number_in(const Phase& phase, float share) {
    const double inside = static_cast<double>(std::clamp(share, 0.0F, 1.0F)) * static_cast<double>(phase.size);
    return phase.first + std::min(static_cast<std::uint64_t>(inside), phase.size - 1);
}

float share_of(const Phase& phase, std::uint64_t number) {
    return static_cast<float>((static_cast<double>(number - phase.first) + 0.5) / static_cast<double>(phase.size));
}

} // namespace

Scrubber scrubber(const StepTree& tree, const Node& current) {
    Scrubber bar;
    bar.phases = phases_of(tree);
    bar.number = tree.number(current);
    for (const Phase& phase : bar.phases) bar.total += phase.size;
    const auto count_of_phases = static_cast<float>(bar.phases.size());
    for (std::size_t i = 0; i < bar.phases.size(); ++i) {
        bar.phases[i].begin = static_cast<float>(i) / count_of_phases;
        bar.phases[i].end = static_cast<float>(i + 1) / count_of_phases;
        if (bar.number >= bar.phases[i].first) bar.current = i;
    }
    bar.position = position_of(bar, bar.number);
    bar.within = position_within(bar, bar.number);

    // The path to the current step is marked with the parts of each step on it, as long as they can be told apart.
    std::vector<Node> path;
    for (Node up = current; up.depth() > 0; up = up.parent()) path.insert(path.begin(), up);
    for (const Node& parent : path) {
        const int level = parent.depth() == 1 ? 0 : parent.within(Kind::block) ? 2 : 1;
        const std::uint64_t count = tree.child_count(parent);
        if (count > most_marks || parent.kind() == Kind::round) break;
        for (std::uint64_t i = 0; i < count; ++i)
            bar.marks.push_back({position_within(bar, tree.number(tree.child(parent, i))), level});
    }
    return bar;
}

std::uint64_t number_at(const Scrubber& bar, float position) {
    for (const Phase& phase : bar.phases) {
        if (position <= phase.end) return number_in(phase, (position - phase.begin) / (phase.end - phase.begin));
    }
    return bar.total;
}

float position_of(const Scrubber& bar, std::uint64_t number) {
    for (const Phase& phase : bar.phases) {
        if (number < phase.first + phase.size) return phase.begin + (phase.end - phase.begin) * share_of(phase, number);
    }
    return 1;
}

std::uint64_t number_within(const Scrubber& bar, float position) {
    return bar.phases.empty() ? bar.total : number_in(bar.phases[bar.current], position);
}

float position_within(const Scrubber& bar, std::uint64_t number) {
    return bar.phases.empty() ? 1 : share_of(bar.phases[bar.current], number);
}

} // namespace keyhole::viz
