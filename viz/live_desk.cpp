#include "viz/live_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "core/words.hpp"
#include "viz/live_model.hpp"

namespace keyhole::viz {
namespace {

using News = LiveNews::Kind;

constexpr std::chrono::milliseconds running_time{6}; // of one tick, for those that run by themselves
constexpr std::uint64_t time_between_ticks = 2000;   // milliseconds, while somebody is waited for
constexpr std::size_t most_lines = 500, longest_line = 600;
constexpr std::size_t most_turned_away = 64; // connections beyond max_sessions that are told so

std::string shown(std::string_view text) {
    std::size_t end = std::min(text.size(), longest_line);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return escape_controls(text.substr(0, end)) + (end < text.size() ? ".." : "");
}

// Whether the last thing that waits says that the peer goes: its end is then no surprise.
bool goes(const Party& party) {
    if (party.closed() || party.state() == State::leaving) return true;
    if (party.waiting().empty()) return false;
    const Frame* last = std::get_if<Frame>(&party.waiting().back().content);
    return last && (std::holds_alternative<ByeFrame>(*last) || std::holds_alternative<ErrorFrame>(*last));
}

} // namespace

void LiveParty::line(LiveLine::Kind kind, std::string text) {
    lines_.push_back({kind, std::move(text)});
    if (lines_.size() > most_lines) lines_.pop_front();
    ++version_;
}

LiveDesk::~LiveDesk() { stop(); }

void LiveDesk::set_wake(std::function<void()> wake) { wake_.set(std::move(wake)); }

void LiveDesk::start(LiveOptions options) {
    stop();
    stepping_ = options.stepping;
    options_ = std::move(options);
    again();
}

void LiveDesk::again() {
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

void LiveDesk::stop() {
    if (!link_) return;
    link_->stop();
    for (const auto& party : parties_) {
        if (!party->over()) end(*party);
    }
    connecting_ = false;
    address_.clear();
}

// A bye where the protocol has a place for one now; whatever else was to be done is left undone.
void LiveDesk::end(LiveParty& party) {
    party.party_.stop();
    if (party.party_.next_action() == Action::send_bye) perform(party);
    link_->finish(party.id());
    party.finished_ = party.cut_off_ = true;
    party.line(LiveLine::Kind::note, "ended here");
}

LiveParty* LiveDesk::find_own(std::uint64_t id) {
    const auto found = std::ranges::find_if(parties_, [&](const auto& party) { return party->id() == id; });
    return found == parties_.end() ? nullptr : found->get();
}

const LiveParty* LiveDesk::find(std::uint64_t id) const {
    const auto found = std::ranges::find_if(parties_, [&](const auto& party) { return party->id() == id; });
    return found == parties_.end() ? nullptr : found->get();
}

void LiveDesk::choose(std::uint64_t id) {
    if (find(id) != nullptr) chosen_ = id;
}

std::optional<std::uint64_t> LiveDesk::due() const {
    if (!link_) return std::nullopt;
    if (unfinished_ || link_->has_news()) return now_;
    const bool alive = std::ranges::any_of(parties_, [](const auto& party) { return !party->over(); });
    return alive ? std::optional(now_ + time_between_ticks) : std::nullopt;
}

bool LiveDesk::tick(std::uint64_t now) {
    now_ = now;
    if (!link_) return false;
    const std::vector<LiveNews> news = link_->take();
    bool changed = !news.empty();
    for (const LiveNews& one : news) take(one);
    unfinished_ = false;
    const auto end = std::chrono::steady_clock::now() + running_time;
    for (const auto& party : parties_) {
        if (party->party().closed()) continue;
        keep_time(*party);
        while (runs(*party) && party->party().next_action() && !unfinished_) {
            perform(*party);
            changed = true;
            unfinished_ = std::chrono::steady_clock::now() > end;
        }
    }
    return changed;
}

void LiveDesk::keep_time(LiveParty& party) {
    if (!party.party_.next_action()) party.clock_ += now_ - party.last_tick_;
    party.last_tick_ = now_;
    party.party_.tick(party.clock_);
}

void LiveDesk::take(const LiveNews& news) {
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
            party->party_.receive(to_bytes(news.text));
            party->reading_ = false;
            ++party->version_;
            break;
        case News::input_over:
            cut(*party, news.text);
            party->party_.end_of_input();
            break;
        case News::progress: party->party_.note_progress(); return;
        case News::gone: cut(*party, news.text); break;
        default: break;
    }
    after(*party);
}

void LiveDesk::open(std::uint64_t id, const std::string& peer) {
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
        const auto old = std::ranges::find_if(
            parties_, [&](const auto& one) { return one->party().closed() && one->id() != chosen_; });
        if (old != parties_.end()) parties_.erase(old);
    }
    parties_.push_back(std::move(party));
}

