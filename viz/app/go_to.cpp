#include "viz/app/go_to.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/base/error.hpp"
#include "core/steps/address.hpp"

namespace keyhole::viz {
namespace {

// What a search may take of a frame.
constexpr std::chrono::microseconds search_time{1000};

} // namespace

bool GoTo::press(const KeyPress& press, const StepSearch& search, bool field_active) {
    if (field_active && press.key == Key::enter) return enter_pressed_ = true;
    const auto& hits = search.hits();
    const bool moves = press == KeyPress{.key = Key::up} || press == KeyPress{.key = Key::down};
    if (!state_.open || hits.empty() || !moves) return false;
    const auto chosen = std::ranges::find_if(hits, [&](const SearchHit& h) { return h.node == state_.chosen; });
    auto at = chosen == hits.end() ? std::size_t{0} : static_cast<std::size_t>(chosen - hits.begin());
    if (press.key == Key::down && at + 1 < hits.size()) ++at;
    if (press.key == Key::up && at > 0) --at;
    state_.chosen = hits[at].node;
    return true;
}

bool GoTo::take_entered() {
    if (!std::exchange(enter_pressed_, false) || state_.text.empty()) return false;
    return entered_ = true;
}

void GoTo::type(Session& session, std::string text) {
    session.search.start(text, session.cursor.node());
    state_.error.clear();
    state_.chosen.reset();
    state_.open = !text.empty();
    state_.text = std::move(text);
}

void GoTo::close(Session& session) {
    session.search.start({}, session.cursor.node());
    forget();
}

void GoTo::leave(Session& session) {
    state_ = {};
    close(session);
}

void GoTo::forget() {
    state_.open = entered_ = false;
    state_.chosen.reset();
}

void GoTo::go(Session& session, const std::string& address) {
    state_.error.clear();
    try {
        session.player.go_to(address);
        state_.text.clear();
        close(session);
    } catch (const Error& error) {
        state_.error = error.what();
        ask();
    }
}

void GoTo::search_some(Session& session) {
    StepSearch& search = session.search;
    if (entered_ && search.text() != state_.text) search.start(state_.text, session.cursor.node());
    if (!state_.open && !entered_ && !search.done()) close(session);
    const auto end = std::chrono::steady_clock::now() + search_time;
    search.work([&] { return std::chrono::steady_clock::now() < end; });
    if (!entered_ || (search.hits().empty() && !search.done())) return;
    entered_ = false;
    go(session, search.hits().empty() ? state_.text : address(state_.chosen.value_or(search.hits().front().node)));
}

} // namespace keyhole::viz
