// What the application does for a live exchange: sessions that grow, steps that are performed at the end of the trace,
// and the same trace as another one sees it.
#include <fmt/format.h>

#include <algorithm>

#include "core/steps/address.hpp"
#include "viz/app/app.hpp"
#include "viz/live/live_model.hpp"

namespace keyhole::viz {
namespace {

constexpr std::string_view waits_words = "a live exchange waits for each step now: N, or Right at the end";
constexpr std::string_view runs_words = "a live exchange goes on by itself now";

std::string live_title(const LiveParty& party) {
    const Role own = party.party().role();
    return fmt::format("{}: live with the {} at {}", name(own), name(other(own)), party.peer());
}

// The step, or one that it is a part of, or the last of those before it in `all` that the tree has.
Node nearest(const StepTree& tree, const StepTree& all, Node node) {
    while (node.depth() > 1 && !tree.contains(node)) node = node.parent();
    while (!tree.contains(node)) {
        const auto before = all.contains(node) ? all.previous_sibling(node) : std::nullopt;
        if (!before) return tree.at_number(1);
        node = *before;
    }
    return node;
}

} // namespace

void App::update_live(Seconds now) {
    live_.tick(static_cast<std::uint64_t>(now.count() * 1000));
    grow_sessions();
    follow_live_step();
    const LiveParty* chosen = live_.chosen();
    if (chosen != nullptr && chosen->over() && (ui_.notice == waits_words || ui_.notice == runs_words))
        ui_.notice.clear();
    if (chosen == nullptr || chosen->id() == live_shown_) return;
    live_shown_ = chosen->id();
    const auto found = std::ranges::find_if(sessions_, [&](const auto& s) { return s->live == chosen->id(); });
    if (found != sessions_.end()) return show_session(**found);
    const PageName page = ui_.page == PageName::live ? PageName::live : PageName::steps;
    open({.recording = chosen->party().recording(), .title = live_title(*chosen), .go_to = {}, .page = page});
    session_->live = chosen->id();
}

void App::grow_sessions() {
    for (const auto& session : sessions_) {
        const LiveParty* party = session->live == 0 ? nullptr : live_.find(session->live);
        if (party == nullptr || party->version() == session->live_version) continue;
        session->live_version = party->version();
        grow_session(*session, party->party().recording());
    }
}

void App::grow_session(Session& session, const Recording& now) {
    for (const std::uint64_t message : grow(session.recording, now)) session.trace.forget(message);
    ++session.grown;
    if (&session != session_) return;
    step_ = {};
    refresh();
}

bool App::run_live(Command command) {
    const StepTree& tree = session_->trace.tree();
    const Node& node = session_->cursor.node();
    switch (command) {
        case Command::over:
        case Command::into:
        case Command::play_pause: {
            const bool more = (command == Command::over ? tree.next_over(node) : tree.next(node)).has_value();
            if (session_->live == 0 || more) return false;
            step_live();
            return true;
        }
        case Command::perform:
            if (session_->live == 0) {
                ui_.notice = "nothing to perform: this trace is complete (key 7 listens or connects)";
            } else {
                step_live();
            }
            return true;
        case Command::run_mode:
            live_.set_stepping(!live_.stepping());
            ui_.notice = live_.stepping() ? waits_words : runs_words;
            return true;
        case Command::viewer: show_as_next(); return true;
        case Command::follow: toggle_follow(); return true;
        default: return false;
    }
}

void App::step_live() {
    if (live_.find(session_->live) == nullptr) {
        ui_.notice = "nothing to perform: this exchange is over, and its connection is gone";
        return;
    }
    live_.choose(session_->live);
    live_shown_ = session_->live;
    if (!live_.step()) return;
    live_stepped_from_ = session_->cursor.node();
    grow_sessions();
    follow_live_step();
}

// To what the step that was begun here made, unless its user has gone elsewhere meanwhile.
void App::follow_live_step() {
    const auto action = live_.take_stepped();
    const LiveParty* party = live_.chosen();
    if (!action || party == nullptr || party->id() != session_->live) return;
    if (session_->cursor.node() != live_stepped_from_) return;
    const Node node = step_of_action(session_->recording, party->party().role(), *action);
    if (node.depth() > 0) session_->player.go_to(node);
}

void App::show_as_next() {
    const std::vector<Viewer> viewers = session_->viewers();
    if (viewers.size() < 2) {
        ui_.notice = viewers.empty() ? "there are no sides here: this is no exchange, or it has just begun"
                                     : "an eavesdropper's recording: nobody's secrets are in it";
        return;
    }
    const auto now = std::ranges::find(viewers, session_->viewer);
    show_as(now == viewers.end() || now + 1 == viewers.end() ? viewers.front() : *(now + 1));
}

void App::show_as(Viewer viewer) {
    if (viewer == session_->viewer) return;
    const std::uint64_t before = session_->origin == 0 ? 0 : session_->id;
    const Session* origin = before == 0 ? session_ : session_with(session_->origin);
    if (origin == nullptr) {
        ui_.notice = "the trace that this is a view of was closed";
        return;
    }
    const std::uint64_t origin_id = origin->id;
    const Node here = session_->cursor.node();
    const Node wanted = here == session_->landed ? session_->wanted : here;
    if (viewer == Viewer::both) {
        show_session(*origin);
        session_->player.go_to(nearest(session_->trace.tree(), session_->trace.tree(), wanted));
        ui_.notice = "shown again as it was recorded";
    } else {
        std::vector<Viewer> viewers = viewers_of(origin->recording);
        std::string title = origin->title;
        if (!title.empty()) title += ", ";
        const PageName page = ui_.page;
        Recording seen = seen_by(origin->recording, viewer);
        const Node landed = nearest(StepTree(seen), origin->trace.tree(), wanted);
        open({.recording = std::move(seen),
              .title = fmt::format("{}as {} sees it", title, name(viewer)),
              .go_to = {},
              .page = page});
        session_->viewer = viewer;
        session_->origin_viewers = std::move(viewers);
        session_->origin = origin_id;
        session_->wanted = wanted;
        session_->landed = landed;
        session_->player.go_to(landed);
        const std::string why = why_unknown(session_->recording, wanted);
        ui_.notice = fmt::format("As {} sees it. ", name(viewer));
        ui_.notice += why.empty() ? "What that one cannot know is missing (M: the next one)."
                                  : fmt::format("{} is unknown here: {}.", address(wanted), why);
    }
    std::erase_if(sessions_, [&](const auto& session) { return session->id == before; });
    refresh();
}

std::string App::notice() const {
    if (!ui_.notice.empty()) return ui_.notice;
    if (std::string words = lecture_line(); !words.empty()) return words;
    if (session_->live == 0 || session_->live != live_shown_ || ui_.page == PageName::live) return {};
    std::string words = live_.state_line();
    const LiveParty* party = live_.chosen();
    if (live_.stepping() && party != nullptr && party->ready())
        words += session_->trace.tree().next(session_->cursor.node()) ? " (N)" : " (N, or Right)";
    return words;
}

} // namespace keyhole::viz
