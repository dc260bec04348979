#include "netsim/relay/relay_middle.hpp"

#include <cassert>

namespace keyhole {
namespace {

// A peer's explanation of its error goes on to the other end unless it is longer than this.
constexpr std::size_t longest_detail = 1000;
// What a client may send before the server has offered anything.
constexpr std::size_t most_early_bytes = std::size_t{1} << 16;

// What an end is told of the other's end without a bye; nothing where its own connection's end says as much.
std::string_view words_for_the_other_end(const Loss& loss) {
    switch (loss.how) {
        case Ending::vanished: return "the other end is not heard any more";
        case Ending::stalled: return "the other end does not read";
        case Ending::failed: return "the other end cannot be reached";
        default: return {};
    }
}

class MiddleRelay final : public Relay {
  public:
    explicit MiddleRelay(RelayOptions options)
        : Relay(std::move(options)), upstream_(Role::client, party_options("upstream")) {
        empty_.connected = true;
    }

    void receive(Role from, ByteView bytes) override {
        if (Party* at = party(from)) return at->receive(bytes);
        early_.insert(early_.end(), bytes.begin(), bytes.end());
    }
    void end_of_input(Role from, const Loss& loss) override {
        if (Party* at = party(from)) return at->end_of_input(loss);
        client_loss_ = loss;
    }
    bool wants_input(Role from) const override {
        if (const Party* at = party(from)) return at->wants_input() && held_bytes(from) < high_water;
        return !client_loss_ && !turned_away_ && early_.size() < most_early_bytes;
    }
    void note_progress(Role to, std::uint64_t confirmed) override {
        Party* at = party(to);
        if (!at) return;
        at->note_progress(confirmed);
        confirm(to, at->confirmed_messages());
    }
    void gone(Role side) override {
        if (Party* at = party(side)) at->gone();
        lose(side);
    }
    void tick(std::uint64_t now) override {
        for (const Role side : client_first) {
            if (Party* at = party(side)) at->tick(now);
        }
    }
    void stop() override {
        for (const Role side : client_first) {
            if (Party* at = party(side)) at->stop();
        }
    }

    const std::deque<Arrival>& waiting(Role from) const override {
        static const std::deque<Arrival> none;
        const Party* at = party(from);
        return at ? at->waiting() : none;
    }

    std::optional<RelayAction> next_action() const override {
        using enum RelayAction::Kind;
        if (!downstream_ && !turned_away_ && upstream_.agreed() && !upstream_.closed()) {
            return RelayAction{offer, Role::client, {}};
        }
        for (const Role side : client_first) {
            if (const auto action = party_action(side)) return RelayAction{RelayAction::Kind::party, side, action};
        }
        if (const auto place = holding_ ? std::nullopt : deliverable()) {
            return RelayAction{RelayAction::Kind::deliver, other(held()[*place].from), {}};
        }
        for (const Role side : client_first) {
            if (must_part(side)) return RelayAction{part, side, {}};
        }
        return std::nullopt;
    }

    void perform() override {
        const auto next = next_action();
        assert(next);
        switch (next->kind) {
            case RelayAction::Kind::offer: begin_downstream(); break;
            case RelayAction::Kind::party:
                party(next->side)->perform();
                take_events_of(next->side);
                break;
            case RelayAction::Kind::deliver: deliver_at(*deliverable()); break;
            case RelayAction::Kind::part: end_towards(next->side); break;
        }
    }

    std::string take_output(Role to) override {
        if (Party* at = party(to)) return at->take_output();
        return std::exchange(last_words_, {});
    }
    std::size_t output_size(Role to) const override {
        const Party* at = party(to);
        return at ? at->output_size() : last_words_.size();
    }
    bool write_closed(Role to) const override {
        const Party* at = party(to);
        return at ? at->write_closed() : turned_away_;
    }
    bool read_closed(Role from) const override { return done(from); }
    const Recording& recording(Role side) const override {
        const Party* at = party(side);
        return at ? at->recording() : empty_;
    }

  protected:
    // The party says nothing but what is passed on, so that its messages are counted as these are.
    std::optional<std::uint64_t> pass_on(const Passage& passage, const std::string& content) override {
        const Role to = other(passage.from);
        if (Party* at = party(to); !at || !at->say(content)) return std::nullopt;
        return ++passed_on_[index(to)];
    }
    bool has_room(Role to) const override {
        const Party* at = party(to);
        return at && (at->closed() || at->output_size() + at->unsent_bytes() < high_water);
    }

  private:
    PartyOptions party_options(std::string_view label) const {
        return {.offer = {},
                .random = options_.random.fork(label),
                .keep_messages = options_.keep_messages,
                .idle_limit = options_.idle_limit};
    }

    Party* party(Role side) { return side == Role::server ? &upstream_ : downstream_ ? &*downstream_ : nullptr; }
    const Party* party(Role side) const {
        return side == Role::server ? &upstream_ : downstream_ ? &*downstream_ : nullptr;
    }

