// What somebody who only listened has of an exchange, and how the conversation reads with a key.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/attack/key_search.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::viz {

/// What is attacked. A workbench's message has no parameters, and an exchange without a message no block.
struct AttackTarget {
    std::optional<Parameters> parameters;
    std::array<std::optional<Number>, 2> public_keys; // by Role
    std::optional<KnownPair> pair; // what entered DES and what left it in the first block of `message`
    std::uint64_t message = 0;
    std::optional<des::Block> key;         // only for the bits that a shortened search takes as known
    std::string why_no_search, why_no_log; // one line each; empty where it can be done
};

AttackTarget attack_target(const Trace& trace);

/// A message as it reads with a key: from its ciphertext and IV alone.
struct OpenedMessage {
    std::optional<Role> sender; // empty in a workbench
    std::uint64_t number = 1;
    std::string text;   // its beginning, escaped
    bool reads = false; // the padding is right, and the beginning is UTF-8
};

/// At most `most` messages.
std::vector<OpenedMessage> open_messages(const Recording& recording, des::Block key, std::size_t most);

} // namespace keyhole::viz
