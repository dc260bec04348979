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

} // namespace keyhole::viz
