// One side of a chat: bytes, texts and the time go in; bytes, events and a growing recording come out. It owns no
// socket and no clock, and does one action of netsim/protocol/protocol_table.hpp at a time, so that a user can step it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/recording/recording.hpp"
#include "netsim/protocol/inbox.hpp"
#include "netsim/protocol/protocol_table.hpp"

namespace keyhole {

/// A text's most bytes.
inline constexpr std::size_t max_text_bytes = std::size_t{512} << 10;

/// What a server proposes, found good.
struct Offer {
    Group group;
    dh::Kdf kdf = dh::Kdf::sha256;
    Mode mode = Mode::cbc;
    dh::ParameterReport report;
};

/// Throws Error (bad_input) when p and g are no parameters for Diffie-Hellman. Takes seconds for the largest p.
Offer make_offer(const Group& group, dh::Kdf kdf, Mode mode);

/// A params line as a client checks it. Takes seconds for the largest p.
std::variant<Offer, Fault> read_offer(const ParamsFrame& frame);

/// A public key in hex as a party checks it that agreed to `offer`.
std::variant<Number, Fault> read_public_key(std::string_view hex, const Offer& offer);

struct PartyOptions {
    std::optional<Offer> offer; // the server's; a client has none
    Random random = Random::system();
    bool keep_messages = true; // false: the recording holds the last message only, for a server that is left alone
    // Milliseconds.
    std::uint64_t handshake_limit = 600'000;
    std::uint64_t idle_limit = 3'600'000;
    std::uint64_t parting_limit = 5'000; // after our bye, for the peer's
};

// What a party tells its user.
struct HandshakeDone {};
struct TextArrived {
    std::string text;
};
struct PeerLeft {
    bool said_bye = true; // false: its bytes ended without one
};
/// One of both refused and the chat is over.
struct Refused {
    bool by_peer = false;
    std::string code, detail; // from a peer: as it sent them, not fit for a terminal
};
struct Closed {};
using Event = std::variant<HandshakeDone, TextArrived, PeerLeft, Refused, Closed>;

class Party {
  public:
    Party(Role role, PartyOptions options);

    Role role() const { return role_; }
    State state() const { return state_; }
    /// The handshake is done and texts go to and fro (or the last ones do).
    bool established() const { return established_; }
    bool closed() const { return state_ == State::closed; }

    // In: none of these acts at once; they wait for perform().
    void receive(ByteView bytes) { inbox_.put(bytes); }
    void end_of_input() { inbox_.end(); }
    bool wants_input() const { return inbox_.wants_more() && !closed(); }
    /// What waits to be looked at, in the order in which it came.
    const std::deque<Arrival>& waiting() const { return inbox_.arrivals(); }
    /// Throws Error (bad_input), and the chat goes on, when the text is too long or no UTF-8. False: too late, the
    /// chat is over.
    bool say(std::string text);
    /// Bytes of texts that wait to be sent, each with its line end, so that empty ones count too.
    std::size_t unsent_bytes() const { return unsent_; }
    std::size_t unsent_texts() const { return outbox_.size(); }
    /// Says bye when everything is sent, then goes on listening until the peer's bye or `parting_limit`.
    void bye() { leave_ = true; }
    /// Says bye as soon as it makes sense and does not wait for an answer.
    void stop() { stop_ = true; }
    /// Texts that wait to be sent are not.
    void forget_unsent();
    /// Refuses the peer before anything began.
    void turn_away(WireCode code, std::string detail);
    /// `now` counts milliseconds from any moment and never goes back.
    void tick(std::uint64_t now);
    /// Bytes of ours got away: the chat is alive.
    void note_progress() { traffic_ = true; }

    /// What perform() would do now; empty when the party waits for its peer, its user or the clock.
    std::optional<Action> next_action() const;
    void perform();
    /// What perform() would do now computes with numbers so large that it takes from a few milliseconds up to seconds.
    bool takes_long() const;
    /// Performs all that can be performed now.
    void run();

    // Out.
    std::string take_output();
    std::size_t output_size() const { return output_.size(); }
    std::vector<Event> take_events();
    const Recording& recording() const { return recording_; }
    /// What the server chose and the client found good; empty before that.
    const std::optional<Offer>& agreed() const { return agreed_; }

  private:
    std::optional<Transition> next_transition() const;
    bool pending(Trigger trigger) const;
    std::optional<Fault> act(Action action);

    void agree(Offer offer);
    void choose();
    void receive_params();
    std::optional<Fault> check_params();
    void draw_private();
    std::optional<Fault> check_public();
    void compute_shared();
    void finish_handshake();
    void encode();
    void encrypt();
    std::optional<Fault> decode();
    std::optional<Fault> decrypt();

    void send_line(const std::string& line);
    template <typename Kind>
    void emit(Kind event) {
        events_.emplace_back(std::in_place_type<Kind>, std::move(event));
    }
    PartyRecord& own() { return recording_.party(role_); }
    PartyRecord& peer() { return recording_.party(other(role_)); }
    Random draw(std::string_view purpose) const;
    MessageRecord& add_message(Role sender);
    static std::size_t line_size(std::string_view text) { return text.size() + 1; }

    Role role_;
    PartyOptions options_;
    State state_;
    State resume_ = State::open;
    Recording recording_;

    Inbox inbox_;
    std::deque<std::string> outbox_;
    std::size_t unsent_ = 0; // sum of line_size over outbox_
    std::string output_;
    std::vector<Event> events_;

    std::optional<Offer> agreed_;
    ParamsFrame offered_;  // as received, until it is checked
    std::string peer_key_; // hex as received, until it is checked
    std::optional<des::Block> key_;
    std::optional<Bytes> plaintext_; // of the message being sent
    std::array<std::uint64_t, 2> last_seq_{};
    Fault fault_; // what `refusing` sends
    bool established_ = false;
    bool leave_ = false, stop_ = false;

    std::uint64_t now_ = 0;
    std::optional<std::uint64_t> since_; // when the current wait began; empty until the first tick
    bool traffic_ = false;               // something moved since the last tick
};

} // namespace keyhole
