#include "netsim/relay/relay_quiet.hpp"

#include <cassert>

#include "core/base/error.hpp"
#include "netsim/relay/eavesdropper.hpp"

namespace keyhole {
namespace {

class QuietRelay final : public Relay {
  public:
    explicit QuietRelay(RelayOptions options) : Relay(std::move(options)), heard_(options_.keep_messages) {}

    void receive(Role from, ByteView bytes) override {
        traffic_ = true;
        Way& way = ways_[index(from)];
        if (way.ended || stopped_) return;
        std::string_view rest = as_text(bytes);
        while (!rest.empty()) {
            if (way.raw) return hold_bytes(from, std::string(rest));
            const std::size_t length = std::min(rest.find('\n'), rest.size());
            way.partial += rest.substr(0, length);
            const bool line_ends = length < rest.size();
            rest.remove_prefix(line_ends ? length + 1 : length);
            if (line_ends) {
                take_line(from);
            } else if (way.partial.size() > max_line_bytes) {
                way.raw = true;
                hold_bytes(from, std::exchange(way.partial, {}));
            }
        }
    }
    void end_of_input(Role from, const Loss& loss) override {
        Way& way = ways_[index(from)];
        if (!way.ended) {
            way.ended = true;
            way.loss = loss;
            traffic_ = true;
            if (!way.partial.empty()) hold_bytes(from, std::exchange(way.partial, {}));
        }
        if (!loss.broken()) return;
        drop_all_from(other(from));
        ways_[index(other(from))] = {.partial = {}, .ended = true, .end_passed = true};
    }
    bool wants_input(Role from) const override {
        return !stopped_ && !ways_[index(from)].ended && held_bytes(from) < high_water;
    }
    void note_progress(Role to, std::uint64_t confirmed) override {
        traffic_ = true;
        confirm(to, confirmed);
    }
    void gone(Role side) override { lose(side); }
    void tick(std::uint64_t now) override {
        if (!since_ || traffic_) since_ = now;
        traffic_ = false;
        const bool parting = ways_[0].ended || ways_[1].ended;
        if (now - *since_ >= (parting ? options_.parting_limit : options_.idle_limit)) stop();
    }
    void stop() override {
        if (stopped_) return;
        stopped_ = true;
        for (const Role side : client_first) {
            drop_all_from(side);
            if (!write_closed_[index(side)]) output_[index(side)] += encode_frame(ByeFrame{}) + "\n";
            write_closed_[index(side)] = true;
        }
    }

    const std::deque<Arrival>& waiting(Role) const override {
        static const std::deque<Arrival> none;
        return none;
    }

    std::optional<RelayAction> next_action() const override {
        if (const auto place = holding_ ? std::nullopt : deliverable()) {
            return RelayAction{RelayAction::Kind::deliver, other(held()[*place].from), {}};
        }
        for (const Role from : client_first) {
            const Way& way = ways_[index(from)];
            if (way.ended && !way.end_passed && !stopped_ && !holds_from(from)) {
                return RelayAction{RelayAction::Kind::part, other(from), {}};
            }
        }
        return std::nullopt;
    }
    void perform() override {
        const auto next = next_action();
        assert(next);
        if (next->kind == RelayAction::Kind::deliver) return deliver_at(*deliverable());
        const Role from = other(next->side);
        ways_[index(from)].end_passed = true;
        write_closed_[index(next->side)] = true;
        const Way& way = ways_[index(from)];
        if (!way.said_bye)
            events_.push_back({from, PeerLeft{.said_bye = false, .loss = way.loss, .phase = phase_of(way)}});
    }

    std::string take_output(Role to) override { return std::exchange(output_[index(to)], {}); }
    std::size_t output_size(Role to) const override { return output_[index(to)].size(); }
    bool write_closed(Role to) const override { return stopped_ || ways_[index(other(to))].end_passed; }
    bool read_closed(Role from) const override { return stopped_ || ways_[index(from)].ended; }
    const Recording& recording(Role) const override { return heard_.recording(); }

  protected:
    std::optional<std::uint64_t> pass_on(const Passage& passage, const std::string& content) override {
        if (content.find('\n') != std::string::npos && content != passage.content) {
            throw bad_input("a line has no line end in it (nothing was sent; write it on one line)");
        }
        const std::size_t to = index(other(passage.from));
        if (write_closed_[to]) return std::nullopt;
        output_[to] += content;
        if (passage.whole_line) output_[to] += '\n';
        return said_[to] += content.size() + (passage.whole_line ? 1 : 0);
    }
    bool has_room(Role to) const override { return output_[index(to)].size() < high_water; }

    void hear(const Passage& passage) override {
        if (!passage.frame) return;
        const bool knew_keys = heard_.knows_keys();
        heard_.hear(passage.from, passage.content, *passage.frame);
        if (!knew_keys && heard_.knows_keys()) events_.push_back({passage.from, HandshakeDone{}});
        if (std::holds_alternative<ByeFrame>(*passage.frame)) {
            ways_[index(passage.from)].said_bye = true;
            events_.push_back({passage.from, PeerLeft{.said_bye = true}});
        } else if (const auto* error = std::get_if<ErrorFrame>(&*passage.frame)) {
            ways_[index(passage.from)].said_bye = true;
            events_.push_back({passage.from, Refused{.by_peer = true, .code = error->code, .detail = error->detail}});
        }
    }

  private:
    struct Way {
        std::string partial;
        std::uint64_t lines = 0;
        bool raw = false; // a line that is no frame came: what follows are bytes
        bool ended = false, end_passed = false, said_bye = false;
        Loss loss = {};
    };

    Phase phase_of(const Way& way) const {
        return heard_.knows_keys() ? Phase::chat : way.lines > 0 ? Phase::handshake : Phase::silent;
    }

    void take_line(Role from) {
        Way& way = ways_[index(from)];
        auto content = decode_frame(way.partial);
        Frame* frame = std::get_if<Frame>(&content);
        way.raw = frame == nullptr;
        keep({.from = from,
              .number = ++way.lines,
              .content = std::exchange(way.partial, {}),
              .frame = frame ? std::optional(std::move(*frame)) : std::nullopt});
    }
    void hold_bytes(Role from, std::string bytes) {
        keep({.from = from,
              .number = ++ways_[index(from)].lines,
              .content = std::move(bytes),
              .frame = {},
              .whole_line = false});
    }

    std::array<Way, 2> ways_{};
    std::array<std::string, 2> output_{};
    std::array<std::uint64_t, 2> said_{}; // bytes that were passed on to that end, ever
    std::array<bool, 2> write_closed_{};
    Eavesdropper heard_;
    bool stopped_ = false, traffic_ = false;
    std::optional<std::uint64_t> since_;
};

} // namespace

std::unique_ptr<Relay> make_quiet_relay(RelayOptions options) {
    return std::make_unique<QuietRelay>(std::move(options));
}

} // namespace keyhole
