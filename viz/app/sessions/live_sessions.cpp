#include "viz/app/sessions/live_sessions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "viz/live/live_model.hpp"

namespace keyhole::viz {
namespace {

constexpr std::string_view waits_words = "a live exchange waits for each step now: N, or Right at the end";
constexpr std::string_view runs_words = "a live exchange goes on by itself now";

std::string live_title(const LiveParty& party) {
    const Role own = party.party().role();
    return fmt::format("{}: live with the {} at {}", name(own), name(other(own)), party.peer());
}

} // namespace

void LiveSessions::update(Seconds now) {
    controller_.tick(static_cast<std::uint64_t>(now.count() * 1000));
    grow();
    follow_step();
    const LiveParty* chosen = controller_.chosen();
    if (chosen != nullptr && chosen->over() && (ui_->notice == waits_words || ui_->notice == runs_words))
        ui_->notice.clear();
    if (chosen == nullptr || chosen->id() == shown_) return;
    shown_ = chosen->id();
    const auto found = std::ranges::find_if(sessions_->all(), [&](const auto& s) { return s->live == shown_; });
    if (found != sessions_->all().end()) return sessions_->show(**found);
    const PageName page = ui_->page == PageName::live ? PageName::live : PageName::steps;
    Session& session = sessions_->open(
        {.recording = chosen->party().recording(), .title = live_title(*chosen), .go_to = {}, .page = page});
    session.live = shown_;
    session.only_here = true;
}

std::optional<Seconds> LiveSessions::due() const {
    const auto due = controller_.due();
    return due ? std::optional(Seconds(static_cast<double>(*due) / 1000)) : std::nullopt;
}

void LiveSessions::grow() {
    for (const auto& session : sessions_->all()) {
        if (session->live == 0) continue;
        const LiveParty* party = controller_.find(session->live);
        session->only_here = party != nullptr;
        if (party == nullptr || party->version() == session->live_version) continue;
        session->live_version = party->version();
        Sessions::grow(*session, party->party().recording());
    }
}

bool LiveSessions::run(Command command) {
    const Session& session = sessions_->shown();
    const StepTree& tree = session.trace.tree();
    const Node& node = session.cursor.node();
    switch (command) {
        case Command::over:
        case Command::into:
        case Command::play_pause: {
            const bool more = (command == Command::over ? tree.next_over(node) : tree.next(node)).has_value();
            if (session.live == 0 || more) return false;
            step();
            return true;
        }
        case Command::perform:
            if (session.live == 0) {
                ui_->notice = "nothing to perform: this trace is complete (key 7 listens or connects)";
            } else {
                step();
            }
            return true;
        case Command::run_mode:
            controller_.set_stepping(!controller_.stepping());
            ui_->notice = controller_.stepping() ? waits_words : runs_words;
            return true;
        default: return false;
    }
}

void LiveSessions::step() {
    const Session& session = sessions_->shown();
    if (controller_.find(session.live) == nullptr) {
        ui_->notice = "nothing to perform: this exchange is over, and its connection is gone";
        return;
    }
    controller_.choose(session.live);
    shown_ = session.live;
    if (!controller_.step()) return;
    stepped_from_ = session.cursor.node();
    grow();
    follow_step();
}

// To what the step that was begun here made, unless its user has gone elsewhere meanwhile.
void LiveSessions::follow_step() {
    Session& session = sessions_->shown();
    const auto action = controller_.take_stepped();
    const LiveParty* party = controller_.chosen();
    if (!action || party == nullptr || party->id() != session.live) return;
    if (session.cursor.node() != stepped_from_) return;
    const Node node = step_of_action(session.recording, party->party().role(), *action);
    if (node.depth() > 0) session.player.go_to(node);
}

std::string LiveSessions::line() const {
    const Session& session = sessions_->shown();
    if (session.live == 0 || session.live != shown_ || ui_->page == PageName::live) return {};
    std::string words = controller_.state_line();
    const LiveParty* party = controller_.chosen();
    if (controller_.stepping() && party != nullptr && party->ready())
        words += session.trace.tree().next(session.cursor.node()) ? " (N)" : " (N, or Right)";
    return words;
}

} // namespace keyhole::viz
