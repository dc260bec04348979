#include "viz/app/sessions/sessions.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "viz/live/live_model.hpp"

namespace keyhole::viz {

Session& Sessions::open(Opened opened) {
    auto session = std::make_unique<Session>(std::move(opened.recording), std::move(opened.title));
    if (session->trace.tree().total() == 0)
        throw bad_input("there is nothing to see (the recording holds no step; open another)");
    session->trace.prepare();
    if (!opened.go_to.empty()) session->player.go_to(opened.go_to);
    sessions_.push_back(std::move(session));
    close_oldest();
    ui_->show(opened.page);
    return shown();
}

Session* Sessions::try_open(Opened opened) {
    try {
        return &open(std::move(opened));
    } catch (const Error& error) {
        ui_->notice = error.what();
        return nullptr;
    }
}

void Sessions::show(const Session& session) {
    const auto at = std::ranges::find_if(sessions_, [&](const auto& one) { return one.get() == &session; });
    std::rotate(at, at + 1, sessions_.end());
}

Session* Sessions::find(std::uint64_t id) {
    const auto found = std::ranges::find_if(sessions_, [&](const auto& session) { return session->id == id; });
    return found == sessions_.end() ? nullptr : found->get();
}

void Sessions::close(std::uint64_t id) {
    std::erase_if(sessions_, [&](const auto& session) { return session->id == id && session.get() != &shown(); });
}

void Sessions::grow(Session& session, const Recording& later) {
    for (const std::uint64_t message : viz::grow(session.recording, later)) session.trace.forget(message);
    ++session.grown;
}

void Sessions::close_oldest() {
    if (sessions_.size() <= most) return;
    const auto last = sessions_.end() - 1;
    const auto oldest = std::find_if(sessions_.begin(), last, [](const auto& session) { return !session->only_here; });
    if (oldest != last) sessions_.erase(oldest);
}

} // namespace keyhole::viz
