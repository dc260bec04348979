// Which stage shows a step, and the generic stage's table: a step's parts with what happened in each.
#pragma once

#include <string>
#include <vector>

#include "core/steps/trace.hpp"

namespace keyhole::viz {

/// A new stage is a value here, a case in `stage_of`, and a line of the table in viz/stages/stages.cpp.
enum class StageKind {
    parts,
    round,
    schedule,
    block,
    permutation,
    modexp,
    parameters,
    handshake,
    derive,
    message,
    chain,
    frame
};
inline constexpr std::size_t stage_count = static_cast<std::size_t>(StageKind::frame) + 1;

StageKind stage_of(const Node& node);

struct PartRow {
    Node node;
    std::string title, summary;
    bool current = false;
};

/// The parts of a step (of its parent where it has none), cut to `most` around the current one.
struct PartsModel {
    Node owner;
    std::uint64_t first = 0, count = 0; // index of the first row, and how many parts there are in all
    std::vector<PartRow> rows;
};

PartsModel make_parts_model(const Trace& trace, const Node& node, std::uint64_t most = 64);

} // namespace keyhole::viz
