#include "viz/live/lecture.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/recording/recording_json.hpp"
#include "viz/live/lecture_line.hpp"

namespace keyhole::viz {
namespace {

using News = LiveNews::Kind;

// Longer lines are read on a thread of their own. No place is as long.
constexpr std::size_t longest_short_line = 4096;
constexpr std::uint64_t between_looks = 50; // milliseconds, while a thread is at work

constexpr auto not_ours = "the lecture sends a line that is none of its own (is that a port of --publish?)";

} // namespace

Publisher::Publisher(const HostPort& listen, std::function<void()> wake) : link_(std::move(wake)) {
    link_.listen(listen, most_followers);
}

void Publisher::feed_all() {
    for (auto& [id, listener] : followers_) feed(id, listener);
}

// The next bytes for one follower, once those before have got away; what was superseded meanwhile is never sent.
void Publisher::feed(std::uint64_t connection, Listener& listener) {
    if (listener.waits) return;
    if (!listener.line) {
        if (recording_ && listener.recording != recording_) {
            listener.line = listener.recording = recording_;
        } else if (place_ && listener.place != place_) {
            listener.line = listener.place = place_;
        } else {
            return;
        }
        listener.sent = 0;
    }
    std::string bytes = listener.line->substr(listener.sent, most_waiting);
    listener.sent += bytes.size();
    if (listener.sent == listener.line->size()) listener.line.reset();
    listener.waits = true;
    link_.write(connection, std::move(bytes));
}

void Publisher::show(const Recording& recording, std::uint64_t version, const std::string& address) {
    if (version_ != version && !writing_) {
        version_ = version;
        write_line(recording);
    }
    if (address == shown_place_) return;
    shown_place_ = address;
    // A place may lie in what is being written: it follows that.
    if (!writing_) send_place();
}

void Publisher::send_place() {
    const std::string line = place_line(shown_place_) + "\n";
    if (!place_ || *place_ != line) place_ = std::make_shared<const std::string>(line);
    feed_all();
}

// A long recording takes a while to write: on a thread of its own, from a copy.
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
    if (link_.has_news()) return now_;
    return writing_ ? std::optional(now_ + between_looks) : std::nullopt;
}

void Publisher::tick(std::uint64_t now) {
    now_ = now;
    if (writing_ && !writing_->running()) take_line();
    const std::vector<LiveNews> news = link_.take();
    for (const LiveNews& one : news) {
        switch (one.kind) {
            case News::listening: address_ = one.text; break;
            case News::failed: listen_error_ = one.text; break;
            case News::opened: feed(one.connection, followers_[one.connection]); break;
            case News::bytes: // a follower has nothing to say
            case News::input_over: link_.abandon(one.connection); [[fallthrough]];
            case News::gone: followers_.erase(one.connection); break;
            case News::progress: break;
            case News::drained:
                if (const auto follower = followers_.find(one.connection); follower != followers_.end()) {
                    follower->second.waits = false;
                    feed(one.connection, follower->second);
                }
                break;
        }
    }
}

Follower::Follower(HostPort publisher, std::function<void()> wake)
    : publisher_(std::move(publisher)), link_(std::move(wake)) {
    again();
}

void Follower::again() {
    if (connected()) return;
    retry_at_.reset();
    partial_.clear();
    link_.connect(publisher_);
}

std::optional<std::uint64_t> Follower::due() const {
    if (link_.has_news()) return now_;
    return check_ ? std::optional(now_ + between_looks) : retry_at_;
}

void Follower::tick(std::uint64_t now) {
    now_ = now;
    std::vector<LiveNews> news = link_.take();
    for (LiveNews& one : news) take(std::move(one));
    if (retry_at_ && now >= *retry_at_) again();
    if (check_ && !check_->running()) {
        const auto outcome = check_->take();
        check_.reset();
        if (outcome->failed) {
            error_ = outcome->words;
        } else {
            ready_ = std::move(*checked_);
            if (connected()) error_.clear();
        }
    }
    check();
}

void Follower::take(LiveNews news) {
    if (news.kind == News::opened) {
        if (connected()) link_.abandon(connection_);
        connection_ = news.connection;
        partial_.clear();
        retry_at_.reset();
        error_.clear();
    } else if (news.kind == News::failed) {
        lost(news.text);
    } else if (news.connection == connection_ && connected()) {
        if (news.kind == News::bytes) take_bytes(news.text);
        if (news.kind == News::input_over || news.kind == News::gone) {
            lost(news.text.empty() ? "the lecture has ended, or its window was closed"
                                   : fmt::format("the connection to the lecture broke ({})", news.text));
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
    if (partial_.size() <= max_lecture_line) return link_.read(connection_);
    // It would be so again: only the user may try once more.
    error_ = "the lecture sends a line that is too long (it is left; F connects again)";
    link_.abandon(connection_);
    connection_ = 0;
    partial_.clear();
}

void Follower::lost(const std::string& why) {
    error_ = fmt::format("{}. It is tried again every {} s (F leaves).", why, time_between_tries / 1000);
    retry_at_ = now_ + time_between_tries;
    if (connected()) link_.abandon(connection_);
    connection_ = 0;
}

void Follower::take_line(std::string line) {
    if (line.size() > longest_short_line) {
        unchecked_ = std::move(line);
        return;
    }
    const LectureLine read = read_lecture_line(line);
    if (const auto* place = std::get_if<LecturePlace>(&read)) {
        place_ = place->address;
    } else if (std::holds_alternative<LectureRecording>(read)) {
        unchecked_ = std::move(line);
    } else {
        error_ = not_ours;
    }
}

// Computing a recording again may take long: on a thread of its own, the newest first.
void Follower::check() {
    if (check_ || !unchecked_) return;
    checked_ = std::make_shared<std::optional<Recording>>();
    check_ = std::make_unique<Job>([line = std::move(*unchecked_), into = checked_](Job::Progress& progress) {
        const LectureLine read = read_lecture_line(line);
        const auto* published = std::get_if<LectureRecording>(&read);
        if (published == nullptr) throw bad_input(not_ours);
        if (progress.cancelled()) return std::string();
        try {
            *into = recording_from_json(published->json);
        } catch (const Error& error) {
            throw bad_input(std::string("what the lecture shows is no good: ") + error.what());
        }
        return std::string();
    });
    unchecked_.reset();
}

std::optional<Recording> Follower::take_recording() { return std::exchange(ready_, std::nullopt); }

} // namespace keyhole::viz
