// A lecture in the window: it publishes what is shown, or a session of its own shows what another window publishes. A
// follower that moves by itself has left; F brings it back.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/steps/curtain.hpp"
#include "netsim/tcp/host_port.hpp"
#include "viz/app/sessions/sessions.hpp"
#include "viz/base/work/wake.hpp"
#include "viz/live/lecture.hpp"

namespace keyhole::viz {

class LectureSession {
  public:
    /// Both must outlive it.
    LectureSession(Sessions& sessions, UiState& ui) : sessions_(&sessions), ui_(&ui) {}

    void set_wake(std::function<void()> wake) { wake_.set(std::move(wake)); }

    /// Publishes what is shown on a port, for followers; what becomes of it is said in line().
    void publish(const HostPort& listen);
    /// Goes along with a window that publishes.
    void follow(const HostPort& publisher);
    /// Leaves the lecture, or goes along with it again.
    void toggle_follow();

    /// Before each frame.
    void update(Seconds now);
    /// After each frame; what is covered here stays covered for those who follow.
    void publish_shown(LectureCover cover);
    /// What stays covered of the trace that is shown, because the lecturer who is followed lets the class guess: also
    /// for those who look around by themselves.
    std::optional<Curtain> covers() const;
    std::optional<Seconds> due() const;

    /// What went wrong, or who is waited for; empty when there is nothing to say.
    std::string line() const;

  private:
    void show(Recording recording);
    void go_along();

    Sessions* sessions_;
    UiState* ui_;
    Wake wake_; // before those who call it
    std::unique_ptr<Publisher> publisher_;
    std::unique_ptr<Follower> follower_;
    bool following_ = false;
    std::uint64_t session_ = 0;        // the one that shows what is followed
    std::optional<Recording> waiting_; // came while the lecture was left
    Node place_;                       // where following led to last
};

} // namespace keyhole::viz
