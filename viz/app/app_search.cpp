// The application's search: the list below the go-to field, and going where it leads.
#include <algorithm>
#include <chrono>

#include "core/steps/address.hpp"
#include "viz/app/app.hpp"

namespace keyhole::viz {
namespace {

// What a search may take of a frame.
constexpr std::chrono::microseconds search_time{1000};

} // namespace

// Up and down choose in the list below the go-to field.
bool App::choose_hit(const KeyPress& press) {
    const auto& hits = session_->search.hits();
    const bool moves = press == KeyPress{.key = Key::up} || press == KeyPress{.key = Key::down};
    if (!ui_.go_to_open || hits.empty() || !moves) return false;
    const auto chosen = std::ranges::find_if(hits, [&](const SearchHit& h) { return h.node == ui_.go_to_chosen; });
    auto at = chosen == hits.end() ? std::size_t{0} : static_cast<std::size_t>(chosen - hits.begin());
    if (press.key == Key::down && at + 1 < hits.size()) ++at;
    if (press.key == Key::up && at > 0) --at;
    ui_.go_to_chosen = hits[at].node;
    return true;
}

void App::close_search() {
    session_->search.start({}, session_->cursor.node());
    ui_.go_to_open = ui_.go_to_entered = false;
    ui_.go_to_chosen.reset();
}

// Searches for a moment, and goes to what is found if Enter was pressed already.
void App::search_some() {
    Search& search = session_->search;
    if (ui_.go_to_entered && search.text() != ui_.go_to_text) search.start(ui_.go_to_text, session_->cursor.node());
    if (!ui_.go_to_open && !ui_.go_to_entered && !search.done()) close_search();
    const auto end = std::chrono::steady_clock::now() + search_time;
    search.work([&] { return std::chrono::steady_clock::now() < end; });
    if (!ui_.go_to_entered || (search.hits().empty() && !search.done())) return;
    ui_.go_to_entered = false;
    Requests requests;
    requests.go_to_address(search.hits().empty() ? ui_.go_to_text
                                                 : address(ui_.go_to_chosen.value_or(search.hits().front().node)));
    apply(requests, Seconds(0));
}

} // namespace keyhole::viz
