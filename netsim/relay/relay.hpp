// The person between a client and a server, without a socket and without a clock: bytes of both ends, decisions and the
// time go in; bytes for both ends, events and recordings come out, one action at a time, so that a user can step it.
//
// There are two kinds. In the middle (relay_middle.hpp) it plays the server towards the client and the client towards
// the server: it has a handshake of its own with each, reads every message and enciphers it anew. Quiet
// (relay_quiet.hpp) it only forwards lines and learns what anybody on the path can learn.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "netsim/protocol/party.hpp"

namespace keyhole {

/// A message, or in quiet mode a line, on its way from one end to the other.
struct Passage {
    Role from = Role::client;
    std::uint64_t number = 0; // counts from 1 in each direction: messages, or in quiet mode lines
    std::string content;      // the message's text; in quiet mode the line without its `\n`
    // Quiet mode only.
    std::optional<Frame> frame; // what the line says; empty when it is no frame
    bool whole_line = true;     // false: bytes after which no `\n` belongs (the sender has left the protocol)
};

/// Says what goes on in place of a passage: a text, or in quiet mode a line; empty: nothing does.
using Alteration = std::function<std::optional<std::string>(const Passage&)>;

struct RelayOptions {
    bool quiet = false;
    Alteration alter = {}; // asked once for each passage when it is delivered; absent: everything goes on as it is
    Random random = Random::system();
    bool keep_messages = true; // as PartyOptions
    // Milliseconds.
    std::uint64_t idle_limit = 3'600'000;
    std::uint64_t parting_limit = 60'000; // quiet: after one end has closed, for the other
};

/// What perform() does.
struct RelayAction {
    enum class Kind {
        party,   // `action` of the party that the relay plays towards `side`
        offer,   // begin the handshake with the client, with the parameters that the server sent
        deliver, // the next passage goes on to `side`
        part,    // the other end is done or refused: tell `side`
    };
    Kind kind = Kind::party;
    Role side = Role::client;
    std::optional<Action> action;

    bool operator==(const RelayAction&) const = default;
};
/// "towards the client: draw a private key"
std::string describe(const RelayAction& action);

/// A passage was read and waits in held().
struct Held {};
/// What became of a passage: it went on and the other end's machine has confirmed it, it was dropped, or it was lost.
struct Passed {
    Passage passage;
    std::optional<std::string> delivered; // empty: dropped
    std::string trouble;                  // why the alteration could not be sent and the passage went on as it was
    bool lost = false;                    // the other end was gone before it had confirmed what was delivered
};
/// `side` says on whose connection it happened. In the middle these are the events of the relay's own party on that
/// side. In quiet mode HandshakeDone comes once both keys were seen, PeerLeft and Refused when that end sends bye or
/// an error.
struct RelayEvent {
    Role side = Role::client;
    std::variant<HandshakeDone, PeerLeft, Refused, Closed, Held, Passed> what;
};

/// Both ends in the order in which a relay serves them; `every_role`, the order of recordings, has the server first.
inline constexpr Role client_first[] = {Role::client, Role::server};
constexpr std::size_t index(Role role) { return static_cast<std::size_t>(role); }

class Relay {
  public:
    /// With more than this waiting for an end, nothing more is delivered to it.
    static constexpr std::size_t high_water = std::size_t{1} << 20;

    explicit Relay(RelayOptions options) : options_(std::move(options)) {}
    virtual ~Relay() = default;
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    bool quiet() const { return options_.quiet; }

    // In: none of these acts at once; they wait for perform().
    virtual void receive(Role from, ByteView bytes) = 0;
    /// As of an Endpoint, for each end.
    virtual void end_of_input(Role from, const Loss& loss) = 0;
    virtual bool wants_input(Role from) const = 0;
    virtual void note_progress(Role to, std::uint64_t confirmed) = 0;
    virtual void gone(Role side) = 0;
    /// `now` counts milliseconds from any moment and never goes back.
    virtual void tick(std::uint64_t now) = 0;
    /// Says bye to both as soon as the protocol allows and waits for nobody.
    virtual void stop() = 0;

    /// Lines that arrived and were not looked at yet. In quiet mode there are none: what comes is held at once.
    virtual const std::deque<Arrival>& waiting(Role from) const = 0;
    /// What was read and waits to go on, in the order in which it came.
    const std::deque<Passage>& held() const { return held_; }
    /// While it holds, passages wait for deliver() or drop(); else perform() delivers them.
    void hold(bool yes) { holding_ = yes; }
    /// The first that is held goes on: as it is (through `alter`), with another content, or not at all. Throws Error
    /// (bad_input), and it stays held, when the content cannot be sent.
    void deliver();
    void deliver(const std::string& content);
    void drop();

    /// What perform() would do now; empty when the relay waits for an end, its user or the clock.
    virtual std::optional<RelayAction> next_action() const = 0;
    virtual void perform() = 0;
    /// Performs all that can be performed now.
    void run();

    // Out.
    virtual std::string take_output(Role to) = 0;
    virtual std::size_t output_size(Role to) const = 0;
    // As of an Endpoint.
    virtual bool write_closed(Role to) const = 0;
    virtual bool read_closed(Role from) const = 0;
    std::vector<RelayEvent> take_events() { return std::exchange(events_, {}); }
    bool has_events() const { return !events_.empty(); }
    /// Of the handshake with that end, in which the relay knows its own side. In quiet mode there is only one, an
    /// eavesdropper's (is_overheard), with the frames as they came.
    virtual const Recording& recording(Role side) const = 0;

  protected:
    /// Sends it on. Returns the count, given to confirm() later, with which the receiver has confirmed it; empty where
    /// that end is gone. Throws Error (bad_input) and has done nothing when that content cannot be sent.
    virtual std::optional<std::uint64_t> pass_on(const Passage& passage, const std::string& content) = 0;
    /// What was sent on to that end is confirmed up to that count.
    void confirm(Role to, std::uint64_t count);
    /// Nothing more is confirmed: what was on its way to that end is lost.
    void lose(Role to);
    /// Called before a passage is delivered, altered or dropped.
    virtual void hear(const Passage&) {}

    void keep(Passage passage);
    void deliver_at(std::size_t place);
    /// The first passage that its receiver has room for.
    std::optional<std::size_t> deliverable() const;
    virtual bool has_room(Role to) const = 0;
    bool holds_from(Role from) const { return held_bytes(from) > 0; }
    /// 0 when nothing of that end is held.
    std::size_t held_bytes(Role from) const { return held_bytes_[index(from)]; }
    /// What is held of that end is lost.
    void drop_all_from(Role from);

    RelayOptions options_;
    std::vector<RelayEvent> events_;
    bool holding_ = false;

  private:
    struct OnTheWay {
        Passed passed;
        std::uint64_t count = 0;
    };
    Passage take_at(std::size_t place);
    void sent_on(Passed passed, std::optional<std::uint64_t> count);
    void tell(Passed passed);

    std::deque<Passage> held_;
    std::array<std::deque<OnTheWay>, 2> on_the_way_{}; // by receiver
    std::array<std::size_t, 2> held_bytes_{};
};

std::unique_ptr<Relay> make_relay(RelayOptions options);

} // namespace keyhole
