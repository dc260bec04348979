#include "viz/live/live_controller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "viz/live/live_model.hpp"
#include "viz/live/live_sockets.hpp"

namespace keyhole::viz {
namespace {

using Kind = SocketEvent::Kind;

constexpr std::chrono::milliseconds running_time{6}; // of one tick, for those that run by themselves
constexpr std::uint64_t time_between_ticks = 2000;   // milliseconds, while somebody is waited for

} // namespace

LiveController::LiveController() = default;
LiveController::~LiveController() { stop(); }

void LiveController::set_wake(std::function<void()> wake) { wake_.set(std::move(wake)); }

void LiveController::start(LiveOptions options) {
    stop();
    stepping_ = options.stepping;
    options_ = std::move(options);
    again();
}

void LiveController::again() {
    if (!options_) return;
    if (!sockets_) sockets_ = std::make_unique<LiveSockets>([this] { wake_.call(); });
    error_.clear();
    address_.clear();
    if (options_->role == Role::server) {
        sockets_->listen(options_->address, options_->max_sessions + most_turned_away);
        return;
    }
    if (LiveParty* party = find_own(chosen_); party != nullptr && !party->over()) end(*party);
    connecting_ = true;
    sockets_->connect(options_->address, "/keyhole");
}

void LiveController::stop() {
    if (!sockets_) return;
    sockets_->stop();
    for (const auto& party : parties_) {
        if (!party->over()) end(*party);
    }
    connecting_ = false;
    address_.clear();
}

// A bye, if the protocol has a place for one now; whatever else was to be done is left undone.
void LiveController::end(LiveParty& party) {
    party.party_.forget_unsent();
    party.party_.stop();
    if (party.ready() && party.party_.next_action() == Action::send_bye) perform(party);
    party.finished_ = party.cut_off_ = true;
    party.pump_.send();
    party.line(LiveLine::Kind::note, "ended here");
}

LiveParty* LiveController::find_own(std::uint64_t id) const {
    const auto found = std::ranges::find_if(parties_, [&](const auto& party) { return party->id() == id; });
    return found == parties_.end() ? nullptr : found->get();
}

void LiveController::choose(std::uint64_t id) {
    if (find(id) != nullptr) chosen_ = id;
}

std::optional<std::uint64_t> LiveController::due() const {
    if (!sockets_) return std::nullopt;
    if (unfinished_ || sockets_->has_events() || (worker_ && worker_->has_done())) return now_;
    const bool alive = std::ranges::any_of(parties_, [](const auto& party) { return !party->over(); });
    return alive ? std::optional(now_ + time_between_ticks) : std::nullopt;
}

bool LiveController::tick(std::uint64_t now) {
    now_ = now;
    if (!sockets_) return false;
    const std::vector<SocketEvent> events = sockets_->take();
    bool changed = !events.empty();
    for (const SocketEvent& event : events) take(event);
    if (worker_) {
        for (LiveWorker::Work& work : worker_->take()) {
            take_back(std::move(work));
            changed = true;
        }
    }
    unfinished_ = false;
    const auto end = std::chrono::steady_clock::now() + running_time;
    for (const auto& party : parties_) {
        if (party->party().closed() || party->finished_) continue;
        party->keep_time(now_);
        while (runs(*party) && party->ready() && !unfinished_) {
            perform(*party);
            changed = true;
            unfinished_ = std::chrono::steady_clock::now() > end;
        }
    }
    return changed;
}

void LiveController::take(const SocketEvent& event) {
    switch (event.kind) {
        case Kind::listening: address_ = event.text; return;
        case Kind::failed:
            error_ = event.text;
            connecting_ = false;
            return;
        case Kind::opened: return open(event.connection, event.text);
        default: break;
    }
    LiveParty* party = find_own(event.connection);
    if (party == nullptr) return;
    if (event.kind == Kind::input_over || event.kind == Kind::gone) party->cut(event.loss);
    party->stream_->hand_on(event, party->pump_);
}

void LiveController::open(std::uint64_t id, const std::string& peer) {
    connecting_ = false;
    error_.clear();
    const auto alive =
        static_cast<std::size_t>(std::ranges::count_if(parties_, [](const auto& party) { return !party->over(); }));
    auto party =
        std::make_unique<LiveParty>(id, peer, options_->role, options_->party, [this, id] { settle(*find_own(id)); });
    party->stream_ = std::make_shared<LiveStream>(*sockets_, id);
    party->pump_.attach(party->stream_);
    party->last_tick_ = party->opened_ = now_;
    const bool busy = options_->role == Role::server && alive >= options_->max_sessions && !make_room();
    if (busy) party->party_.turn_away(WireCode::busy, std::string(window_is_full));
    const LiveParty* before = chosen();
    if (!busy && (before == nullptr || before->over())) chosen_ = id;
    if (parties_.size() >= most_kept) {
        const auto old =
            std::ranges::find_if(parties_, [&](const auto& one) { return one->over() && one->id() != chosen_; });
        if (old != parties_.end()) {
            (*old)->stream_->finish();
            parties_.erase(old);
        }
    }
    parties_.push_back(std::move(party));
}

// As PartyServer does: the one who has been there longest without a word gives its place away. The one who is stepped
// stays, for it may wait for this window's user.
bool LiveController::make_room() {
    const auto oldest = std::ranges::find_if(parties_, [&](const auto& party) {
        return !party->over() && party->id() != chosen_ && party->party().phase() == Phase::silent &&
               now_ - party->opened_ >= static_cast<std::uint64_t>(std::chrono::milliseconds(longest_silence).count());
    });
    if (oldest == parties_.end()) return false;
    LiveParty& silent = **oldest;
    silent.party_.turn_away(WireCode::timeout, std::string(gives_its_place_away));
    while (silent.ready()) perform(silent);
    return true;
}

void LiveController::perform(LiveParty& party) {
    if (party.party().takes_long()) {
        party.computing_ = party.party().next_action();
        ++party.version_;
        if (!worker_) worker_ = std::make_unique<LiveWorker>([this] { wake_.call(); });
        worker_->give({.id = party.id(), .party = party.party()}, party.id() == chosen_);
        return;
    }
    const Action action = *party.party().next_action();
    try {
        party.party_.perform();
    } catch (const Error& error) { // the private key that was given is none for the server's group
        party.give_up(action, error.what());
        party.pump_.send();
        return;
    }
    party.note_done(action);
    performed(party);
}

void LiveController::performed(LiveParty& party) {
    for (const Event& event : party.party_.take_events()) party.hear(event);
    ++party.version_;
    if (party.id() == steps_) {
        steps_ = 0;
        stepped_ = party.last_done_;
    }
    settle(party);
}

void LiveController::take_back(LiveWorker::Work work) {
    LiveParty* party = find_own(work.id);
    if (party == nullptr) return;
    if (party->finished_) { // it was ended meanwhile
        party->computing_.reset();
        ++party->version_;
        return;
    }
    if (!work.trouble.empty()) {
        party->give_up(*party->computing_, work.trouble);
        party->pump_.send();
        return;
    }
    party->come_back(std::move(work.party));
    performed(*party);
}

// What the party has said goes out; it reads on, or its connection is closed.
void LiveController::settle(LiveParty& party) {
    if (party.party().closed() || (party.broken_ && !party.ready() && !party.computing_)) party.finished_ = true;
    party.pump_.send();
    party.pump_.read();
}

std::optional<Action> LiveController::step() {
    LiveParty* party = find_own(chosen_);
    if (party == nullptr || !party->ready()) return std::nullopt;
    const auto action = party->party().next_action();
    steps_ = party->id();
    stepped_.reset();
    perform(*party);
    return action;
}

bool LiveController::say(const std::string& text) {
    LiveParty* party = find_own(chosen_);
    if (party == nullptr || party->over()) return false;
    if (const std::size_t unread = party->unread_bytes(); unread + text.size() > most_unread)
        throw bad_input(fmt::format("the {} does not read ({} wait for it; try again when it does)",
                                    name(other(party->party().role())), counted(unread, "byte")));
    if (!party->party_.say(text)) return false;
    if (party->computing_) party->untold_.emplace_back([text](Party& p) { p.say(text); });
    party->said(text);
    return true;
}

void LiveController::bye() {
    LiveParty* party = find_own(chosen_);
    if (party == nullptr || party->over()) return;
    party->tell([](Party& p) { p.established() ? p.bye() : p.stop(); });
    ++party->version_;
}

std::string LiveController::state_line() const {
    if (!options_) return {};
    if (!error_.empty()) return error_;
    const LiveParty* party = chosen();
    if (connecting_) return fmt::format("Connecting to {} ..", to_text(options_->address));
    if (party == nullptr)
        return address_.empty() ? "" : fmt::format("Listening on {}: nobody has connected yet.", address_);
    std::string words;
    if (!party->trouble().empty()) words = party->trouble() + ". ";
    words += party->turn();
    if (const std::size_t count = party->party().waiting().size(); count > 0)
        words += fmt::format(" {} of the {} {}.", counted(count, "line"), name(other(party->party().role())),
                             singular_or(count, "waits", "wait"));
    return words;
}

} // namespace keyhole::viz
