// One of a relay's two ends, for the pump that joins it to a connection.
#pragma once

#include "netsim/protocol/endpoint.hpp"
#include "netsim/relay/relay.hpp"

namespace keyhole {

class RelayEnd final : public Endpoint {
  public:
    RelayEnd(Relay& relay, Role side) : relay_(relay), side_(side) {}

    void receive(ByteView bytes) override { relay_.receive(side_, bytes); }
    void end_of_input(const Loss& loss) override { relay_.end_of_input(side_, loss); }
    void note_progress(std::uint64_t confirmed) override { relay_.note_progress(side_, confirmed); }
    void gone() override { relay_.gone(side_); }
    bool wants_input() const override { return relay_.wants_input(side_); }
    std::string take_output() override { return relay_.take_output(side_); }
    std::size_t output_size() const override { return relay_.output_size(side_); }
    bool write_closed() const override { return relay_.write_closed(side_); }
    bool read_closed() const override { return relay_.read_closed(side_); }

  private:
    Relay& relay_;
    Role side_;
};

} // namespace keyhole
