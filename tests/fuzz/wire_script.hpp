// An input as a script for state machines of the wire: printable bytes and line ends are the attacker's, collected
// until a control byte says what to do with them. So a seed is a readable chat, and every mutation of it another one.
#pragma once

#include <cstdint>
#include <string>

#include "netsim/protocol/message.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace keyhole::fuzz {

enum class Step : std::uint8_t {
    perform = 1, // the attacker's bytes arrive, then one action
    run,         // they arrive, then all actions
    honest,      // the honest peer's bytes arrive instead
    say,         // they are a text of our own user
    bye,
    end_of_input,
    stop,
    wait,  // an hour goes by
    other, // the other end's turn (relay)
};

template <class Take>
void play(const std::uint8_t* data, std::size_t size, Take take) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) {
        // 9 and 10 are tab and line end; the other end's turn is 11.
        const bool is_step = (data[i] >= 1 && data[i] <= 8) || data[i] == 11;
        if (!is_step) {
            bytes += static_cast<char>(data[i]);
            continue;
        }
        take(data[i] == 11 ? Step::other : static_cast<Step>(data[i]), bytes);
        bytes.clear();
    }
    take(Step::run, bytes);
}

/// What a party sends: whole lines, each a frame.
inline void hold_frames(std::string_view output) {
    while (!output.empty()) {
        const std::size_t end = output.find('\n');
        hold(end != std::string_view::npos, "whole lines are sent", output);
        hold(std::holds_alternative<Frame>(decode_frame(output.substr(0, end))), "every line sent is a frame", output);
        output.remove_prefix(end + 1);
    }
}

} // namespace keyhole::fuzz
