// What a party holds, and what each action of its state machine does with it: the checks of docs/protocol.md,
// Diffie-Hellman, and messages through the cipher. Internal to Party, which decides which action is next. Only what was
// found good enters the recording.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/recording/recording.hpp"
#include "netsim/protocol/ending.hpp"
#include "netsim/protocol/inbox.hpp"
#include "netsim/protocol/offer.hpp"
#include "netsim/protocol/protocol_table.hpp"

namespace keyhole {

struct PartyOptions {
    std::optional<Offer> offer; // the server's; a client has none
    Random random = Random::system();
    std::optional<Number> private_key = std::nullopt; // somebody's choice; empty: one is drawn
    std::optional<std::string> name = std::nullopt;   // how this side calls itself, at most `longest_name` characters
    des::Variant variant = {};                        // only of parties whose messages reach no wire
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
    bool said_bye = true;
    Loss loss = {};            // without a bye: how its bytes ended
    Phase phase = Phase::chat; // and how far the two had come
};
/// One side refused the other, and the chat is over.
struct Refused {
    bool by_peer = false;
    std::string code, detail; // from a peer: as it sent them, not fit for a terminal
    std::string reason = {};  // where this side refused: for its own user only, see Fault
};
struct Closed {};
using Event = std::variant<HandshakeDone, TextArrived, PeerLeft, Refused, Closed>;

class PartyActions {
  public:
    PartyActions(Role role, PartyOptions options);

    /// Does the action, and returns the peer's fault if it finds one.
    std::optional<Fault> act(Action action);

    /// Texts that wait to be sent.
    void queue(std::string text);
    void forget_unsent();
    /// The same, and counts them as undelivered.
    void drop_unsent();
    /// The peer's machine has confirmed so many bytes of all that was ever put into `output`.
    void confirm(std::uint64_t bytes);
    /// How many of this side's messages were confirmed whole.
    std::uint64_t confirmed_messages() const { return confirmed_messages_; }
    /// No more will be confirmed: marks in the recording what was not. To be called once.
    void settle_unconfirmed();
    std::size_t unsent_bytes() const { return unsent_; }
    std::size_t unsent_texts() const { return outbox_.size(); }
    /// This action, were it done now, computes with numbers so large that it takes from a few milliseconds up to
    /// seconds.
    bool takes_long(Action action) const;

    const std::string& peer_name() const { return peer_name_; }

    Role role;
    PartyOptions options;
    Recording recording;
    Inbox inbox;
    std::string output;
    std::vector<Event> events;
    std::optional<Offer> agreed; // what both use; empty before that
    bool established = false;    // the handshake is done
    Fault fault;                 // what send_error says
    bool wordless = false;       // says no bye at the end
    Loss loss;                   // how the peer's bytes ended
    bool heard = false;          // some byte of the peer came
    Undelivered undelivered;

    Phase phase() const { return established ? Phase::chat : heard ? Phase::handshake : Phase::silent; }

  private:
    void choose();
    void agree(Offer offer);
    std::optional<Fault> check_params();
    void draw_private();
    void receive_public();
    void compute_public();
    std::optional<Fault> check_public();
    void compute_shared();
    void derive();
    void encode();
    void encrypt();
    void frame();
    std::optional<Fault> decode();
    std::optional<Fault> decrypt();
    void receive_error();
    void send_error();

    template <class Kind>
    Kind take_frame() {
        return std::get<Kind>(std::get<Frame>(inbox.take().content));
    }
    void send_line(const std::string& line);
    PartyRecord& own() { return recording.party(role); }
    PartyRecord& peer() { return recording.party(other(role)); }
    Random draw(std::string_view purpose) const;
    MessageRecord& add_message(Role sender);

    std::deque<std::string> outbox_;
    std::size_t unsent_ = 0; // bytes of outbox_, each text with its line end, so that empty ones count too
    ParamsFrame offered_;    // as received, until it is checked
    std::string peer_key_;   // hex as received, until it is checked
    std::string peer_name_;  // fit to be shown; empty: it has none
    std::optional<des::Block> key_;
    std::optional<Bytes> plaintext_; // of the message being sent
    std::array<std::uint64_t, 2> last_seq_{};
    struct Sent {
        std::uint64_t seq = 0, end = 0; // a message, and how many bytes had been said with it
    };
    std::deque<Sent> unconfirmed_;
    std::uint64_t said_ = 0; // bytes, ever
    std::uint64_t confirmed_messages_ = 0;
};

} // namespace keyhole
