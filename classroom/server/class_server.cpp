#include "classroom/server/class_server.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include "classroom/server/keyhole_door.hpp"
#include "core/base/error.hpp"
#include "core/recording/recording_json.hpp"

namespace keyhole::classroom {
namespace {

// Each device is a few sockets, and the usual limit of 1024 open files would be reached by a large class.
void allow_many_sockets() {
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

constexpr std::string_view lecture_path = "/lecture";
// A student's page, the window beside it, and one that is just being replaced.
constexpr std::size_t devices_a_student = 3, more_devices = 32;

Outbox::Line as_line(std::string line) { return std::make_shared<const std::string>(std::move(line)); }

PartyServerOptions chat_options(const ClassOptions& options) {
    return {
        .listen = {}, .max_sessions = options.max_students, .party = {.offer = options.offer, .keep_messages = false}};
}

WebLimits web_limits(std::size_t students) {
    WebLimits limits;
    limits.connections = (devices_a_student + 4) * students + 128; // a browser opens some for one page
    return limits;
}

} // namespace

struct ClassServer::Shown {
    explicit Shown(Recording what) : recording(std::move(what)), trace(recording) {}

    Recording recording;
    Trace trace;
    std::shared_ptr<SlowAnswer> json = std::make_shared<SlowAnswer>(), page = std::make_shared<SlowAnswer>();
};

ClassServer::ClassServer(asio::io_context& context, const ClassOptions& options, ClassPages pages, Handlers handlers)
    : context_(context),
      pages_(std::move(pages)),
      handlers_(std::move(handlers)),
      most_devices_(devices_a_student * options.max_students + more_devices),
      room_(options.max_students),
      steps_(pages_, room_),
      files_(pages_.style),
      chat_(chat_options(options), handlers_.chat),
      web_(context, options.listen, *this, web_limits(options.max_students)) {
    allow_many_sockets();
}

void ClassServer::show(Recording recording, const std::string& address, LectureCover cover) {
    std::string line = recording_line(recording);
    if (line.size() > max_lecture_line)
        throw bad_input(
            fmt::format("the recording is too long for a class ({} bytes; {} at most; show a shorter message)",
                        line.size(), max_lecture_line));
    shown_ = std::make_shared<Shown>(std::move(recording));
    steps_.forget();
    recording_line_ = as_line(std::move(line));
    for (const auto& [id, device] : devices_) device->outbox().put_recording(recording_line_);
    go(address, cover);
}

void ClassServer::go(const std::string& address, LectureCover cover) {
    steps_.go(address, cover);
    place_line_ = as_line(keyhole::place_line(address, cover));
    for (const auto& [id, device] : devices_) {
        device->outbox().put_place(place_line_);
        device->send_next();
    }
}

std::uint64_t ClassServer::ask(Question question) {
    if (room_.state() == Room::State::open) close_question();
    const std::uint64_t number = room_.ask(std::move(question));
    steps_.forget();
    to_all(ask_line(number, *room_.question()));
    return number;
}

bool ClassServer::close_question() {
    if (!room_.close()) return false;
    to_all(closed_line(room_.number(), room_.counts()));
    return true;
}

bool ClassServer::reveal() {
    if (room_.state() == Room::State::open) close_question();
    if (!room_.reveal()) return false;
    steps_.forget();
    to_all(revealed_line(room_.number(), *room_.question(), room_.counts()));
    return true;
}

void ClassServer::end() {
    web_.close();
    chat_.close();
    chat_.bye_all();
    for (const auto& [id, device] : devices_) device->close(CloseCode::going_away, "the class is over");
}

void ClassServer::get(const WebRequest& request, Reply reply) {
    if (request.path == "/step") return reply(steps_.at(shown_->trace, request.query));
    if (request.path == "/page.html") return shown_->page->give(std::move(reply), page_maker(), workers_, home());
    if (request.path == "/recording.json") return shown_->json->give(std::move(reply), json_maker(), workers_, home());
    reply(files_.find(request.path, request.host));
}

// Both run on another thread.
std::function<WebAnswer()> ClassServer::page_maker() const {
    return [shown = shown_, page = pages_.page] {
        std::string html = page(shown->recording);
        std::string policy = policy_of_page(html);
        return WebAnswer{.file = web_file("text/html; charset=utf-8", std::move(html)), .policy = std::move(policy)};
    };
}
std::function<WebAnswer()> ClassServer::json_maker() const {
    return [shown = shown_] { return WebAnswer{.file = web_file("application/json", to_json(shown->recording))}; };
}

bool ClassServer::has_socket(std::string_view path) const { return path == lecture_path || path == keyhole_path; }

std::size_t ClassServer::longest_text(std::string_view path) const {
    // A line that is a little too long is closed with a reason; one that goes on and on, by the WebSocket itself.
    return path == keyhole_path ? longest_keyhole_line : 16 * longest_line;
}

std::shared_ptr<WebSocket::User> ClassServer::open(std::string_view path, const std::shared_ptr<WebSocket>& socket) {
    return path == keyhole_path ? enter_keyhole(chat_, home(), socket) : take_device(socket);
}

std::shared_ptr<WebSocket::User> ClassServer::take_device(const std::shared_ptr<WebSocket>& socket) {
    if (devices_.size() >= most_devices_) {
        socket->close(CloseCode::try_later, "the class is full");
        return nullptr;
    }
    const std::uint64_t id = ++last_device_;
    const auto device = std::make_shared<Device>(
        id, socket,
        Device::Handlers{.on_line = [this](std::uint64_t from, std::string_view line) { on_line(from, line); },
                         .on_end = [this](std::uint64_t from) { on_end(from); }});
    devices_.emplace(id, device);
    device->outbox().put_recording(recording_line_);
    device->outbox().put_place(place_line_);
    tell_question(*device);
    device->send_next();
    handlers_.on_change();
    return device;
}

// Where the question stands: a device that comes late learns all of it.
void ClassServer::tell_question(Device& device) const {
    const Room::State state = room_.state();
    if (state == Room::State::none) return;
    device.outbox().put(as_line(ask_line(room_.number(), *room_.question())));
    if (state == Room::State::open) return;
    device.outbox().put(as_line(closed_line(room_.number(), room_.counts())));
    if (state == Room::State::revealed)
        device.outbox().put(as_line(revealed_line(room_.number(), *room_.question(), room_.counts())));
}

void ClassServer::on_line(std::uint64_t id, std::string_view line) {
    const auto found = devices_.find(id);
    if (found == devices_.end()) return;
    Device& device = *found->second;
    const ClassLine said = read_class_line(line);
    if (const auto* join = std::get_if<JoinLine>(&said)) return on_join(device, *join);
    if (const auto* answer = std::get_if<AnswerLine>(&said)) return on_answer(device, *answer);
    if (const auto* at = std::get_if<AtLine>(&said)) {
        if (!room_.stand(id, at->address == steps_.address() ? std::string() : at->address))
            return device.close(CloseCode::policy, "who stands somewhere has joined before");
        return handlers_.on_change();
    }
    device.close(line.size() > longest_line ? CloseCode::too_big : CloseCode::policy, std::get<NoLine>(said).why);
}

void ClassServer::on_join(Device& device, const JoinLine& line) {
    const Room::Joined joined = room_.join(device.id(), line);
    if (joined.student == nullptr)
        return device.close(joined.full ? CloseCode::try_later : CloseCode::policy, joined.why);
    to_one(device, joined_line(joined.student->id, joined.student->name));
    if (room_.has_answered(*joined.student)) to_one(device, answered_line(room_.number(), joined.student->answer));
    if (const auto older = devices_.find(joined.replaced); older != devices_.end())
        older->second->close(CloseCode::normal, "the same student joined again");
    handlers_.on_change();
}

void ClassServer::on_answer(Device& device, const AnswerLine& line) {
    const Room::Taken taken = room_.answer(device.id(), line);
    if (!taken.fault.empty()) return device.close(CloseCode::policy, taken.fault);
    to_one(device,
           taken.why.empty() ? answered_line(line.question, taken.answer) : not_taken_line(line.question, taken.why));
    handlers_.on_change();
}

void ClassServer::on_end(std::uint64_t id) {
    room_.leave(id);
    devices_.erase(id);
    handlers_.on_change();
}

void ClassServer::to_one(Device& device, std::string line) {
    device.outbox().put(as_line(std::move(line)));
    device.send_next();
}

void ClassServer::to_all(std::string line) {
    const Outbox::Line shared = as_line(std::move(line));
    for (const auto& [id, device] : devices_) {
        device->outbox().put(shared);
        device->send_next();
    }
}

} // namespace keyhole::classroom
