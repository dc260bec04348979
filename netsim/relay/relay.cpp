#include "netsim/relay/relay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "core/base/error.hpp"
#include "netsim/relay/relay_middle.hpp"
#include "netsim/relay/relay_quiet.hpp"

namespace keyhole {

std::string describe(const RelayAction& action) {
    using enum RelayAction::Kind;
    const std::string_view side = name(action.side), peer = name(other(action.side));
    switch (action.kind) {
        case party: return fmt::format("towards the {}: {}", side, name(*action.action));
        case offer: return fmt::format("towards the {}: take over what the {} offers", side, peer);
        case deliver: return fmt::format("pass on to the {}", side);
        case part: return fmt::format("towards the {}: end it, for the {} has", side, peer);
    }
    return {};
}

std::unique_ptr<Relay> make_relay(RelayOptions options) {
    return options.quiet ? make_quiet_relay(std::move(options)) : make_middle_relay(std::move(options));
}

void Relay::run() {
    while (next_action()) perform();
}

// A passage counts one byte more than it has, so that empty ones count too.
void Relay::keep(Passage passage) {
    held_bytes_[index(passage.from)] += passage.content.size() + 1;
    events_.push_back({passage.from, Held{}});
    held_.push_back(std::move(passage));
}

Passage Relay::take_at(std::size_t place) {
    const auto at = held_.begin() + static_cast<std::ptrdiff_t>(place);
    Passage passage = std::move(*at);
    held_.erase(at);
    held_bytes_[index(passage.from)] -= passage.content.size() + 1;
    return passage;
}

std::optional<std::size_t> Relay::deliverable() const {
    const auto found =
        std::find_if(held_.begin(), held_.end(), [&](const Passage& passage) { return has_room(other(passage.from)); });
    if (found == held_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - held_.begin());
}

void Relay::deliver_at(std::size_t place) {
    const Passage& passage = held_[place];
    Passed passed{.passage = {}, .delivered = passage.content, .trouble = {}};
    if (options_.alter) passed.delivered = options_.alter(passage);
    hear(passage);
    std::optional<std::uint64_t> count;
    if (passed.delivered) {
        try {
            count = pass_on(passage, *passed.delivered);
        } catch (const Error& error) {
            passed.trouble = error.what();
            passed.delivered = passage.content;
            count = pass_on(passage, passage.content);
        }
    }
    passed.passage = take_at(place);
    sent_on(std::move(passed), count);
}

void Relay::deliver() {
    assert(!held_.empty());
    deliver_at(0);
}

void Relay::deliver(const std::string& content) {
    assert(!held_.empty());
    const auto count = pass_on(held_.front(), content);
    hear(held_.front());
    sent_on({.passage = take_at(0), .delivered = content, .trouble = {}}, count);
}

void Relay::drop() {
    assert(!held_.empty());
    hear(held_.front());
    sent_on({.passage = take_at(0), .delivered = {}, .trouble = {}}, std::nullopt);
}

void Relay::sent_on(Passed passed, std::optional<std::uint64_t> count) {
    const Role from = passed.passage.from;
    if (count) {
        on_the_way_[index(other(from))].push_back({std::move(passed), *count});
        return;
    }
    passed.lost = passed.delivered.has_value();
    tell(std::move(passed));
}

void Relay::tell(Passed passed) {
    events_.push_back({.side = passed.passage.from, .what = {}});
    events_.back().what.emplace<Passed>(std::move(passed));
}

void Relay::confirm(Role to, std::uint64_t count) {
    std::deque<OnTheWay>& all = on_the_way_[index(to)];
    for (; !all.empty() && all.front().count <= count; all.pop_front()) tell(std::move(all.front().passed));
}

void Relay::lose(Role to) {
    for (OnTheWay& one : std::exchange(on_the_way_[index(to)], {})) {
        one.passed.lost = true;
        tell(std::move(one.passed));
    }
}

void Relay::drop_all_from(Role from) {
    for (Passage& passage : held_) {
        if (passage.from != from) continue;
        std::string content = passage.content;
        tell({.passage = std::move(passage), .delivered = std::move(content), .trouble = {}, .lost = true});
    }
    std::erase_if(held_, [&](const Passage& passage) { return passage.from == from; });
    held_bytes_[index(from)] = 0;
}

} // namespace keyhole
