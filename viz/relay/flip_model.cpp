#include "viz/relay/flip_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/modes/modes.hpp"
#include "core/steps/viewer.hpp"
#include "netsim/protocol/message.hpp"

namespace keyhole::viz {
namespace {

// The message's line as it went over the wire.
std::string line_of(const MessageRecord& message) {
    return message.sent ? message.sent->frame : message.received ? message.received->frame : "";
}

ReceivedMessage receive(const std::string& line, Mode mode, des::Block key) {
    const auto frame = std::get<MessageFrame>(std::get<Frame>(decode_frame(line)));
    ReceivedMessage out{.frame = line, .iv = {}, .ciphertext = {}, .padded = {}, .plaintext = {}};
    if (frame.iv) out.iv = load_block(*from_base64(*frame.iv));
    out.ciphertext = *from_base64(frame.ciphertext);
    decipher(out, mode, key);
    return out;
}

} // namespace

void FlipChoice::byte_by(int by) {
    const auto last = static_cast<long>(place.in_iv ? 8 : 1 << 20);
    place.byte = static_cast<std::size_t>(std::clamp(static_cast<long>(place.byte) + by, 1L, last));
}

void FlipChoice::bit_by(int by) {
    place.bit = static_cast<unsigned>(std::clamp(static_cast<int>(place.bit) + by, 1, 8));
}

void FlipChoice::turn_to_iv(bool iv) {
    place.in_iv = iv;
    byte_by(0);
}

std::string to_text(const FlipChoice& choice) {
    return fmt::format("byte {}, bit {} of the {}", choice.place.byte, choice.place.bit,
                       choice.place.in_iv ? "IV" : "ciphertext");
}

std::optional<Recording> received_flipped(const Recording& recording, std::uint64_t number, const BitPlace& place,
                                          std::string& why) {
    if (number < 1 || number > recording.messages.size()) {
        why = "the trace that is shown has no such message";
        return std::nullopt;
    }
    const MessageRecord& message = recording.messages[number - 1];
    const Role receiver = other(message.sender);
    const auto decoded = decode_frame(line_of(message));
    const Frame* frame = std::get_if<Frame>(&decoded);
    const auto key = session_key(recording, receiver);
    if (!key || !frame) {
        why = "the trace that is shown does not have what the receiver of that message knows";
        return std::nullopt;
    }
    const auto line = flip_bit(std::get<MessageFrame>(*frame), place);
    if (!line) {
        why = place.in_iv && !std::get<MessageFrame>(*frame).iv ? "ecb has no IV" : "the message has no such byte";
        return std::nullopt;
    }
    Recording out = recording;
    out.messages.resize(number);
    out = seen_by(std::move(out), receiver == Role::server ? Viewer::server : Viewer::client);
    out.messages.back().sent.reset();
    out.messages.back().received = receive(*line, recording.parameters->mode, *key);
    return out;
}

} // namespace keyhole::viz
