#include "viz/classroom/class_controller.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"

namespace keyhole::viz {
namespace {

using classroom::Room;

constexpr std::chrono::milliseconds between_looks{100}; // many students who answer at once are one change

} // namespace

ClassController::ClassController()
    : loop_([this](const std::string& why) {
          fail(why);
          end_server();
      }) {}

ClassController::~ClassController() {
    loop_.end([this] {
        const bool had_one = server_ != nullptr;
        end_server();
        return had_one;
    });
}

void ClassController::start(const HostPort& listen, classroom::ClassPages pages) {
    beginning_ = {listen, std::move(pages), state_.begin({})};
    loop_.post([this] { end_server(); });
}

// Listens and shows at once: nobody who comes finds nothing.
void ClassController::begin(const Beginning& with, Recording recording, const LecturePlace& place) {
    end_server();
    run_ = with.run;
    const auto changed = [this, round = round_] {
        if (round == round_) publish_soon();
    };
    // The chat partner says back what it hears: enough to compare fingerprints and to look into messages.
    const auto heard = [](PartyConnection& client, const Event& event) {
        if (const auto* text = std::get_if<TextArrived>(&event)) client.say(text->text);
    };
    try {
        const classroom::ClassOptions options{.listen = with.listen, .offer = offer_like(recording)};
        server_ = std::make_shared<classroom::ClassServer>(
            loop_.context(), options, with.pages,
            classroom::ClassServer::Handlers{.on_change = changed,
                                             .chat = {.on_event = heard, .on_end = [](PartyConnection&) {}}});
        server_->show(std::move(recording), place.address, place.cover);
    } catch (const Error& error) {
        end_server();
        return fail(error.what());
    }
    std::vector<std::string> addresses;
    for (const HostPort& one : reachable_at(server_->addresses().front()))
        addresses.push_back(fmt::format("http://{}/", to_text(one)));
    state_.change(run_, [&](ClassState& state) {
        state.addresses = std::move(addresses);
        state.has_window = server_->has_window();
    });
}

void ClassController::stop() {
    if (!running()) return;
    beginning_.reset();
    state_.stop([](ClassState& state) { state = {}; });
    loop_.post([this] { end_server(); });
}

void ClassController::fail(const std::string& why) {
    state_.fail(run_, why, [](ClassState& state) { state = {}; });
}

void ClassController::end_server() {
    ++round_;
    if (!server_) return;
    server_->end();
    loop_.keep_for_a_moment(std::exchange(server_, nullptr));
}

void ClassController::show(const Recording& recording, std::uint64_t version, const std::string& address,
                           LectureCover cover) {
    if (!running()) return;
    const bool begins = beginning_.has_value(), another = begins || version != shown_version_;
    LecturePlace place{address, cover};
    if (!another && place == shown_place_) return;
    shown_version_ = version;
    shown_place_ = place;
    if (begins)
        return loop_.post([this, with = *std::exchange(beginning_, std::nullopt), copy = recording, place]() mutable {
            begin(with, std::move(copy), place);
        });
    if (another) return loop_.post([this, copy = recording, place]() mutable { show_another(std::move(copy), place); });
    loop_.post([this, place] {
        if (server_) server_->go(place.address, place.cover);
    });
}

void ClassController::show_another(Recording recording, const LecturePlace& place) {
    if (!server_) return;
    std::string why; // students keep what they have
    try {
        server_->show(std::move(recording), place.address, place.cover);
    } catch (const Error& error) {
        why = error.what();
    }
    state_.change(run_, [&](ClassState& state) { state.error = why; });
}

void ClassController::ask(classroom::Question question) {
    loop_.post([this, question = std::move(question)]() mutable {
        if (!server_) return;
        server_->ask(std::move(question));
        publish();
    });
}

void ClassController::close_question() {
    loop_.post([this] {
        if (server_ && server_->close_question()) publish();
    });
}

void ClassController::reveal() {
    loop_.post([this] {
        if (server_ && server_->reveal()) publish();
    });
}

void ClassController::publish() {
    if (!server_) return;
    const Room& room = server_->room();
    std::vector<ClassStudent> students;
    for (const classroom::Student& one : room.students())
        students.push_back({.name = one.name, .at = one.at, .here = one.here(), .answered = room.has_answered(one)});
    state_.change(run_, [&](ClassState& state) {
        state.students = std::move(students);
        state.here = room.here();
        state.followers = server_->followers();
        state.answered = room.answered();
        state.asked = room.state();
        state.number = room.number();
        state.question = room.question();
        state.counts = room.state() == Room::State::open ? classroom::Counts() : room.counts();
    });
}

void ClassController::publish_soon() {
    if (std::exchange(publishing_, true)) return;
    auto timer = std::make_shared<asio::steady_timer>(loop_.context(), between_looks);
    timer->async_wait([this, timer](const boost::system::error_code&) {
        publishing_ = false;
        publish();
    });
}

} // namespace keyhole::viz
