#include "viz/relay/relay_controller.hpp"

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_notes = 200;

} // namespace

RelayController::RelayController()
    : loop_([this](const std::string& why) {
          fail(why);
          end_server();
      }),
      journal_([this](RelayNote one) { note(std::move(one)); }) {}

RelayController::~RelayController() {
    loop_.end([this] {
        ++round_;
        dialler_.cancel();
        if (!server_ || server_->sessions().empty()) return false;
        server_->close();
        server_->stop_all();
        return true;
    });
}

void RelayController::start(const RelaySetup& setup) {
    hold_ = setup.hold;
    const std::uint64_t run = state_.begin({});
    loop_.post([this, setup, run] {
        end_server();
        run_ = run;
        journal_.begin(setup.quiet);
        const auto failed = [this](const std::string& why) { fail(why); };
        dialler_.look_up(
            setup.listen,
            [this, setup, failed](const Addresses& at) {
                dialler_.look_up(
                    setup.to, [this, setup, at](const Addresses& to) { listen(setup, at, to); }, failed);
            },
            failed);
    });
}

void RelayController::stop() {
    if (!running()) return;
    const std::uint64_t run = state_.stop([](RelayState& state) { state.address.clear(); });
    loop_.post([this, run] {
        run_ = run;
        end_server();
        publish();
    });
}

void RelayController::listen(const RelaySetup& setup, const Addresses& at, const Addresses& to) {
    RelayServerOptions options{.listen = setup.listen, .to = setup.to, .relay = {}, .hold = hold_};
    options.relay.quiet = setup.quiet;
    const auto on_event = [this, round = round_](RelaySession& session, const RelayEvent& event) {
        if (round != round_) return;
        journal_.on_event(session, event);
        publish_soon();
    };
    const auto on_end = [this, round = round_](RelaySession& session) {
        if (round != round_) return;
        journal_.on_end(session);
        publish_soon();
    };
    try {
        server_ = std::make_unique<RelayServer>(loop_.context(), std::move(options),
                                                RelaySession::Handlers{.on_event = on_event, .on_end = on_end}, at, to);
    } catch (const Error& error) {
        return fail(error.what());
    }
    state_.change(run_, [this](RelayState& state) { state.address = to_text(server_->address()); });
}

void RelayController::fail(const std::string& why) {
    state_.fail(run_, why, [](RelayState& state) { state.address.clear(); });
}

void RelayController::note(RelayNote one) {
    state_.change(run_, [&](RelayState& state) {
        state.notes.push_back(std::move(one));
        if (state.notes.size() > most_notes) state.notes.pop_front();
    });
}

// No new clients; those that are there have a moment for their byes. What was heard of them is kept.
void RelayController::end_server() {
    ++round_;
    dialler_.cancel();
    if (!server_) return;
    server_->close();
    for (const auto& session : server_->sessions()) journal_.leave(*session);
    server_->stop_all();
    loop_.keep_for_a_moment(std::shared_ptr<RelayServer>(std::move(server_)));
}

void RelayController::publish() {
    std::vector<RelayClient> clients;
    if (server_) {
        for (const auto& session : server_->sessions()) {
            session->relay().hold(hold_);
            journal_.look(*session);
            clients.push_back(journal_.client_of(*session));
        }
    }
    for (RelayClient& client : journal_.gone()) clients.push_back(std::move(client));
    state_.change(run_, [&](RelayState& state) { state.clients = std::move(clients); });
}

// Events come while a session is at work: it is looked at after that, once for many events.
void RelayController::publish_soon() {
    if (std::exchange(publishing_, true)) return;
    asio::post(loop_.context(), [this] {
        publishing_ = false;
        if (!hold_) pass_held();
        publish();
    });
}

RelaySession* RelayController::find(std::uint64_t client) const {
    if (!server_) return nullptr;
    for (const auto& session : server_->sessions()) {
        if (session->number == client) return session.get();
    }
    return nullptr;
}

void RelayController::decide(std::uint64_t client, std::function<void(RelaySession&)> what) {
    if (!running()) return;
    loop_.post([this, client, what = std::move(what)] {
        if (RelaySession* session = find(client); session != nullptr && !session->relay().held().empty()) {
            try {
                what(*session);
            } catch (const Error& error) {
                note({RelayNote::Kind::refused, {}, escape_controls(error.what())});
            }
        }
        publish();
    });
}

void RelayController::deliver(std::uint64_t client, std::optional<std::string> content) {
    decide(client, [content = std::move(content)](RelaySession& session) {
        content ? session.deliver(*content) : session.deliver();
    });
}

void RelayController::drop(std::uint64_t client) {
    decide(client, [](RelaySession& session) { session.drop(); });
}

void RelayController::hold(bool yes) {
    hold_ = yes;
    if (!running()) return;
    loop_.post([this, yes] {
        if (!server_) return;
        for (const auto& session : server_->sessions()) session->relay().hold(yes);
        if (!yes) pass_held();
        publish();
    });
}

void RelayController::pass_held() {
    if (!server_) return;
    const auto sessions = server_->sessions(); // a delivery may end one
    for (const auto& session : sessions) {
        session->relay().hold(false);
        if (!session->relay().held().empty()) session->deliver();
    }
}

void RelayController::ask_recording(std::uint64_t client, Role side) {
    loop_.post([this, client, side] {
        const RelaySession* session = find(client);
        const Recording* recording =
            session != nullptr ? &session->relay().recording(side) : journal_.recording(client, side);
        if (recording == nullptr) return;
        {
            const std::lock_guard lock(mutex_);
            heard_ = *recording;
        }
        state_.change(run_, [](RelayState&) {}); // wakes the window
    });
}

std::optional<Recording> RelayController::take_heard() {
    const std::lock_guard lock(mutex_);
    return std::exchange(heard_, std::nullopt);
}

void RelayController::close(std::uint64_t client) {
    loop_.post([this, client] {
        journal_.forget(client);
        publish();
    });
}

} // namespace keyhole::viz