// The peer's bytes ended, or the connection is gone.
void LiveDesk::cut(LiveParty& party, const std::string& why) {
    const bool expected = goes(party.party_) || party.finished_;
    if (!party.cut_off_ && !expected) {
        party.trouble_ = fmt::format(
            "{}, {}",
            why.empty() ? fmt::format("The {} sends nothing more and said no bye", name(other(party.party().role())))
                        : fmt::format("The connection broke ({})", why),
            where_words(party.party_));
        party.line(LiveLine::Kind::fault, party.trouble_);
    }
    party.cut_off_ = true;
    ++party.version_;
}

void LiveDesk::perform(LiveParty& party) {
    party.last_done_ = party.party_.next_action();
    party.party_.perform();
    if (std::string output = party.party_.take_output(); !output.empty()) link_->write(party.id(), std::move(output));
    for (const Event& event : party.party_.take_events()) hear(party, event);
    ++party.version_;
    after(party);
}

void LiveDesk::after(LiveParty& party) {
    if (party.party().closed() && !party.finished_) {
        party.finished_ = true;
        link_->finish(party.id());
    }
    if (!party.reading_ && !party.cut_off_ && party.party().wants_input()) {
        party.reading_ = true;
        link_->read(party.id());
    }
}

void LiveDesk::hear(LiveParty& party, const Event& event) {
    const std::string_view peer = name(other(party.party().role()));
    if (const auto* text = std::get_if<TextArrived>(&event)) {
        party.line(LiveLine::Kind::peer, shown(text->text));
    } else if (std::holds_alternative<HandshakeDone>(event)) {
        party.line(LiveLine::Kind::note, "the handshake is done");
    } else if (const auto* left = std::get_if<PeerLeft>(&event)) {
        party.line(LiveLine::Kind::note, left->said_bye ? fmt::format("the {} says bye", peer)
                                                        : fmt::format("the {} left without a bye", peer));
    } else if (const auto* refused = std::get_if<Refused>(&event)) {
        party.trouble_ = fmt::format(
            "{} [{}]: {}",
            refused->by_peer ? fmt::format("The {} refused", peer) : fmt::format("The {} was refused", peer),
            shown(refused->code), shown(refused->detail));
        party.line(LiveLine::Kind::fault, party.trouble_);
    }
}

std::optional<Action> LiveDesk::step() {
    LiveParty* party = find_own(chosen_);
    if (party == nullptr || !party->party().next_action()) return std::nullopt;
    perform(*party);
    return party->last_done_;
}

bool LiveDesk::say(const std::string& text) {
    LiveParty* party = find_own(chosen_);
    if (party == nullptr || !party->party_.say(text)) return false;
    party->line(LiveLine::Kind::own, shown(text));
    return true;
}

void LiveDesk::bye() {
    LiveParty* party = find_own(chosen_);
    if (party == nullptr || party->party().closed()) return;
    party->party_.established() ? party->party_.bye() : party->party_.stop();
    ++party->version_;
}

std::string LiveDesk::state_line() const {
    if (!options_) return {};
    if (!error_.empty()) return error_;
    const LiveParty* party = chosen();
    if (connecting_) return fmt::format("Connecting to {} ..", to_text(options_->address));
    if (party == nullptr)
        return address_.empty() ? "" : fmt::format("Listening on {}: nobody has connected yet.", address_);
    std::string words;
    if (!party->trouble().empty()) words = party->trouble() + ". ";
    words += turn_words(party->party());
    if (const std::size_t count = party->party().waiting().size(); count > 0)
        words += fmt::format(" {} of the {} {}.", counted(count, "line"), name(other(party->party().role())),
                             singular_or(count, "waits", "wait"));
    return words;
}

} // namespace keyhole::viz
