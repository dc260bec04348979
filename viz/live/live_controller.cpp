#include "viz/live/live_controller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "viz/live/live_link.hpp"
#include "viz/live/live_model.hpp"

namespace keyhole::viz {
namespace {

using News = LiveNews::Kind;

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
    if (!link_) link_ = std::make_unique<LiveLink>([this] { wake_.call(); });
    error_.clear();
    address_.clear();
    if (options_->role == Role::server) {
        link_->listen(options_->address, options_->max_sessions + most_turned_away);
        return;
    }
    if (LiveParty* party = find_own(chosen_); party != nullptr && !party->over()) end(*party);
    connecting_ = true;
    link_->connect(options_->address);
}

void LiveController::stop() {
    if (!link_) return;
    link_->stop();
    for (const auto& party : parties_) {
        if (!party->over()) end(*party);
    }
    connecting_ = false;
    address_.clear();
}

// A bye where the protocol has a place for one now; whatever else was to be done is left undone.
void LiveController::end(LiveParty& party) {
    party.party_.forget_unsent();
    party.party_.stop();
    if (party.ready() && party.party_.next_action() == Action::send_bye) perform(party);
    link_->finish(party.id());
    party.finished_ = party.cut_off_ = true;
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
    if (!link_) return std::nullopt;
    if (unfinished_ || link_->has_news() || (worker_ && worker_->has_news())) return now_;
    const bool alive = std::ranges::any_of(parties_, [](const auto& party) { return !party->over(); });
    return alive ? std::optional(now_ + time_between_ticks) : std::nullopt;
}

bool LiveController::tick(std::uint64_t now) {
    now_ = now;
    if (!link_) return false;
    const std::vector<LiveNews> news = link_->take();
    bool changed = !news.empty();
    for (const LiveNews& one : news) take(one);
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

void LiveController::take(const LiveNews& news) {
    switch (news.kind) {
        case News::listening: address_ = news.text; return;
        case News::failed:
            error_ = news.text;
            connecting_ = false;
            return;
        case News::opened: return open(news.connection, news.text);
        default: break;
    }
    LiveParty* party = find_own(news.connection);
    if (party == nullptr) return;
    switch (news.kind) {
        case News::bytes:
            party->tell([bytes = to_bytes(news.text)](Party& p) { p.receive(bytes); });
            party->reading_ = false;
            ++party->version_;
            break;
        case News::input_over:
            party->cut(news.text);
            party->broken_ = party->broken_ || !news.text.empty();
            party->tell([](Party& p) { p.end_of_input(); });
            break;
        case News::drained: party->on_the_way_ = 0; [[fallthrough]];
        case News::progress: party->tell([](Party& p) { p.note_progress(); }); return;
        case News::gone:
            party->cut(news.text);
            party->broken_ = true;
            party->tell([](Party& p) { p.end_of_input(); });
            break;
        default: break;
    }
    after(*party);
}

void LiveController::open(std::uint64_t id, const std::string& peer) {
    connecting_ = false;
    error_.clear();
    const auto alive =
        static_cast<std::size_t>(std::ranges::count_if(parties_, [](const auto& party) { return !party->over(); }));
    auto party = std::make_unique<LiveParty>(id, peer, options_->role, options_->party);
    party->last_tick_ = now_;
    const bool busy = options_->role == Role::server && alive >= options_->max_sessions;
    if (busy) party->party_.turn_away(WireCode::busy, "the window has all the clients it takes");
    const LiveParty* before = chosen();
    if (!busy && (before == nullptr || before->over())) chosen_ = id;
    if (parties_.size() >= most_kept) {
        const auto old =
            std::ranges::find_if(parties_, [&](const auto& one) { return one->over() && one->id() != chosen_; });
        if (old != parties_.end()) {
            link_->finish((*old)->id());
            parties_.erase(old);
        }
    }
    parties_.push_back(std::move(party));
}

void LiveController::perform(LiveParty& party) {
    if (party.party().takes_long()) {
        party.computing_ = party.party().next_action();
        ++party.version_;
        if (!worker_) worker_ = std::make_unique<LiveWorker>([this] { wake_.call(); });
        worker_->give({.id = party.id(), .party = party.party()}, party.id() == chosen_);
        return;
    }
    party.note_done(*party.party().next_action());
    party.party_.perform();
    performed(party);
}

void LiveController::performed(LiveParty& party) {
    if (std::string output = party.party_.take_output(); !output.empty()) {
        party.on_the_way_ += output.size();
        link_->write(party.id(), std::move(output));
    }
    for (const Event& event : party.party_.take_events()) party.hear(event);
    ++party.version_;
    if (party.id() == steps_) {
        steps_ = 0;
        stepped_ = party.last_done_;
    }
    after(party);
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
        party->give_up(work.trouble);
        link_->finish(party->id());
        return;
    }
    party->come_back(std::move(work.party));
    performed(*party);
}

void LiveController::after(LiveParty& party) {
    const bool nothing_left = party.party().closed() || (party.broken_ && !party.ready() && !party.computing_);
    if (nothing_left && !party.finished_) {
        party.finished_ = true;
        link_->finish(party.id());
    }
    if (!party.reading_ && !party.cut_off_ && party.party().wants_input()) {
        party.reading_ = true;
        link_->read(party.id());
    }
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
    if (const std::size_t unread = party->on_the_way_ + party->party().unsent_bytes();
        unread + text.size() > most_unread)
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
