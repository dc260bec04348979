#include "viz/app/sessions/lecture_session.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/live/live_model.hpp"

namespace keyhole::viz {
namespace {

constexpr std::string_view left_words = "left the lecture (F follows it again)";

} // namespace

void LectureSession::publish(const HostPort& listen) {
    publisher_ = std::make_unique<Publisher>(listen, [this] { wake_.call(); });
}

void LectureSession::follow(const HostPort& publisher) {
    follower_ = std::make_unique<Follower>(publisher, [this] { wake_.call(); });
    following_ = true;
    session_ = 0;
}

void LectureSession::toggle_follow() {
    if (!follower_) {
        ui_->notice = "nothing is followed here (keyhole-viz --follow HOST:PORT follows a window with --publish)";
        return;
    }
    following_ = !following_;
    if (!following_) {
        ui_->notice = left_words;
        return;
    }
    follower_->again();
    if (const Session* old = sessions_->find(session_)) {
        sessions_->show(*old);
        place_ = old->cursor.node();
    } else {
        session_ = 0;
    }
    go_along();
}

void LectureSession::update(Seconds now) {
    const auto milliseconds = static_cast<std::uint64_t>(now.count() * 1000);
    if (publisher_) publisher_->tick(milliseconds);
    if (!follower_) return;
    follower_->tick(milliseconds);
    if (auto recording = follower_->take_recording()) waiting_ = std::move(recording);
    const Session& shown = sessions_->shown();
    if (following_ && session_ != 0 && (shown.id != session_ || shown.cursor.node() != place_)) {
        following_ = false;
        ui_->notice = left_words;
    }
    if (following_) go_along();
}

void LectureSession::go_along() {
    if (waiting_) show(*std::exchange(waiting_, std::nullopt));
    Session& shown = sessions_->shown();
    if (session_ == 0 || shown.id != session_) return;
    if (const auto node = shown.trace.tree().find(follower_->place())) shown.player.go_to(*node);
    place_ = shown.cursor.node();
}

// What only has more than before grows in its place; else it is another recording.
void LectureSession::show(Recording recording) {
    Session* old = sessions_->find(session_);
    if (old != nullptr && old->recording.messages.size() <= recording.messages.size()) {
        Recording grown = old->recording;
        grow(grown, recording);
        if (grown == recording) {
            Sessions::grow(*old, recording);
            return sessions_->show(*old);
        }
    }
    Session* opened = sessions_->try_open({.recording = std::move(recording),
                                           .title = "lecture at " + to_text(follower_->publisher()),
                                           .go_to = {},
                                           .page = ui_->page});
    if (opened == nullptr) return;
    opened->only_here = true;
    sessions_->close(std::exchange(session_, opened->id));
}

void LectureSession::publish_shown(LectureCover cover) {
    if (!publisher_) return;
    const Session& shown = sessions_->shown();
    publisher_->show(shown.recording, shown.id << 32U | shown.grown, shown.cursor.address(), cover);
}

// Whoever leaves a lecture that is gone has nobody who would uncover anything.
std::optional<Curtain> LectureSession::covers() const {
    if (!follower_ || follower_->cover() == LectureCover::nothing) return std::nullopt;
    if (!following_ && !follower_->connected()) return std::nullopt;
    const Session& shown = sessions_->shown();
    if (session_ == 0 || (shown.id != session_ && shown.origin != session_)) return std::nullopt;
    const Session* whole = sessions_->find(session_);
    const auto at = whole == nullptr ? std::nullopt : whole->trace.tree().find(follower_->place());
    return at ? std::optional(Curtain{*at, follower_->cover() == LectureCover::step}) : std::nullopt;
}

std::optional<Seconds> LectureSession::due() const {
    std::optional<std::uint64_t> first = publisher_ ? publisher_->due() : std::nullopt;
    if (const auto due = follower_ ? follower_->due() : std::nullopt) first = std::min(first.value_or(*due), *due);
    return first ? std::optional(Seconds(static_cast<double>(*first) / 1000)) : std::nullopt;
}

std::string LectureSession::line() const {
    if (follower_) {
        if (following_ && !follower_->error().empty()) return follower_->error();
        if (following_ && session_ == 0)
            return fmt::format("Waiting for the lecture at {} ..", to_text(follower_->publisher()));
    }
    if (publisher_ && !publisher_->error().empty()) return publisher_->error();
    if (follower_ && following_ && session_ != 0)
        return fmt::format("Following the lecture at {}. F leaves it, as any step of your own does.{}",
                           to_text(follower_->publisher()), covers() ? " The lecturer uncovers what is asked." : "");
    if (publisher_ && !publisher_->address().empty() && ui_->page != PageName::live)
        return fmt::format("{} here.", counted(publisher_->followers(), "follower"));
    if (publisher_ && ui_->page == PageName::live && !publisher_->address().empty())
        return fmt::format("Publishing on {} what is shown here, its secrets with it: {}.", publisher_->address(),
                           counted(publisher_->followers(), "follower"));
    return {};
}

} // namespace keyhole::viz
