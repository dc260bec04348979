#include "viz/lecture.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "core/recording_json.hpp"

namespace keyhole::viz {
namespace {

using nlohmann::json;
using News = LiveNews::Kind;

constexpr std::size_t longest_place = 200; // bytes of an address
constexpr int deepest = 12;                // levels of JSON

} // namespace

std::string place_line(const std::string& address) { return json{{"type", "at"}, {"address", address}}.dump(); }

std::string recording_line(const Recording& recording) {
    return json{{"type", "recording"}, {"recording", json::parse(to_json(recording))}}.dump();
}

LectureLine read_lecture_line(std::string_view line) {
    const auto shallow = [](int depth, json::parse_event_t, json&) {
        if (depth > deepest) throw bad_input("nested too deeply");
        return true;
    };
    try {
        const json object = json::parse(line, shallow, false);
        const json type = object.is_object() ? object.value("type", json()) : json();
        if (type == "at" && object.contains("address") && object["address"].is_string()) {
            std::string address = object["address"].get<std::string>();
            if (address.size() <= longest_place) return LecturePlace{std::move(address)};
        } else if (type == "recording" && object.contains("recording")) {
            return LectureRecording{object["recording"].dump(-1, ' ', false, json::error_handler_t::replace)};
        }
    } catch (const Error&) {
        return {};
    }
    return {};
}

Publisher::Publisher(const HostPort& listen, std::function<void()> wake) : link_(std::move(wake)) {
    link_.listen(listen, most_followers);
}

void Publisher::send(const std::string& line) {
    for (const std::uint64_t id : followers_) link_.write(id, line);
}

void Publisher::show(const Recording& recording, std::uint64_t version, const std::string& address) {
    if (version_ != version) {
        version_ = version;
        recording_line_ = recording_line(recording) + "\n";
        error_.clear();
        if (recording_line_.size() > max_lecture_line) {
            recording_line_.clear();
            error_ = "the recording is too long to be published (its followers keep what they have)";
        }
        send(recording_line_);
    }
    std::string place = place_line(address) + "\n";
    if (place == place_line_) return;
    place_line_ = std::move(place);
    send(place_line_);
}

bool Publisher::tick() {
    const std::vector<LiveNews> news = link_.take();
    for (const LiveNews& one : news) {
        switch (one.kind) {
            case News::listening: address_ = one.text; break;
            case News::failed: error_ = one.text; break;
            case News::opened:
                followers_.insert(one.connection);
                if (!recording_line_.empty()) link_.write(one.connection, recording_line_);
                if (!place_line_.empty()) link_.write(one.connection, place_line_);
                break;
            case News::bytes: // a follower has nothing to say
            case News::input_over: link_.abandon(one.connection); [[fallthrough]];
            case News::gone: followers_.erase(one.connection); break;
            case News::progress: break;
        }
    }
    return !news.empty();
}

Follower::Follower(HostPort publisher, std::function<void()> wake)
    : publisher_(std::move(publisher)), link_(std::move(wake)) {
    again();
}

void Follower::again() {
    if (connected()) return;
    error_.clear();
    partial_.clear();
    link_.connect(publisher_);
}

bool Follower::tick() {
    std::vector<LiveNews> news = link_.take();
    for (LiveNews& one : news) {
        if (one.kind == News::opened) {
            if (connected()) link_.abandon(connection_);
            connection_ = one.connection;
            error_.clear();
        } else if (one.kind == News::failed) {
            error_ = std::move(one.text);
        } else if (one.connection != connection_) {
            continue;
        } else if (one.kind == News::bytes) {
            partial_ += one.text;
            std::size_t from = 0;
            for (std::size_t end = partial_.find('\n'); end != std::string::npos; end = partial_.find('\n', from)) {
                take_line(std::string_view(partial_).substr(from, end - from));
                from = end + 1;
            }
            partial_.erase(0, from);
            if (partial_.size() > max_lecture_line) {
                error_ = "the lecture sends a line that is too long (it is left; F connects again)";
                link_.abandon(connection_);
                connection_ = 0;
                partial_.clear();
            } else {
                link_.read(connection_);
            }
        } else if (one.kind == News::input_over || one.kind == News::gone) {
            if (error_.empty()) error_ = "the lecture is over, or its window is gone (F connects again)";
            link_.abandon(connection_);
            connection_ = 0;
        }
    }
    bool changed = !news.empty();
    if (check_ && !check_->running()) {
        const auto outcome = check_->take();
        check_.reset();
        if (outcome && outcome->failed) {
            error_ = "what the lecture shows is no good: " + outcome->words;
        } else if (*checked_) {
            ready_ = std::move(*checked_);
        }
        changed = true;
    }
    check();
    return changed;
}

void Follower::take_line(std::string_view line) {
    LectureLine read = read_lecture_line(line);
    if (auto* place = std::get_if<LecturePlace>(&read)) {
        place_ = std::move(place->address);
    } else if (auto* recording = std::get_if<LectureRecording>(&read)) {
        unchecked_ = std::move(recording->json);
    } else {
        error_ = "the lecture sends a line that is none of its own (is that a port of --publish?)";
    }
}

// Computing a recording again may take long: on a thread of its own, the newest first.
void Follower::check() {
    if (check_ || !unchecked_) return;
    checked_ = std::make_shared<std::optional<Recording>>();
    check_ = std::make_unique<Job>([text = std::move(*unchecked_), into = checked_](Job::Progress&) {
        *into = recording_from_json(text);
        return std::string();
    });
    unchecked_.reset();
}

std::optional<Recording> Follower::take_recording() { return std::exchange(ready_, std::nullopt); }

} // namespace keyhole::viz
