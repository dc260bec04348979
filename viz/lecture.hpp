// A lecture: one window publishes its recording and where it stands, others follow it. Lines of JSON on a port of their
// own; a follower sends nothing, and believes nothing before it has computed the recording again. (docs/window.md.)
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "core/recording.hpp"
#include "netsim/host_port.hpp"
#include "viz/job.hpp"
#include "viz/live_link.hpp"

namespace keyhole::viz {

/// A published recording's most bytes, as JSON on one line.
inline constexpr std::size_t max_lecture_line = std::size_t{16} << 20;

/// Where the lecture stands: an address, short and UTF-8, that no recording need have.
struct LecturePlace {
    std::string address;
    bool operator==(const LecturePlace&) const = default;
};
/// What it shows: a recording's JSON as it came, not yet believed.
struct LectureRecording {
    std::string json;
    bool operator==(const LectureRecording&) const = default;
};
/// A line of a lecture; neither of both where it is none.
using LectureLine = std::variant<std::monostate, LecturePlace, LectureRecording>;

/// The line without its `\n`, from a stranger.
LectureLine read_lecture_line(std::string_view line);
/// Lines as they are sent, without their `\n`.
std::string place_line(const std::string& address);
std::string recording_line(const Recording& recording);

class Publisher {
  public:
    static constexpr std::size_t most_followers = 1000;

    Publisher(const HostPort& listen, std::function<void()> wake);

    /// What is to be seen now. `version` names the recording's state: it is sent again when that is another.
    void show(const Recording& recording, std::uint64_t version, const std::string& address);
    /// Takes what happened; true when something changed.
    bool tick();
    bool has_news() const { return link_.has_news(); }

    /// With the real port; empty until it listens.
    const std::string& address() const { return address_; }
    const std::string& error() const { return error_; }
    std::size_t followers() const { return followers_.size(); }

  private:
    void send(const std::string& line);

    LiveLink link_;
    std::set<std::uint64_t> followers_;
    std::string address_, error_;
    std::string recording_line_, place_line_;
    std::optional<std::uint64_t> version_;
};

class Follower {
  public:
    Follower(HostPort publisher, std::function<void()> wake);

    /// True when there is something new: a recording, a place, trouble.
    bool tick();
    bool has_news() const { return link_.has_news() || (check_ && !check_->running()); }
    /// Connects once more when the connection is gone.
    void again();

    bool connected() const { return connection_ != 0; }
    const HostPort& publisher() const { return publisher_; }
    /// One line; empty when all is well.
    const std::string& error() const { return error_; }
    /// The last recording that held against itself, once.
    std::optional<Recording> take_recording();
    /// Where the lecture stands; empty before it is known. Whether the recording has such a step is not said.
    const std::string& place() const { return place_; }

  private:
    void take_line(std::string_view line);
    void check();

    HostPort publisher_;
    LiveLink link_;
    std::uint64_t connection_ = 0;
    std::string partial_, place_, error_;
    std::optional<std::string> unchecked_; // the newest recording that came while another is checked
    std::shared_ptr<std::optional<Recording>> checked_;
    std::optional<Recording> ready_;
    std::unique_ptr<Job> check_;
};

} // namespace keyhole::viz
