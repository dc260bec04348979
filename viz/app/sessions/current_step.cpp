#include "viz/app/sessions/current_step.hpp"

namespace keyhole::viz {

CurrentStep::Change CurrentStep::change_since(const Session& session) const {
    const Node& node = session.cursor.node();
    if (session.id != session_) return Change::trace;
    if (node.up_to(Kind::round) != step_.node.up_to(Kind::round)) return Change::round;
    if (node != step_.node) return Change::step;
    return session.grown != grown_ ? Change::grown : Change::none;
}

CurrentStep::Change CurrentStep::look(const Session& session) {
    const Change change = change_since(session);
    if (change == Change::none) return change;
    const Node& node = session.cursor.node();
    session_ = session.id;
    grown_ = session.grown;
    step_ = session.trace.step(node);
    rows_ = step_rows(session.trace.tree(), node);
    return change;
}

} // namespace keyhole::viz
