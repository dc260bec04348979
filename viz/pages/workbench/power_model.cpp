#include "viz/pages/workbench/power_model.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "core/dh/modexp.hpp"

namespace keyhole::viz {

PowerBench::PowerBench() { read(); }

std::string_view PowerBench::label(std::size_t field) {
    constexpr std::array<std::string_view, 3> labels = {"base", "exponent", "modulus"};
    return labels[field];
}

void PowerBench::refresh() {
    if (fields != read_) read();
}

void PowerBench::read() {
    read_ = fields;
    std::array<Number, 3> numbers{1, 1, 1};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        faults_[i].clear();
        try {
            // With the two others harmless, whatever is wrong is this one's.
            std::array<Number, 3> alone{1, 1, 1};
            alone[i] = parse_number(fields[i], label(i));
            check_power_arguments(alone[0], alone[1], alone[2]);
            numbers[i] = std::move(alone[i]);
        } catch (const Error& error) {
            faults_[i] = error.what();
        }
    }
    if (!all_right()) return;
    good_ = {.base = numbers[0], .exponent = numbers[1], .modulus = numbers[2]};
    result_ = power(good_.base, good_.exponent, good_.modulus);
}

bool PowerBench::all_right() const {
    return std::ranges::all_of(faults_, [](const std::string& fault) { return fault.empty(); });
}

std::optional<Opened> PowerBench::opened() const {
    if (!all_right()) return std::nullopt;
    return Opened{.recording = record_power(good_),
                  .title = "workbench: modular exponentiation",
                  .go_to = "modexp",
                  .page = PageName::steps};
}

bool PowerBench::take_over(const Trace& trace, const Node& node) {
    const StepTree& tree = trace.tree();
    // Bits stand below the step whose exponent they are.
    const Node near = node.kind() == Kind::bit ? node.parent() : node;
    std::optional<Node> found;
    const auto consider = [&](const std::optional<Node>& at) {
        if (!found && at && tree.child_count(*at) > 0 && tree.child(*at, 0).kind() == Kind::bit) found = at;
    };
    if (near.depth() > 0) consider(near);
    for (const std::string_view address : {"modexp", "keys/server.public", "keys/client.public"}) {
        consider(tree.find(address));
    }
    if (!found) return false;
    const PowerRecord& record = trace.power(*found);
    fields = {to_text(record.base()), to_text(record.exponent()), to_text(record.modulus())};
    refresh();
    return true;
}

} // namespace keyhole::viz
