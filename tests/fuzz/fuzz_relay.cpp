// A relay (quiet where the first byte is even, else in the middle) between two honest parties, either of which an
// attacker replaces whenever the script says so.
#include "core/recording/recording_json.hpp"
#include "netsim/relay/relay.hpp"
#include "tests/fuzz/wire_script.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

Party honest(Role role) {
    PartyOptions options;
    options.random = Random::seeded("honest");
    if (role == Role::server) options.offer = make_offer(*find_group("toy23"), dh::Kdf::sha256, Mode::cbc);
    return {role, std::move(options)};
}

RelayOptions options(bool quiet) {
    RelayOptions out;
    out.quiet = quiet;
    out.random = Random::seeded("relay");
    return out;
}

class Middle {
  public:
    explicit Middle(bool quiet)
        : quiet_(quiet), relay_(make_relay(options(quiet))), ends_{honest(Role::server), honest(Role::client)} {}

    void take(Step step, const std::string& bytes) {
        if (step == Step::other) side_ = other(side_);
        Party& end = ends_[static_cast<std::size_t>(side_)];
        if (step == Step::say) {
            accepted([&] { end.say(bytes); });
        } else if (step == Step::honest) {
            end.run();
            deliver(end.take_output());
        } else {
            deliver(bytes);
        }
        if (step == Step::bye) end.bye();
        if (step == Step::stop) relay_->stop();
        if (step == Step::end_of_input) relay_->end_of_input(side_, {.how = Ending::closed});
        if (step == Step::wait) now_ += 3'600'000;
        relay_->tick(now_);
        if (step == Step::perform) {
            if (relay_->next_action()) perform();
        } else {
            while (relay_->next_action()) perform();
        }
    }

    void finish() {
        relay_->stop();
        for (const Role role : {Role::server, Role::client}) {
            relay_->end_of_input(role, {.how = Ending::reset});
            relay_->gone(role);
        }
        while (relay_->next_action()) perform();
        for (const Role role : {Role::server, Role::client}) {
            hold(relay_->write_closed(role), "a relay whose ends are gone comes to its end");
            const Recording& held = relay_->recording(role);
            hold(recording_from_json(to_json(held)) == held, "what was recorded can be replayed");
        }
    }

  private:
    void deliver(const std::string& bytes) {
        if (!bytes.empty() && relay_->wants_input(side_)) relay_->receive(side_, to_bytes(bytes));
    }

    void perform() {
        relay_->perform();
        for (const Role role : {Role::server, Role::client}) {
            hold(relay_->output_size(role) <= Relay::high_water + max_line_bytes + 1,
                 "what waits to be sent is bounded");
            const std::string output = relay_->take_output(role);
            if (!quiet_) hold_frames(output);
            ends_[static_cast<std::size_t>(role)].receive(to_bytes(output));
        }
        relay_->take_events();
    }

    bool quiet_;
    std::unique_ptr<Relay> relay_;
    std::array<Party, 2> ends_;
    Role side_ = Role::server;
    std::uint64_t now_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    Middle middle(data[0] % 2 == 0);
    play(data + 1, size - 1, [&](Step step, const std::string& bytes) { middle.take(step, bytes); });
    middle.finish();
    return 0;
}
