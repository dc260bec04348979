// What the sources of values and words (explain_*.cpp) have in common: trace.cpp calls them, and all of them quote
// values in their sentences in the short forms of step.hpp.
#pragma once

#include <fmt/format.h>

#include <concepts>

#include "core/steps/step.hpp"
#include "core/steps/trace_values.hpp"

namespace keyhole {

// Each fills in `summary`, `values` and `explanation` of a step whose node is set.

/// The key schedule, and a block with everything below it.
void explain_des_step(const TraceValues& trace, Step& step);

/// The handshake, and modular exponentiations.
void explain_dh_step(const TraceValues& trace, Step& step);

/// A message on its way.
void explain_message_step(const TraceValues& trace, Step& step);

// Parts of the above that have a source of their own.
void explain_block_step(const Pass& pass, const BlockRun& run, Step& step);
void explain_pad_step(const Pass& pass, const SentMessage& m, Padding padding, Step& step);
void explain_unpad_step(const TraceValues& trace, const MessageRecord& message, Step& step);

/// What the blocks go through: "DES", or "this variant of DES".
inline std::string_view cipher_name(const des::Variant& variant) {
    return variant.is_des() ? "DES" : "this variant of DES";
}

/// Bytes of the recording, as text where they are that.
Octets text_or_bytes(const TraceValues& trace, ByteView bytes);

template <class T>
concept Quoted = std::same_as<T, Bits> || std::same_as<T, BigValue> || std::same_as<T, Octets>;

} // namespace keyhole

/// "{}" of such a value is its short form.
template <keyhole::Quoted T>
struct fmt::formatter<T> : fmt::formatter<std::string_view> {
    auto format(const T& value, format_context& context) const {
        if constexpr (std::same_as<T, keyhole::Bits>) {
            return formatter<std::string_view>::format(keyhole::hex_text(value), context);
        } else {
            return formatter<std::string_view>::format(keyhole::short_text(value), context);
        }
    }
};
