// A message on its way, as the stage shows it: the stations that it passes, and what it is at each of them on either
// side. Nothing here walks over a whole message: half a megabyte costs what a line does.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/steps/trace.hpp"

namespace keyhole::viz {

/// One step of a message: a chip of the strip above every stage of it.
struct Station {
    Node node;
    std::string name; // the address's word: "encode"
    std::string size; // of what it makes: "24 B"; "refused" where it makes nothing
    bool received = false;
    bool current = false;
};

/// In the order of happening. The node lies in a message.
std::vector<Station> stations(const Trace& trace, const Node& node);

/// What the message is at one height of the picture, on one side.
struct Layer {
    bool known = false;
    ByteView bytes;
    bool text = false;        // to be shown as text, not as hex
    std::string size;         // "17 bytes", or why it is not known
    std::optional<Node> made; // the step that gave it
};

/// The heights from the top, and what is on both sides: [0] is the sender, [1] the receiver.
struct LayerPair {
    std::string name;
    std::array<Layer, 2> sides;
    bool same = false; // both are known and equal
};

struct MessageModel {
    std::uint64_t number = 1;
    bool exchange = false;              // else the workbench: one side only, no wire
    std::string refusal;                // why the receiver refused it; empty where it did not
    std::array<std::string, 2> parties; // "Client, sends", "Server, receives"
    std::vector<LayerPair> layers;
    std::array<std::vector<std::optional<Node>>, 2> steps; // between layer i and i + 1

    /// The step to be named between layer i and i + 1. One that spans several layers is named where it begins: on the
    /// sender's side at the upper end, on the receiver's, whose way leads up, at the lower one.
    std::optional<Node> named_step(std::size_t side, std::size_t i) const;
};

MessageModel make_message_model(const Trace& trace, const Node& node);

/// What was wrong with a refused message, and why its sender is not told.
std::string refusal_words(std::string_view why);

/// That nobody would notice a change on the way.
std::string no_authentication_words();

} // namespace keyhole::viz
