#include "viz/live/lecture.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/recording/recording_json.hpp"
#include "netsim/protocol/ending.hpp"
#include "netsim/protocol/message.hpp"

namespace keyhole::viz {
namespace {

using Kind = SocketEvent::Kind;

// Longer lines, most of them recordings, are read on a thread of their own.
constexpr std::size_t longest_short_line = 4096;
constexpr std::size_t most_unchecked = 2 * max_lecture_line; // bytes that wait for that thread
constexpr std::uint64_t between_looks = 50;                  // milliseconds, while a thread is at work

constexpr auto not_ours = "the lecture sends a line that is none of its own (is that a port of --publish?)";

} // namespace

Publisher::Publisher(const HostPort& listen, std::function<void()> wake) : sockets_(std::move(wake)) {
    sockets_.listen(listen, most_followers);
}

void Publisher::feed_all() {
    for (auto& [id, follower] : followers_) feed(id, follower);
}

// The next bytes for one follower, once those before have got away; of what changed meanwhile only the newest is sent.
void Publisher::feed(std::uint64_t connection, Audience& follower) {
    if (follower.waits) return;
    if (!follower.line) {
        if (recording_ && follower.recording != recording_) {
            follower.line = follower.recording = recording_;
        } else if (place_ && follower.place != place_) {
            follower.line = follower.place = place_;
        } else {
            return;
        }
        follower.sent = 0;
    }
    std::string bytes = follower.line->substr(follower.sent, most_waiting);
    follower.sent += bytes.size();
    if (follower.sent == follower.line->size()) follower.line.reset();
    follower.waits = true;
    sockets_.write(connection, std::move(bytes));
}

void Publisher::show(const Recording& recording, std::uint64_t version, const std::string& address,
                     LectureCover cover) {
    if (version_ != version && !writing_) {
        version_ = version;
        write_line(recording);
    }
    LecturePlace place{address, cover};
    if (place == shown_place_) return;
    shown_place_ = std::move(place);
    // The place may be a step of the recording that is being written: it is sent after it.
    if (!writing_) send_place();
}

void Publisher::send_place() {
    const std::string line = place_line(shown_place_.address, shown_place_.cover) + "\n";
    if (!place_ || *place_ != line) place_ = std::make_shared<const std::string>(line);
    feed_all();
}

// Writing a long recording takes a while, so a thread does it, from a copy.
void Publisher::write_line(const Recording& recording) {
    written_ = std::make_shared<std::string>();
    writing_ = std::make_unique<Job>([copy = recording, into = written_](Job::Progress&) {
        *into = recording_line(copy) + "\n";
        return std::string();
    });
}

void Publisher::take_line() {
    const auto outcome = writing_->take();
    writing_.reset();
    line_error_.clear();
    if (outcome->failed) {
        line_error_ = outcome->words;
    } else if (written_->size() > max_lecture_line) {
        recording_.reset();
        line_error_ = "the recording is too long to be published (its followers keep what they have)";
    } else {
        recording_ = std::move(written_);
    }
    send_place();
}

std::optional<std::uint64_t> Publisher::due() const {
    if (sockets_.has_events()) return now_;
    return writing_ ? std::optional(now_ + between_looks) : std::nullopt;
}

void Publisher::tick(std::uint64_t now) {
    now_ = now;
    if (writing_ && !writing_->running()) take_line();
    for (const SocketEvent& event : sockets_.take()) {
        switch (event.kind) {
            case Kind::listening: address_ = event.text; break;
            case Kind::failed: listen_error_ = event.text; break;
            case Kind::opened: feed(event.connection, followers_[event.connection]); break;
            case Kind::bytes: // a follower has nothing to say
            case Kind::input_over: sockets_.abandon(event.connection); [[fallthrough]];
            case Kind::gone: followers_.erase(event.connection); break;
            case Kind::progress: break;
            case Kind::drained:
                if (const auto follower = followers_.find(event.connection); follower != followers_.end()) {
                    follower->second.waits = false;
                    feed(event.connection, follower->second);
                }
                break;
        }
    }
}

Follower::Follower(HostPort publisher, std::function<void()> wake)
    : publisher_(std::move(publisher)), sockets_(std::move(wake)) {
    again();
}

void Follower::again() {
    if (connected()) return;
    retry_at_.reset();
    partial_.clear();
    sockets_.connect(publisher_, "/lecture");
}

std::optional<std::uint64_t> Follower::due() const {
    if (sockets_.has_events()) return now_;
    return check_ ? std::optional(now_ + between_looks) : retry_at_;
}

void Follower::tick(std::uint64_t now) {
    now_ = now;
    for (const SocketEvent& event : sockets_.take()) take(event);
    if (retry_at_ && now >= *retry_at_) again();
    if (check_ && !check_->running()) {
        const auto outcome = check_->take();
        check_.reset();
        if (outcome->failed) {
            error_ = outcome->words;
        } else if (*checked_) {
            ready_ = std::move(*checked_);
            if (connected()) error_.clear();
        }
    }
    check();
}

void Follower::take(const SocketEvent& event) {
    if (event.kind == Kind::opened) {
        if (connected()) sockets_.abandon(connection_);
        connection_ = event.connection;
        partial_.clear();
        retry_at_.reset();
        error_.clear();
    } else if (event.kind == Kind::failed) {
        lost(event.text);
    } else if (event.connection == connection_ && connected()) {
        if (event.kind == Kind::bytes) take_bytes(event.text);
        if (event.kind == Kind::input_over || event.kind == Kind::gone) {
            lost(event.loss.broken() ? to_text(loss_words(event.loss, Phase::chat, "the lecture"))
                                     : "the lecture has ended, or its window was closed");
        }
    }
}

void Follower::take_bytes(const std::string& bytes) {
    partial_ += bytes;
    std::size_t from = 0;
    for (std::size_t end = partial_.find('\n'); end != std::string::npos; end = partial_.find('\n', from)) {
        take_line(partial_.substr(from, end - from));
        from = end + 1;
    }
    partial_.erase(0, from);
    if (partial_.size() <= max_lecture_line) return sockets_.read(connection_);
    // The next try would end the same way, so it is left to the user.
    error_ = "the lecture sends a line that is too long (it is left; F connects again)";
    sockets_.abandon(connection_);
    connection_ = 0;
    partial_.clear();
}

void Follower::lost(const std::string& why) {
    error_ = fmt::format("{}. It is tried again every {} s (F leaves).", refusal_.empty() ? why : refusal_,
                         time_between_tries / 1000);
    refusal_.clear();
    retry_at_ = now_ + time_between_tries;
    if (connected()) sockets_.abandon(connection_);
    connection_ = 0;
}

void Follower::take_line(std::string line) {
    if (line.size() > longest_short_line) return put_aside(std::move(line));
    const LectureLine read = read_lecture_line(line);
    if (const auto* place = std::get_if<LecturePlace>(&read)) {
        place_ = *place;
    } else if (std::holds_alternative<LectureRecording>(read)) {
        put_aside(std::move(line));
    } else if (std::holds_alternative<LectureOther>(read)) {
        return;
    } else if (const auto frame = decode_frame(line);
               std::holds_alternative<Frame>(frame) && std::holds_alternative<ErrorFrame>(std::get<Frame>(frame))) {
        refusal_ = "the lecture takes nobody else now: it has all the followers it can have";
    } else {
        error_ = not_ours;
    }
}

void Follower::put_aside(std::string line) {
    unchecked_bytes_ += line.size();
    unchecked_.push_back(std::move(line));
    for (; unchecked_bytes_ > most_unchecked; unchecked_.pop_front()) unchecked_bytes_ -= unchecked_.front().size();
}

// Computing a recording again may take long, so a thread does it; of several that wait only the newest counts.
void Follower::check() {
    if (check_ || unchecked_.empty()) return;
    checked_ = std::make_shared<std::optional<Recording>>();
    unchecked_bytes_ = 0;
    check_ = std::make_unique<Job>([lines = std::exchange(unchecked_, {}), into = checked_](Job::Progress& progress) {
        bool strange = false;
        for (auto line = lines.rbegin(); line != lines.rend() && !progress.cancelled(); ++line) {
            const LectureLine read = read_lecture_line(*line);
            strange = strange || std::holds_alternative<std::monostate>(read);
            const auto* published = std::get_if<LectureRecording>(&read);
            if (published == nullptr) continue;
            try {
                *into = recording_from_json(published->json);
            } catch (const Error& error) {
                throw bad_input(std::string("what the lecture shows is no good: ") + error.what());
            }
            return std::string();
        }
        if (strange) throw bad_input(not_ours);
        return std::string();
    });
}

std::optional<Recording> Follower::take_recording() { return std::exchange(ready_, std::nullopt); }

} // namespace keyhole::viz
