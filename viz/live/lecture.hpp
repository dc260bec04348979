// A lecture: one window publishes its recording and the step it stands on, others follow it, over lines of JSON on a
// port of their own. A follower sends nothing, and computes a recording again before it shows it. (docs/window.md.)
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/recording/recording.hpp"
#include "netsim/lecture/lecture_line.hpp"
#include "netsim/tcp/host_port.hpp"
#include "viz/base/work/job.hpp"
#include "viz/live/live_sockets.hpp"

namespace keyhole::viz {

class Publisher {
  public:
    static constexpr std::size_t most_followers = 1000;
    /// The most bytes that wait for one follower to read them. A slow follower misses what came meanwhile and gets the
    /// newest when it catches up.
    static constexpr std::size_t most_waiting = std::size_t{1} << 20;

    Publisher(const HostPort& listen, std::function<void()> wake);

    /// What is to be seen now. The recording is sent again when `version` is another.
    void show(const Recording& recording, std::uint64_t version, const std::string& address,
              LectureCover cover = LectureCover::nothing);
    /// Takes what happened. `now` counts milliseconds and never goes back.
    void tick(std::uint64_t now);
    /// When tick() is wanted, on its clock.
    std::optional<std::uint64_t> due() const;

    /// With the real port; empty until it listens.
    const std::string& address() const { return address_; }
    /// One line; empty when all is well.
    const std::string& error() const { return listen_error_.empty() ? line_error_ : listen_error_; }
    std::size_t followers() const { return followers_.size(); }

  private:
    using Line = std::shared_ptr<const std::string>;
    struct Audience {
        Line recording, place; // the last that were begun
        Line line;             // being sent, from its byte `sent` on
        std::size_t sent = 0;
        bool waits = false; // until the bytes before have got away
    };

    void feed(std::uint64_t connection, Audience& follower);
    void feed_all();
    void send_place();
    void write_line(const Recording& recording);
    void take_line();

    LiveSockets sockets_;
    std::map<std::uint64_t, Audience> followers_;
    std::string address_, listen_error_, line_error_;
    Line recording_, place_; // the newest
    LecturePlace shown_place_;
    std::optional<std::uint64_t> version_;
    std::uint64_t now_ = 0;
    std::shared_ptr<std::string> written_; // the job's
    std::unique_ptr<Job> writing_;
};

class Follower {
  public:
    static constexpr std::uint64_t time_between_tries = 3000; // milliseconds

    Follower(HostPort publisher, std::function<void()> wake);

    /// Takes what came. Connects again by itself a while after the lecture went away. `now` counts milliseconds and
    /// never goes back.
    void tick(std::uint64_t now);
    /// When tick() is wanted, on its clock.
    std::optional<std::uint64_t> due() const;
    /// Connects once more, now, when the connection is gone.
    void again();

    bool connected() const { return connection_ != 0; }
    const HostPort& publisher() const { return publisher_; }
    /// One line; empty when all is well.
    const std::string& error() const { return error_; }
    /// The last recording that was checked and found consistent, once.
    std::optional<Recording> take_recording();
    /// Where the lecture stands; empty before it is known. The recording may have no such step.
    const std::string& place() const { return place_.address; }
    /// What is still to be guessed there.
    LectureCover cover() const { return place_.cover; }

  private:
    void take(const SocketEvent& event);
    void take_bytes(const std::string& bytes);
    void take_line(std::string line);
    void put_aside(std::string line);
    void lost(const std::string& why);
    void check();

    HostPort publisher_;
    LiveSockets sockets_;
    std::uint64_t connection_ = 0, now_ = 0;
    std::optional<std::uint64_t> retry_at_;
    LecturePlace place_;
    std::string partial_, error_;
    std::string refusal_;               // what the lecture said before it closed the connection
    std::deque<std::string> unchecked_; // long lines that came while others are checked, the newest last
    std::size_t unchecked_bytes_ = 0;
    std::shared_ptr<std::optional<Recording>> checked_;
    std::optional<Recording> ready_;
    std::unique_ptr<Job> check_;
};

} // namespace keyhole::viz
