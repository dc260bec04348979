#include "viz/relay/relay_journal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/recording/fingerprint.hpp"
#include "netsim/protocol/ending.hpp"

namespace keyhole::viz {
namespace {

std::string cut(std::string_view text) { return excerpt(text, 400); }

} // namespace

void RelayJournal::begin(bool quiet) {
    quiet_ = quiet;
    gone_.clear();
    held_.clear();
    altered_.clear();
    last_number_ = 0;
}

void RelayJournal::give_number(RelaySession& session) {
    if (session.number == 0) session.number = ++last_number_;
}

RelayClient RelayJournal::client_of(RelaySession& session) const {
    const Relay& relay = session.relay();
    RelayClient client{.id = session.number,
                       .peer = session.peer(),
                       .trouble = session.connect_trouble(),
                       .fingerprints = {},
                       .keys = {},
                       .held = {},
                       .waiting = relay.held().size()};
    for (const Role role : every_role) {
        client.fingerprints[index(role)] = fingerprint(relay.recording(role));
        client.keys[index(role)] = session_key(relay.recording(role), role);
    }
    if (!relay.held().empty()) client.held = relay.held().front();
    return client;
}

void RelayJournal::keep(RelaySession& session) {
    Gone gone{.client = client_of(session), .recordings = {}};
    gone.client.held.reset();
    gone.client.waiting = 0;
    gone.client.over = true;
    for (const Role role : every_role) gone.recordings[index(role)] = session.relay().recording(role);
    gone_.push_back(std::move(gone));
    if (gone_.size() > most_gone) gone_.pop_front();
}

// What was held, is held no more, and did not go on either, was lost with its connection.
void RelayJournal::note_lost(RelaySession& session, const Held& still_held) {
    for (const auto& [from, passage] : held_[session.number]) {
        if (!still_held.contains({from, passage}))
            note_({RelayNote::Kind::dropped, who(session, from), "lost with its connection", passage});
    }
}

void RelayJournal::look(RelaySession& session) {
    give_number(session);
    Held now;
    for (const Passage& passage : session.relay().held()) now.emplace(passage.from, passage.number);
    note_lost(session, now);
    held_[session.number] = std::move(now);
}

void RelayJournal::leave(RelaySession& session) {
    give_number(session);
    keep(session);
    note_lost(session, {});
    held_.erase(session.number);
    altered_.erase(session.number);
}

void RelayJournal::on_end(RelaySession& session) {
    give_number(session);
    const std::string& trouble = session.connect_trouble();
    note_({RelayNote::Kind::state, who(session, Role::client), trouble.empty() ? "the session is over" : cut(trouble)});
    leave(session);
}

void RelayJournal::on_passed(RelaySession& session, const Passed& passed) {
    const Passage& p = passed.passage;
    const std::string from = who(session, p.from);
    held_[session.number].erase({p.from, p.number});
    if (!passed.delivered) {
        note_({RelayNote::Kind::dropped, from, cut(p.content), p.number});
    } else if (passed.lost) {
        note_({RelayNote::Kind::dropped, from,
               fmt::format("lost, the {} is gone: {}", name(other(p.from)), cut(p.content)), p.number});
    } else if (*passed.delivered != p.content) {
        altered_.insert(session.number);
        note_({RelayNote::Kind::altered, from, fmt::format("{} \u2192 {}", cut(p.content), cut(*passed.delivered)),
               p.number});
    } else {
        note_({RelayNote::Kind::passed, from, cut(p.content), p.number});
    }
    if (!passed.trouble.empty()) note_({RelayNote::Kind::refused, from, cut(passed.trouble)});
}

void RelayJournal::on_event(RelaySession& session, const RelayEvent& event) {
    give_number(session);
    const std::string whom = who(session, event.side);
    if (const auto* passed = std::get_if<Passed>(&event.what)) {
        on_passed(session, *passed);
    } else if (std::holds_alternative<HandshakeDone>(event.what)) {
        note_({RelayNote::Kind::state, whom, quiet_ ? "both public keys were heard" : "the handshake is done"});
    } else if (const auto* left = std::get_if<PeerLeft>(&event.what)) {
        if (left->said_bye) {
            note_({RelayNote::Kind::state, whom, "says bye"});
        } else if (event.side == Role::client || session.connect_trouble().empty()) {
            note_({RelayNote::Kind::state, whom, to_text(loss_words(left->loss, left->phase, "the " + whom))});
        }
    } else if (const auto* refused = std::get_if<Refused>(&event.what)) {
        note_({RelayNote::Kind::refused, whom,
               fmt::format("{} [{}] {}{}{}", refused->by_peer ? "refused" : "was refused", cut(refused->code),
                           cut(refused->detail), refused->reason.empty() ? "" : "; ", refused->reason)});
        if (quiet_ && refused->by_peer && refused->code == name(WireCode::bad_ciphertext) &&
            altered_.contains(session.number))
            note_({RelayNote::Kind::refused, whom,
                   "nothing authenticates a DES message: no check noticed the turned bit. What came out of the cipher "
                   "gave it away, for it ended in no padding or was no text. A bit turned in ctr, or in cbc's IV, goes "
                   "through as one bit of the text"});
    }
}

std::vector<RelayClient> RelayJournal::gone() const {
    std::vector<RelayClient> out;
    for (const Gone& one : gone_) out.push_back(one.client);
    return out;
}

const Recording* RelayJournal::recording(std::uint64_t client, Role side) const {
    const auto found = std::ranges::find_if(gone_, [&](const Gone& one) { return one.client.id == client; });
    return found == gone_.end() ? nullptr : &found->recordings[index(side)];
}

void RelayJournal::forget(std::uint64_t client) {
    std::erase_if(gone_, [&](const Gone& one) { return one.client.id == client; });
}

} // namespace keyhole::viz
