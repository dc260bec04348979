// The parts of the modular exponentiation's stage: each draws from `y` downwards and returns its foot.
#pragma once

#include "viz/picture/stage.hpp"
#include "viz/stages/modexp/modexp_model.hpp"

namespace keyhole::viz {

/// What the parts share.
struct ModexpFrame {
    const StageInput& input;
    const ModexpModel& model;
    Canvas& canvas;

    Node bit_node(std::uint64_t index) const { return model.owner.child({.kind = Kind::bit, .number = index}); }
    std::uint64_t current() const { return model.current ? model.current->index : 0; }
    /// The longest that the running value can be written.
    const std::string& widest_value() const {
        const NumberText& modulus = model.modulus.text;
        return modulus.in_hex() ? modulus.excerpt : modulus.decimal;
    }
};

/// The exponent as bits; a long one in rows around the current bit, above a bar of the whole.
float draw_exponent_ribbon(const ModexpFrame& frame, float y);
/// The current bit's two actions, or base, exponent and result. `room` is the height that they may take.
float draw_power_work(const ModexpFrame& frame, float y, float room);
/// All steps; rows out of sight cost nothing.
float draw_power_table(const ModexpFrame& frame, float y, float height);
/// The height of the table with all its rows.
float power_table_height(const ModexpFrame& frame);

} // namespace keyhole::viz
