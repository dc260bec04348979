#include "viz/relay_desk.hpp"

#include <fmt/format.h>

#include <future>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "core/fingerprint.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_notes = 200, longest_text = 400;
constexpr std::chrono::milliseconds parting{300}; // for the byes

std::uint64_t id_of(const RelaySession& session) { return reinterpret_cast<std::uintptr_t>(&session); }

std::string who(const RelaySession& session, Role role) {
    return session.number <= 1 ? std::string(name(role)) : fmt::format("{}#{}", name(role), session.number);
}

std::string cut(std::string_view text) {
    return escape_controls(text.substr(0, longest_text)) + (text.size() > longest_text ? ".." : "");
}

} // namespace

void RelayDesk::start(const RelayDeskOptions& options) {
    stop();
    options_ = options;
    hold_ = options.hold;
    context_ = std::make_unique<asio::io_context>(1);
    RelayServerOptions server{.listen = options.listen, .to = options.to, .relay = {}, .hold = options.hold};
    server.relay.quiet = options.quiet;
    {
        const std::lock_guard lock(mutex_);
        state_ = {.version = state_.version + 1, .address = {}, .error = {}, .clients = {}, .notes = {}};
    }
    try {
        server_ = std::make_unique<RelayServer>(
            *context_, std::move(server),
            RelaySession::Handlers{
                .on_event = [this](RelaySession& session, const RelayEvent& event) { on_event(session, event); },
                .on_end =
                    [this](RelaySession& session) {
                        const std::string trouble = session.trouble();
                        note({RelayNote::Kind::state, who(session, Role::client),
                              trouble.empty() ? "the session is over" : cut(trouble)});
                        asio::post(*context_, [this] { publish(); });
                    }});
    } catch (...) {
        context_.reset();
        throw;
    }
    {
        const std::lock_guard lock(mutex_);
        state_.address = to_text(server_->address());
    }
    thread_ = std::thread([this] {
        try {
            const auto work = asio::make_work_guard(*context_);
            context_->run();
        } catch (const std::exception& error) {
            const std::lock_guard lock(mutex_);
            state_.error = escape_controls(error.what());
            state_.address.clear();
            ++state_.version;
        }
    });
}

void RelayDesk::stop() {
    if (!thread_.joinable()) return;
    asio::post(*context_, [this] {
        server_->close();
        server_->stop_all();
        auto timer = std::make_shared<asio::steady_timer>(*context_, parting);
        timer->async_wait([this, timer](const std::error_code&) { context_->stop(); });
        if (server_->sessions().empty()) context_->stop();
    });
    thread_.join();
    server_.reset();
    context_.reset();
    const std::lock_guard lock(mutex_);
    state_.address.clear();
    state_.clients.clear();
    ++state_.version;
}

RelayState RelayDesk::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

std::uint64_t RelayDesk::version() const {
    const std::lock_guard lock(mutex_);
    return state_.version;
}

void RelayDesk::note(RelayNote note) {
    const std::lock_guard lock(mutex_);
    state_.notes.push_back(std::move(note));
    if (state_.notes.size() > most_notes) state_.notes.pop_front();
    ++state_.version;
}

void RelayDesk::publish() {
    std::vector<RelayClient> clients;
    for (const auto& session : server_->sessions()) {
        const Relay& relay = session->relay();
        RelayClient client{.id = id_of(*session),
                           .peer = session->peer(),
                           .trouble = session->trouble(),
                           .fingerprints = {},
                           .held = {},
                           .waiting = relay.held().size()};
        for (const Role role : {Role::server, Role::client})
            client.fingerprints[static_cast<std::size_t>(role)] = fingerprint(relay.recording(role));
        if (!relay.held().empty()) client.held = relay.held().front();
        clients.push_back(std::move(client));
    }
    const std::lock_guard lock(mutex_);
    state_.clients = std::move(clients);
    ++state_.version;
}

void RelayDesk::on_event(RelaySession& session, const RelayEvent& event) {
    const std::string whom = who(session, event.side);
    if (const auto* passed = std::get_if<Passed>(&event.what)) {
        const Passage& p = passed->passage;
        const std::string from = who(session, p.from);
        if (!passed->delivered) {
            note({RelayNote::Kind::dropped, from, cut(p.content)});
        } else if (*passed->delivered != p.content) {
            note(
                {RelayNote::Kind::altered, from, fmt::format("{} \u2192 {}", cut(p.content), cut(*passed->delivered))});
        } else {
            note({RelayNote::Kind::passed, from, cut(p.content)});
        }
        if (!passed->trouble.empty()) note({RelayNote::Kind::refused, from, cut(passed->trouble)});
    } else if (std::holds_alternative<HandshakeDone>(event.what)) {
        note({RelayNote::Kind::state, whom, options_.quiet ? "both public keys were heard" : "the handshake is done"});
    } else if (const auto* left = std::get_if<PeerLeft>(&event.what)) {
        note({RelayNote::Kind::state, whom, left->said_bye ? "says bye" : "ended without a bye"});
    } else if (const auto* refused = std::get_if<Refused>(&event.what)) {
        note({RelayNote::Kind::refused, whom,
              fmt::format("{} [{}] {}", refused->by_peer ? "refused" : "was refused", cut(refused->code),
                          cut(refused->detail))});
    }
    // After the handler: the session is in a state of its own until then.
    const bool pass = std::holds_alternative<Held>(event.what) && !hold_;
    asio::post(*context_, [this, pass] {
        if (pass) pass_held();
        publish();
    });
}

RelaySession* RelayDesk::find(std::uint64_t client) const {
    for (const auto& session : server_->sessions()) {
        if (id_of(*session) == client) return session.get();
    }
    return nullptr;
}

void RelayDesk::decide(std::uint64_t client, std::function<void(RelaySession&)> what) {
    if (!running()) return;
    asio::post(*context_, [this, client, what = std::move(what)] {
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

void RelayDesk::deliver(std::uint64_t client, std::optional<std::string> content) {
    decide(client, [content = std::move(content)](RelaySession& session) {
        content ? session.deliver(*content) : session.deliver();
    });
}

void RelayDesk::drop(std::uint64_t client) {
    decide(client, [](RelaySession& session) { session.drop(); });
}

void RelayDesk::hold(bool yes) {
    hold_ = yes;
    if (!running()) return;
    asio::post(*context_, [this, yes] {
        for (const auto& session : server_->sessions()) {
            session->relay().hold(yes);
        }
        if (!yes) pass_held();
        publish();
    });
}

void RelayDesk::pass_held() {
    const auto sessions = server_->sessions(); // a delivery may end one
    for (const auto& session : sessions) {
        session->relay().hold(false);
        if (!session->relay().held().empty()) session->deliver();
    }
}

std::optional<Recording> RelayDesk::recording(std::uint64_t client, Role side) {
    if (!running()) return std::nullopt;
    // The thread's work comes in pieces of milliseconds, so this is no wait that anybody sees.
    auto answer = std::make_shared<std::promise<std::optional<Recording>>>();
    asio::post(*context_, [this, answer, client, side] {
        RelaySession* session = find(client);
        answer->set_value(session == nullptr ? std::nullopt : std::optional(session->relay().recording(side)));
    });
    auto result = answer->get_future();
    if (result.wait_for(std::chrono::seconds(1)) != std::future_status::ready) return std::nullopt;
    return result.get();
}

} // namespace keyhole::viz
