#include "viz/app/sessions/other_sight.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/steps/address.hpp"

namespace keyhole::viz {
namespace {

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

void show_masked(Sessions& sessions, UiState& ui, const Session& origin, Viewer viewer, const Node& wanted) {
    const std::uint64_t origin_id = origin.id;
    std::vector<Viewer> viewers = viewers_of(origin.recording);
    const std::string title = origin.title.empty() ? "" : origin.title + ", ";
    Recording seen = seen_by(origin.recording, viewer);
    const Node landed = nearest(StepTree(seen), origin.trace.tree(), wanted);
    Session& session = sessions.open({.recording = std::move(seen),
                                      .title = fmt::format("{}as {} sees it", title, name(viewer)),
                                      .go_to = {},
                                      .page = ui.page});
    session.viewer = viewer;
    session.origin_viewers = std::move(viewers);
    session.origin = origin_id;
    session.wanted = wanted;
    session.landed = landed;
    session.player.go_to(landed);
    const std::string why = why_unknown(session.recording, wanted);
    ui.notice = fmt::format("As {} sees it. ", name(viewer));
    ui.notice += why.empty() ? "What that one cannot know is missing (M: the next one)."
                             : fmt::format("{} is unknown here: {}.", address(wanted), why);
}

} // namespace

void show_as(Sessions& sessions, UiState& ui, Viewer viewer) {
    const Session& shown = sessions.shown();
    if (viewer == shown.viewer) return;
    const std::uint64_t before = shown.origin == 0 ? 0 : shown.id;
    const Session* origin = before == 0 ? &shown : sessions.find(shown.origin);
    if (origin == nullptr) {
        ui.notice = "the trace that this is a view of was closed";
        return;
    }
    const Node here = shown.cursor.node();
    const Node wanted = here == shown.landed ? shown.wanted : here;
    if (viewer == Viewer::both) {
        sessions.show(*origin);
        Session& session = sessions.shown();
        session.player.go_to(nearest(session.trace.tree(), session.trace.tree(), wanted));
        ui.notice = "shown again as it was recorded";
    } else {
        show_masked(sessions, ui, *origin, viewer, wanted);
    }
    sessions.close(before);
}

void show_as_next(Sessions& sessions, UiState& ui) {
    const std::vector<Viewer> viewers = sessions.shown().viewers();
    if (viewers.size() < 2) {
        ui.notice = viewers.empty() ? "there are no sides here: this is no exchange, or it has just begun"
                                    : "an eavesdropper's recording: nobody's secrets are in it";
        return;
    }
    const auto now = std::ranges::find(viewers, sessions.shown().viewer);
    show_as(sessions, ui, now == viewers.end() || now + 1 == viewers.end() ? viewers.front() : *(now + 1));
}

} // namespace keyhole::viz
