// A party (server where the first byte is even, else client) between an honest peer and an attacker who takes the wire
// whenever the script says so. It sends frames only, ends once, is silent afterwards, and what it recorded holds.
#include "core/recording/recording_json.hpp"
#include "netsim/protocol/loopback.hpp"
#include "tests/fuzz/wire_script.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

PartyOptions options(Role role, Mode mode) {
    static const Offer toy = make_offer(*find_group("toy23"), dh::Kdf::sha256, Mode::cbc);
    PartyOptions out;
    out.random = Random::seeded("fuzz");
    if (role == Role::server) {
        out.offer = toy;
        out.offer->mode = mode;
    }
    return out;
}

class Chat {
  public:
    Chat(Role role, Mode mode) : party_(role, options(role, mode)), peer_(other(role), options(other(role), mode)) {}

    void take(Step step, const std::string& bytes) {
        if (step == Step::say) {
            accepted([&] {
                const bool was_over = party_.closed();
                hold(!(party_.say(bytes) && was_over), "nothing is said after the end");
            });
        } else if (step == Step::honest) {
            peer_.run();
            deliver(peer_.take_output());
        } else {
            deliver(bytes);
        }
        if (step == Step::bye) party_.bye();
        if (step == Step::stop) party_.stop();
        if (step == Step::end_of_input) party_.end_of_input();
        if (step == Step::wait) now_ += 3'600'000;
        party_.tick(now_);
        if (step == Step::perform) {
            if (party_.next_action()) perform();
        } else {
            while (party_.next_action()) perform();
        }
    }

    void finish() {
        party_.stop();
        party_.end_of_input();
        while (party_.next_action()) perform();
        hold(party_.closed(), "a party whose peer is gone comes to its end", name(party_.state()));
        hold(closed_ == 1, "the end is told once");
        const Recording& held = party_.recording();
        hold(recording_from_json(to_json(held)) == held, "what was recorded can be replayed");
    }

  private:
    void deliver(const std::string& bytes) {
        if (party_.wants_input()) party_.receive(to_bytes(bytes));
    }

    void perform() {
        hold(!party_.closed(), "nothing is done after the end");
        const std::size_t messages = party_.recording().messages.size();
        party_.perform();
        hold(party_.recording().messages.size() >= messages, "a recording only grows");
        hold(party_.output_size() <= max_line_bytes + 1, "an action sends one line at most");
        const std::string output = party_.take_output();
        hold_frames(output);
        peer_.receive(to_bytes(output));
        for (const Event& event : party_.take_events()) {
            hold(closed_ == 0, "nothing is told after the end");
            closed_ += std::holds_alternative<Closed>(event) ? 1 : 0;
        }
    }

    Party party_, peer_;
    std::uint64_t now_ = 0;
    int closed_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    Chat chat(data[0] % 2 == 0 ? Role::server : Role::client, static_cast<Mode>(data[0] / 2 % 3));
    play(data + 1, size - 1, [&](Step step, const std::string& bytes) { chat.take(step, bytes); });
    chat.finish();
    return 0;
}
