#include "viz/frame/predict_model.hpp"

#include <algorithm>
#include <initializer_list>

namespace keyhole::viz {
namespace {

bool one_of(std::string_view value, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, value) != names.end();
}

} // namespace

bool can_predict(Kind kind) {
    using enum Kind;
    switch (kind) {
        case ip:
        case round:
        case expand:
        case mix:
        case sbox:
        case permute:
        case join:
        case swap:
        case fp: return true;
        default: return false;
    }
}

bool is_result(Kind kind, std::string_view value) {
    using enum Kind;
    switch (kind) {
        case ip: return value != "chained";
        case round: return !one_of(value, {"left_in", "right_in", "subkey"});
        case expand: return value == "expanded";
        case mix: return value == "mixed";
        case sbox: return value != "input";
        case permute: return value == "p_out";
        case join: return one_of(value, {"left_out", "right_out"});
        case swap: return value == "preoutput";
        case fp: return value == "output";
        default: return false;
    }
}

CellSet result_cells(Kind kind, unsigned box) {
    CellSet out;
    const auto fill = [&](std::initializer_list<Lane> lanes) {
        for (const Lane lane : lanes) out.fill(lane);
    };
    using enum Lane;
    switch (kind) {
        case Kind::round: fill({expanded, mixed, s_out, p_out, right_out, left_out}); break;
        case Kind::expand: fill({expanded, mixed, s_out, p_out, right_out}); break;
        case Kind::mix: fill({mixed, s_out, p_out, right_out}); break;
        case Kind::sbox:
            fill({p_out, right_out});
            for (unsigned position = 4 * box - 3; position <= 32; ++position) out.add({s_out, position});
            break;
        case Kind::permute: fill({p_out, right_out}); break;
        case Kind::join: fill({right_out, left_out}); break;
        default: break;
    }
    return out;
}

} // namespace keyhole::viz
