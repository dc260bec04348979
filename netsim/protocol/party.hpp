// One side of a chat: bytes, texts and the time go in; bytes, events and a growing recording come out. It owns no
// socket and no clock, and does one action of netsim/protocol/protocol_table.hpp at a time, so that a user can step it.
// What the actions do is in party_actions.hpp.
#pragma once

#include "netsim/protocol/endpoint.hpp"
#include "netsim/protocol/party_actions.hpp"

namespace keyhole {

/// Throws Error (bad_input) where no message can carry the text: it is too long or no UTF-8.
void check_text(std::string_view text);

class Party final : public Endpoint {
  public:
    Party(Role role, PartyOptions options);

    Role role() const { return actions_.role; }
    State state() const { return state_; }
    /// The handshake is done and texts go to and fro (or the last ones do).
    bool established() const { return actions_.established; }
    /// What the peer calls itself, fit to be shown; empty where it has no name. Nothing proves it.
    const std::string& peer_name() const { return actions_.peer_name(); }
    bool closed() const { return state_ == State::closed; }

    // In: none of these acts at once; they wait for perform().
    void receive(ByteView bytes) override;
    void end_of_input(const Loss& loss = {.how = Ending::closed}) override;
    bool wants_input() const override { return actions_.inbox.wants_more() && !closed(); }
    /// What waits to be looked at, in the order in which it came.
    const std::deque<Arrival>& waiting() const { return actions_.inbox.arrivals(); }
    /// Throws as check_text(), and the chat goes on. False: too late, the chat is over.
    bool say(std::string text);
    /// Bytes of texts that wait to be sent, each with its line end, so that empty ones count too.
    std::size_t unsent_bytes() const { return actions_.unsent_bytes(); }
    std::size_t unsent_texts() const { return actions_.unsent_texts(); }
    /// Says bye when everything is sent, then goes on listening until the peer's bye or `parting_limit`.
    void bye() { leave_ = true; }
    /// Says bye as soon as the protocol allows and does not wait for an answer.
    void stop() { stop_ = true; }
    /// Drops the texts that wait to be sent.
    void forget_unsent() { actions_.forget_unsent(); }
    /// Ends what this side sends without a bye, when everything is sent; then as bye(), or as stop() before the
    /// handshake is done.
    void hang_up();
    /// Refuses the peer before anything began.
    void turn_away(WireCode code, std::string detail);
    /// `now` counts milliseconds from any moment and never goes back.
    void tick(std::uint64_t now);
    void note_progress(std::uint64_t confirmed) override;
    void gone() override { actions_.settle_unconfirmed(); }

    /// What perform() would do now; empty when the party waits for its peer, its user or the clock.
    std::optional<Action> next_action() const;
    /// Throws Error (bad_input) when the private key that its user chose is none for the group.
    void perform();
    /// What perform() would do now takes from a few milliseconds up to seconds.
    bool takes_long() const { return actions_.takes_long(next_action().value_or(Action::close)); }
    /// Performs all that can be performed now.
    void run();

    // Out.
    std::string take_output() override { return std::exchange(actions_.output, {}); }
    std::size_t output_size() const override { return actions_.output.size(); }
    bool write_closed() const override { return closed() || (actions_.wordless && state_ == State::parting); }
    bool read_closed() const override { return closed(); }
    std::vector<Event> take_events() { return std::exchange(actions_.events, {}); }
    const Recording& recording() const { return actions_.recording; }
    Phase phase() const { return actions_.phase(); }
    /// How the peer's bytes ended.
    const Loss& loss() const { return actions_.loss; }
    std::uint64_t confirmed_messages() const { return actions_.confirmed_messages(); }
    /// What of our texts the peer did not get, as far as it is known; whole once gone() was called.
    const Undelivered& undelivered() const { return actions_.undelivered; }
    /// What the server chose and the client found good; empty before that.
    const std::optional<Offer>& agreed() const { return actions_.agreed; }

  private:
    std::optional<Transition> next_transition() const;
    bool pending(Trigger trigger) const;
    Fault fault_of(Trigger refused);
    void close();

    PartyActions actions_;
    State state_;
    State resume_ = State::open; // where a message found it: it goes back there
    bool leave_ = false, stop_ = false;

    std::uint64_t now_ = 0;
    std::optional<std::uint64_t> since_; // when the current wait began; empty until the first tick
    bool traffic_ = false;               // something moved since the last tick
};

} // namespace keyhole
