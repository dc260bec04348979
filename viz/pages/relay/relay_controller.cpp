#include "viz/pages/relay/relay_controller.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/excerpt.hpp"
#include "core/recording/fingerprint.hpp"

namespace keyhole::viz {
namespace {

using asio::ip::tcp;

constexpr std::size_t most_notes = 200, longest_text = 400;
constexpr std::chrono::milliseconds parting{300}; // for the byes
constexpr std::array both_roles = {Role::server, Role::client};

std::string cut(std::string_view text) { return excerpt(text, longest_text); }

std::size_t index(Role role) { return static_cast<std::size_t>(role); }

} // namespace

RelayController::~RelayController() {
    if (!thread_.joinable()) return;
    asio::post(context_, [this] {
        ++round_;
        resolver_.cancel();
        if (!server_ || server_->sessions().empty()) return context_.stop();
        server_->close();
        server_->stop_all();
        auto timer = std::make_shared<asio::steady_timer>(context_, parting);
        timer->async_wait([this, timer](const std::error_code&) { context_.stop(); });
    });
    thread_.join();
}

template <class What>
void RelayController::post(What what) {
    if (!thread_.joinable()) {
        thread_ = std::thread([this] {
            const auto work = asio::make_work_guard(context_);
            while (!context_.stopped()) {
                try {
                    context_.run();
                } catch (const std::exception& error) {
                    end_server();
                    fail(escape_controls(error.what()));
                }
            }
        });
    }
    asio::post(context_, std::move(what));
}

void RelayController::start(const RelayDeskOptions& options) {
    hold_ = options.hold;
    {
        const std::lock_guard lock(mutex_);
        running_ = true;
        state_ = {.version = state_.version + 1, .address = {}, .error = {}, .clients = {}, .notes = {}};
    }
    post([this, options] {
        end_server();
        kept_.clear();
        last_number_ = 0;
        options_ = options;
        look_up(options.listen, [this](const tcp::resolver::results_type& at) {
            look_up(options_.to, [this, at](const tcp::resolver::results_type& to) { listen(at, to); });
        });
    });
}

void RelayController::stop() {
    if (!running()) return;
    {
        const std::lock_guard lock(mutex_);
        running_ = false;
        state_.address.clear();
        ++state_.version;
    }
    post([this] {
        end_server();
        publish();
    });
}

bool RelayController::running() const {
    const std::lock_guard lock(mutex_);
    return running_;
}

template <class Then>
void RelayController::look_up(const HostPort& address, Then then) {
    resolver_.async_resolve(address.host, std::to_string(address.port),
                            [this, address, then = std::move(then), round = round_](
                                const std::error_code& error, const tcp::resolver::results_type& found) {
                                if (round != round_) return; // stopped, or started again
                                error || found.empty() ? fail(unknown_host(address, error)) : then(found);
                            });
}

void RelayController::listen(const tcp::resolver::results_type& at, const tcp::resolver::results_type& to) {
    RelayServerOptions options{.listen = options_.listen, .to = options_.to, .relay = {}, .hold = hold_};
    options.relay.quiet = options_.quiet;
    try {
        server_ = std::make_unique<RelayServer>(
            context_, std::move(options),
            RelaySession::Handlers{.on_event =
                                       [this, round = round_](RelaySession& session, const RelayEvent& event) {
                                           if (round == round_) on_event(session, event);
                                       },
                                   .on_end =
                                       [this, round = round_](RelaySession& session) {
                                           if (round == round_) on_end(session);
                                       }},
            at, to);
    } catch (const Error& error) {
        return fail(error.what());
    }
    const std::lock_guard lock(mutex_);
    state_.address = to_text(server_->address());
    ++state_.version;
}

void RelayController::fail(const std::string& why) {
    const std::lock_guard lock(mutex_);
    running_ = false;
    state_.error = why;
    state_.address.clear();
    ++state_.version;
}

// No new clients; those that are there have a moment for their byes. What was heard of them is kept.
void RelayController::end_server() {
    ++round_;
    resolver_.cancel();
    if (!server_) return;
    server_->close();
    for (const auto& session : server_->sessions()) {
        keep(*session);
        look_for_lost(*session, {});
    }
    server_->stop_all();
    const std::shared_ptr<RelayServer> leaving = std::move(server_);
    auto timer = std::make_shared<asio::steady_timer>(context_, parting);
    timer->async_wait([timer, leaving](const std::error_code&) {});
    unsent_.clear();
    altered_.clear();
}

RelayState RelayController::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

std::uint64_t RelayController::version() const {
    const std::lock_guard lock(mutex_);
    return state_.version;
}

void RelayController::note(RelayNote note) {
    const std::lock_guard lock(mutex_);
    state_.notes.push_back(std::move(note));
    if (state_.notes.size() > most_notes) state_.notes.pop_front();
    ++state_.version;
}

unsigned RelayController::number(RelaySession& session) {
    if (session.number == 0) session.number = ++last_number_;
    return session.number;
}

RelayClient RelayController::client_of(RelaySession& session) const {
    const Relay& relay = session.relay();
    RelayClient client{.id = session.number,
                       .peer = session.peer(),
                       .trouble = session.trouble(),
                       .fingerprints = {},
                       .held = {},
                       .waiting = relay.held().size()};
    for (const Role role : both_roles) client.fingerprints[index(role)] = fingerprint(relay.recording(role));
    if (!relay.held().empty()) client.held = relay.held().front();
    return client;
}

void RelayController::keep(RelaySession& session) {
    number(session);
    Cached kept{.client = client_of(session), .recordings = {}};
    kept.client.held.reset();
    kept.client.waiting = 0;
    kept.client.over = true;
    for (const Role role : both_roles) kept.recordings[index(role)] = session.relay().recording(role);
    kept_.push_back(std::move(kept));
    if (kept_.size() > most_kept) kept_.pop_front();
}

void RelayController::publish() {
    std::vector<RelayClient> clients;
    if (server_) {
        for (const auto& session : server_->sessions()) {
            Unsent there;
            number(*session);
            session->relay().hold(hold_);
            for (const Passage& passage : session->relay().held()) there.emplace(passage.from, passage.number);
            look_for_lost(*session, there);
            unsent_[session->number] = std::move(there);
            clients.push_back(client_of(*session));
        }
    }
    for (const Cached& kept : kept_) clients.push_back(kept.client);
    const std::lock_guard lock(mutex_);
    state_.clients = std::move(clients);
    ++state_.version;
}

// Events come in the midst of what a session does: its state is looked at after that, once for many.
void RelayController::publish_soon() {
    if (std::exchange(publishing_, true)) return;
    asio::post(context_, [this] {
        publishing_ = false;
        if (!hold_) pass_held();
        publish();
    });
}

// What waited, and is neither there nor went on, was lost with its connection.
void RelayController::look_for_lost(RelaySession& session, const Unsent& there) {
    for (const auto& [from, passage] : unsent_[session.number]) {
        if (!there.contains({from, passage}))
            note({RelayNote::Kind::dropped, who(session, from), "lost with its connection", passage});
    }
}

void RelayController::on_end(RelaySession& session) {
    number(session);
    look_for_lost(session, {});
    unsent_.erase(session.number);
    altered_.erase(session.number);
    const std::string trouble = session.trouble();
    note({RelayNote::Kind::state, who(session, Role::client), trouble.empty() ? "the session is over" : cut(trouble)});
    keep(session);
    publish_soon();
}

void RelayController::on_passed(RelaySession& session, const Passed& passed) {
    const Passage& p = passed.passage;
    const std::string from = who(session, p.from);
    unsent_[session.number].erase({p.from, p.number});
    if (!passed.delivered) {
        note({RelayNote::Kind::dropped, from, cut(p.content), p.number});
    } else if (session.relay().write_closed(other(p.from))) {
        note({RelayNote::Kind::dropped, from,
              fmt::format("lost, the {} is gone: {}", name(other(p.from)), cut(p.content)), p.number});
    } else if (*passed.delivered != p.content) {
        altered_.insert(session.number);
        note({RelayNote::Kind::altered, from, fmt::format("{} \u2192 {}", cut(p.content), cut(*passed.delivered)),
              p.number});
    } else {
        note({RelayNote::Kind::passed, from, cut(p.content), p.number});
    }
    if (!passed.trouble.empty()) note({RelayNote::Kind::refused, from, cut(passed.trouble)});
}

void RelayController::on_event(RelaySession& session, const RelayEvent& event) {
    number(session);
    const std::string whom = who(session, event.side);
    if (const auto* passed = std::get_if<Passed>(&event.what)) {
        on_passed(session, *passed);
    } else if (std::holds_alternative<HandshakeDone>(event.what)) {
        note({RelayNote::Kind::state, whom, options_.quiet ? "both public keys were heard" : "the handshake is done"});
    } else if (const auto* left = std::get_if<PeerLeft>(&event.what)) {
        note({RelayNote::Kind::state, whom, left->said_bye ? "says bye" : "ended without a bye"});
    } else if (const auto* refused = std::get_if<Refused>(&event.what)) {
        note({RelayNote::Kind::refused, whom,
              fmt::format("{} [{}] {}", refused->by_peer ? "refused" : "was refused", cut(refused->code),
                          cut(refused->detail))});
        if (options_.quiet && refused->by_peer && refused->code == name(WireCode::bad_ciphertext) &&
            altered_.contains(session.number))
            note({RelayNote::Kind::refused, whom,
                  "nothing authenticates a DES message: no check noticed the turned bit. What came out of the cipher "
                  "gave it away, for it ended in no padding or was no text. A bit turned in ctr, or in cbc's IV, goes "
                  "through as one bit of the text"});
    }
    publish_soon();
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
    post([this, client, what = std::move(what)] {
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
    post([this, yes] {
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
    post([this, client, side] {
        RelayHeard heard{.client = client, .side = side, .recording = {}};
        if (const RelaySession* session = find(client)) {
            heard.recording = session->relay().recording(side);
        } else {
            const auto kept = std::ranges::find_if(kept_, [&](const Cached& one) { return one.client.id == client; });
            if (kept == kept_.end()) return;
            heard.recording = kept->recordings[index(side)];
        }
        const std::lock_guard lock(mutex_);
        heard_ = std::move(heard);
        ++state_.version;
    });
}

std::optional<RelayHeard> RelayController::take_heard() {
    const std::lock_guard lock(mutex_);
    return std::exchange(heard_, std::nullopt);
}

void RelayController::close(std::uint64_t client) {
    post([this, client] {
        std::erase_if(kept_, [&](const Cached& kept) { return kept.client.id == client; });
        publish();
    });
}

} // namespace keyhole::viz