    // Nothing more is said or heard there.
    bool done(Role side) const {
        const Party* at = party(side);
        return at ? at->closed() : turned_away_;
    }

    static bool is_goodbye(std::optional<Action> action) {
        return action == Action::receive_bye || action == Action::receive_end;
    }
    // That end says bye (or just ends) while the chat is open.
    bool leaving(Role side) const {
        const Party* at = party(side);
        return at && at->state() == State::open && is_goodbye(at->next_action());
    }

    // How that end went, where it went without a bye.
    std::optional<Loss> loss_of(Role side) const {
        const Party* at = party(side);
        if (!at) return client_loss_ && client_loss_->broken() ? client_loss_ : std::nullopt;
        const bool goes = leaving(side) && at->next_action() == Action::receive_end;
        return goes ? std::optional(at->loss()) : left_badly_[index(side)];
    }

    // What that end is told of the other's refusal or loss, where there is something to tell.
    std::optional<ErrorFrame> error_for(Role side, const std::optional<Loss>& lost) const {
        if (const auto& refused = refused_[index(other(side))]) return ErrorFrame{refused->code, refused->detail};
        const std::string_view words = lost ? words_for_the_other_end(*lost) : "";
        if (words.empty()) return std::nullopt;
        return ErrorFrame{std::string(name(WireCode::timeout)), std::string(words)};
    }

    std::optional<Action> party_action(Role side) const {
        const Party* at = party(side);
        const auto action = at ? at->next_action() : std::nullopt;
        if (action == Action::decode && held_bytes(side) >= high_water) return std::nullopt;
        if (leaving(side) && (!done(other(side)) || holds_from(other(side)))) return std::nullopt;
        return action;
    }

    // The other end is done, and everything that it said was passed on.
    bool must_part(Role side) const {
        if (parted_[index(side)] || done(side) || holds_from(other(side))) return false;
        const Party* at = party(side);
        if (loss_of(other(side)) && at && at->established() && at->unsent_texts() > 0) return false;
        return done(other(side)) || leaving(other(side)) || (side == Role::server && !downstream_ && client_loss_);
    }

    void begin_downstream() {
        PartyOptions options = party_options("downstream");
        options.offer = upstream_.agreed();
        downstream_.emplace(Role::server, std::move(options));
        downstream_->receive(std::exchange(early_, {}));
        if (client_loss_) downstream_->end_of_input(*client_loss_);
    }

    void end_towards(Role side) {
        parted_[index(side)] = true;
        const auto lost = loss_of(other(side));
        const auto error = error_for(side, lost);
        Party* at = party(side);
        if (!at) {
            turned_away_ = true;
            if (error) {
                last_words_ = encode_frame(*error) + "\n";
            } else if (!lost) {
                last_words_ = encode_frame(ByeFrame{}) + "\n";
            }
            return;
        }
        const auto code = error ? find_wire_code(error->code) : std::nullopt;
        if (code) {
            at->turn_away(*code, error->detail);
        } else if (lost) {
            if (!downstream_) turned_away_ = true;
            at->hang_up();
        } else if (at->established() || at->unsent_bytes() > 0) {
            at->bye();
        } else {
            if (!downstream_) turned_away_ = true; // the client went before it heard anything
            at->stop();
        }
    }

    void take_events_of(Role side) {
        for (Event& event : party(side)->take_events()) {
            if (auto* text = std::get_if<TextArrived>(&event)) {
                keep({.from = side, .number = ++numbers_[index(side)], .content = std::move(text->text), .frame = {}});
            } else if (auto* refused = std::get_if<Refused>(&event)) {
                if (refused->by_peer) {
                    refused_[index(side)] = *refused;
                    if (refused->detail.size() > longest_detail)
                        refused_[index(side)]->detail = "the other end refused";
                }
                events_.push_back({side, std::move(*refused)});
            } else if (auto* left = std::get_if<PeerLeft>(&event)) {
                if (!left->said_bye) left_badly_[index(side)] = left->loss;
                events_.push_back({side, *left});
            } else if (std::holds_alternative<HandshakeDone>(event)) {
                events_.push_back({side, HandshakeDone{}});
            } else {
                events_.push_back({side, Closed{}});
            }
        }
    }

    Party upstream_;                  // plays the client towards the server
    std::optional<Party> downstream_; // plays the server towards the client; exists once there is something to offer
    Bytes early_;                     // from the client, before that
    Recording empty_;
    std::string last_words_;          // to a client that never got a party
    std::optional<Loss> client_loss_; // before there was a party for it
    bool turned_away_ = false;
    std::array<bool, 2> parted_{};
    std::array<std::optional<Refused>, 2> refused_{};
    std::array<std::optional<Loss>, 2> left_badly_{}; // ends that went without a bye
    std::array<std::uint64_t, 2> numbers_{}, passed_on_{};
};

} // namespace

std::unique_ptr<Relay> make_middle_relay(RelayOptions options) {
    return std::make_unique<MiddleRelay>(std::move(options));
}

} // namespace keyhole
