// What the application does for a lecture: publishes what is shown, or goes along with a window that publishes. A
// follower that moves by itself has left; F brings it back.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/app/app.hpp"
#include "viz/live/lecture.hpp"
#include "viz/live/live_model.hpp"

namespace keyhole::viz {

void App::set_wake(std::function<void()> wake) {
    live_.set_wake(wake);
    wake_.set(std::move(wake));
}

void App::publish(const HostPort& listen) {
    publisher_ = std::make_unique<Publisher>(listen, [this] { wake_.call(); });
}

void App::follow(const HostPort& publisher) {
    follower_ = std::make_unique<Follower>(publisher, [this] { wake_.call(); });
    following_ = true;
    lecture_session_ = 0;
}

void App::update_lecture(Seconds now) {
    const auto milliseconds = static_cast<std::uint64_t>(now.count() * 1000);
    if (publisher_) publisher_->tick(milliseconds);
    if (!follower_) return;
    follower_->tick(milliseconds);
    if (auto recording = follower_->take_recording()) lecture_waiting_ = std::move(recording);
    const bool shown = session_->id == lecture_session_;
    if (following_ && lecture_session_ != 0 && (!shown || session_->cursor.node() != lecture_place_)) {
        following_ = false;
        ui_.notice = "left the lecture (F follows it again)";
    }
    if (following_) go_along();
}

void App::go_along() {
    if (lecture_waiting_) show_lecture(*std::exchange(lecture_waiting_, std::nullopt));
    if (lecture_session_ == 0 || session_->id != lecture_session_) return;
    if (const auto node = session_->trace.tree().find(follower_->place())) session_->player.go_to(*node);
    lecture_place_ = session_->cursor.node();
    refresh();
}

// What only has more than before grows in its place; else it is another recording.
void App::show_lecture(Recording recording) {
    const std::uint64_t before = lecture_session_;
    if (Session* old = session_with(before);
        old != nullptr && old->recording.messages.size() <= recording.messages.size()) {
        Recording grown = old->recording;
        grow(grown, recording);
        if (grown == recording) {
            grow_session(*old, recording);
            if (old != session_) show_session(*old);
            return;
        }
    }
    if (!try_open({.recording = std::move(recording),
                   .title = "lecture at " + to_text(follower_->publisher()),
                   .go_to = {},
                   .page = ui_.page}))
        return;
    lecture_session_ = session_->id;
    std::erase_if(sessions_, [&](const auto& session) { return session->id == before; });
}

std::optional<Seconds> App::lecture_due() const {
    std::optional<std::uint64_t> first = publisher_ ? publisher_->due() : std::nullopt;
    if (const auto due = follower_ ? follower_->due() : std::nullopt) first = std::min(first.value_or(*due), *due);
    return first ? std::optional(Seconds(static_cast<double>(*first) / 1000)) : std::nullopt;
}

void App::toggle_follow() {
    if (!follower_) {
        ui_.notice = "nothing is followed here (keyhole-viz --follow HOST:PORT follows a window with --publish)";
        return;
    }
    following_ = !following_;
    if (!following_) {
        ui_.notice = "left the lecture (F follows it again)";
        return;
    }
    follower_->again();
    if (const Session* old = session_with(lecture_session_)) {
        show_session(*old);
        lecture_place_ = session_->cursor.node();
    } else {
        lecture_session_ = 0;
    }
    go_along();
}

void App::publish_shown() {
    if (!publisher_) return;
    publisher_->show(session_->recording, session_->id << 32U | session_->grown, session_->cursor.address());
}

std::string App::lecture_line() const {
    if (follower_) {
        if (following_ && !follower_->error().empty()) return follower_->error();
        if (following_ && lecture_session_ == 0)
            return fmt::format("Waiting for the lecture at {} ..", to_text(follower_->publisher()));
    }
    if (publisher_ && !publisher_->error().empty()) return publisher_->error();
    if (publisher_ && ui_.page == PageName::live && !publisher_->address().empty())
        return fmt::format("Publishing on {} what is shown here, its secrets with it: {}.", publisher_->address(),
                           counted(publisher_->followers(), "follower"));
    return {};
}

} // namespace keyhole::viz
