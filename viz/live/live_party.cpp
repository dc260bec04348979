#include "viz/live/live_party.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "netsim/protocol/ending.hpp"
#include "viz/live/live_model.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_lines = 500, longest_line = 600;

std::string shown(std::string_view text) { return excerpt(text, longest_line); }

// Whether the peer has said that it goes, so that the end of its bytes is no surprise.
bool goes(const Party& party) {
    if (party.closed() || party.state() == State::leaving) return true;
    if (party.waiting().empty()) return false;
    const Frame* last = std::get_if<Frame>(&party.waiting().back().content);
    return last && (std::holds_alternative<ByeFrame>(*last) || std::holds_alternative<ErrorFrame>(*last));
}

} // namespace

std::string LiveParty::turn() const {
    if (computing_) return fmt::format("Computing: {} ..", action_words(party_, *computing_));
    if (broken_ && !ready() && !party_.closed()) return "The connection is gone; what was recorded stays.";
    return turn_words(party_);
}

bool LiveParty::ready() const {
    const auto next = computing_ || finished_ ? std::nullopt : party_.next_action();
    return next && !(broken_ && sends(*next));
}

void LiveParty::receive(ByteView bytes) {
    tell([held = Bytes(bytes.begin(), bytes.end())](Party& party) { party.receive(held); });
    ++version_;
}

void LiveParty::end_of_input(const Loss& loss) {
    if (loss.broken()) broken_ = true;
    tell([loss](Party& party) { party.end_of_input(loss); });
}

void LiveParty::note_progress(std::uint64_t confirmed) {
    tell([confirmed](Party& party) { party.note_progress(confirmed); });
}

void LiveParty::gone() {
    tell([](Party& party) { party.gone(); });
    const UndeliveredWords lost =
        undelivered_words(party_.undelivered(), fmt::format("the {}", name(other(party_.role()))));
    if (!lost.sent.empty()) line(LiveLine::Kind::fault, lost.sent);
    if (!lost.unsent.empty()) line(LiveLine::Kind::note, lost.unsent);
}

void LiveParty::line(LiveLine::Kind kind, std::string text) {
    lines_.push_back({kind, std::move(text)});
    if (lines_.size() > most_lines) lines_.pop_front();
    ++lines_ever_;
    ++version_;
}

void LiveParty::said(const std::string& text) { line(LiveLine::Kind::own, shown(text)); }

void LiveParty::fault(std::string words) {
    trouble_ = std::move(words);
    line(LiveLine::Kind::fault, trouble_);
}

void LiveParty::come_back(Party party) {
    party_ = std::move(party);
    note_done(*std::exchange(computing_, std::nullopt));
    for (const auto& what : std::exchange(untold_, {})) what(party_);
}

void LiveParty::cut(const Loss& loss) {
    if (!cut_off_ && !finished_ && !goes(party_)) {
        const std::string peer = fmt::format("the {}", name(other(party_.role())));
        fault(fmt::format("{}, {}", capitalised(to_text(loss_words(loss, party_.phase(), peer))), where_words(party_)));
    }
    cut_off_ = true;
    ++version_;
}

void LiveParty::keep_time(std::uint64_t now) {
    if (!computing_) {
        if (!party_.next_action()) clock_ += now - last_tick_;
        party_.tick(clock_);
    }
    last_tick_ = now;
}

void LiveParty::hear(const Event& event) {
    const std::string_view peer = name(other(party_.role()));
    if (const auto* text = std::get_if<TextArrived>(&event)) {
        line(LiveLine::Kind::peer, shown(text->text));
    } else if (std::holds_alternative<HandshakeDone>(event)) {
        line(LiveLine::Kind::note, "the handshake is done");
    } else if (const auto* left = std::get_if<PeerLeft>(&event)) {
        line(LiveLine::Kind::note,
             left->said_bye ? fmt::format("the {} says bye", peer) : fmt::format("the {} left without a bye", peer));
    } else if (const auto* refused = std::get_if<Refused>(&event)) {
        fault(fmt::format(
            "{}{} [{}]: {}{}{}",
            refused->by_peer ? fmt::format("The {} refused", peer) : fmt::format("The {} was refused", peer),
            after_words(), shown(refused->code), shown(refused->detail), refused->reason.empty() ? "" : "; ",
            refused->reason));
    }
}

void LiveParty::note_done(Action action) {
    last_done_ = action;
    const bool refusal = action == Action::refuse || action == Action::send_error || action == Action::receive_error ||
                         action == Action::close;
    if (!refusal) last_step_ = action;
}

std::string LiveParty::after_words() const {
    return last_step_ ? fmt::format(", after: {}", name(*last_step_)) : ", at the first step";
}

void LiveParty::give_up(Action action, const std::string& why) {
    fault(fmt::format("Given up: {}, before: {}", why, name(action)));
    computing_.reset();
    cut_off_ = broken_ = finished_ = true;
}

} // namespace keyhole::viz
